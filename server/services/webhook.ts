import { randomBytes, randomUUID } from 'node:crypto';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { StoredEvent, StoredWebhook, WebhookStore } from '../stores/webhook.ts';
import type { SeasonClock } from './season-clock.ts';
import { addressesOf, readAddress } from './webhook-address.ts';
import { type Delivery, post } from './webhook-post.ts';

/** Beyond so many waiting events the oldest is given up: who comes back after a week wants to know what is now. */
const MOST_WAITING = 1000;
const AT_ONCE = 4;
const MINUTE_MS = 60_000;
/** After the first failure, the second, …; then given up: some 25 hours in all. */
const PAUSES_MS = [5000, 30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, ...Array<number>(24).fill(60 * MINUTE_MS)];

const isTaken = (status: string): boolean => /^2\d\d$/.test(status);

/**
 * The one webhook out. What happens is noted at once and written with the next beat; each event is sent until it is taken, those of one
 * subject in their order, and nothing in the program waits for it.
 */
export class Webhook {
  private settings: StoredWebhook | null = null;
  /** By rising number. */
  private queue: StoredEvent[] = [];
  /** Of the queue: not yet in the database. */
  private unsaved: StoredEvent[] = [];
  private number = 0;

  constructor(
    private readonly deps: {
      store: WebhookStore;
      clock: SeasonClock;
      /** Of the program: only then may events stay on this computer and in its own network. */
      onLoopback: () => boolean;
      send?: (delivery: Delivery) => Promise<string>;
    },
  ) {}

  async load(): Promise<void> {
    this.settings = await this.deps.store.find();
    this.queue = await this.deps.store.waiting();
    this.number = this.queue.at(-1)?.number ?? 0;
  }

  shown(): RouteOutput<'webhook'> {
    if (!this.settings) return { webhook: null };
    const { url, isOn, lost, lastAt, lastStatus } = this.settings;
    return { webhook: { url, isOn, lost, lastAt, lastStatus, waiting: this.queue.length } };
  }

  /** Returns the secret when a new one was made: the first time, and when asked for. */
  async put({ url, isOn, newSecret }: { url: string; isOn: boolean; newSecret: boolean }): Promise<string | null> {
    const parsed = readAddress(url);
    await addressesOf(parsed, this.deps.onLoopback()).catch((error: unknown) => {
      throw error instanceof Refusal ? error : new Refusal('invalid', `url: ${parsed.hostname} was not found`);
    });
    const before = this.settings;
    const isNew = before === null || newSecret;
    const secret = isNew ? randomBytes(32).toString('base64url') : before.secret;
    const fresh = { lost: 0, lastAt: null, lastStatus: null };
    const settings: StoredWebhook = { ...(before ?? fresh), _id: 'webhook', url, isOn, secret };
    await this.deps.store.put(settings);
    this.settings = settings;
    return isNew ? secret : null;
  }

  /** Notes an event: never waits, never fails. */
  tell = (event: string, subject: string, data: unknown): void => {
    if (!this.settings?.isOn) return;
    const noted = this.noted(event, subject, data);
    this.queue.push(noted);
    this.unsaved.push(noted);
  };

  /** Sends a `ping` at once; the status, or why there was none. */
  async attempt(): Promise<string> {
    if (!this.settings) throw new Refusal('notFound', 'no webhook is set up');
    const status = await this.send(this.noted('ping', 'webhook', {}).body);
    await this.remember({ lastAt: this.deps.clock.wall(), lastStatus: status });
    return status;
  }

  /** Every second: writes down what is new, then sends the first event of each subject that is due. */
  async deliver(): Promise<void> {
    await this.save();
    if (!this.settings?.isOn) return;
    const now = this.deps.clock.wall();
    const firsts = new Map<string, StoredEvent>();
    for (const event of this.queue) if (!firsts.has(event.subject)) firsts.set(event.subject, event);
    const due = [...firsts.values()].filter(({ nextAt }) => nextAt <= now).slice(0, AT_ONCE);
    await Promise.all(due.map(event => this.deliverOne(event)));
  }

  /** What is noted and not written yet, before the program ends. */
  async save(): Promise<void> {
    const fresh = this.unsaved;
    if (fresh.length === 0) return;
    await this.deps.store.add(fresh);
    this.unsaved = this.unsaved.slice(fresh.length);
    const tooOld = this.queue.slice(0, Math.max(0, this.queue.length - MOST_WAITING));
    if (tooOld.length > 0) await this.giveUp(tooOld);
  }

  private noted(event: string, subject: string, data: unknown): StoredEvent {
    const id = randomUUID();
    const body = JSON.stringify({ id, event, subject, at: this.deps.clock.season(), data });
    return { id, number: ++this.number, event, subject, body, attempts: 0, nextAt: 0 };
  }

  private async deliverOne(event: StoredEvent): Promise<void> {
    const status = await this.send(event.body);
    const wall = this.deps.clock.wall();
    await this.remember({ lastAt: wall, lastStatus: status });
    if (isTaken(status)) return this.drop([event]);
    const pause = PAUSES_MS[event.attempts];
    if (pause === undefined) return this.giveUp([event]);
    event.attempts++;
    event.nextAt = wall + pause;
    await this.deps.store.later(event.id, event);
  }

  private async giveUp(events: readonly StoredEvent[]): Promise<void> {
    await this.remember({ lost: (this.settings?.lost ?? 0) + events.length });
    await this.drop(events);
  }

  private async drop(events: readonly StoredEvent[]): Promise<void> {
    const ids = new Set(events.map(({ id }) => id));
    await this.deps.store.remove([...ids]);
    this.queue = this.queue.filter(({ id }) => !ids.has(id));
  }

  private async remember(told: Partial<Pick<StoredWebhook, 'lost' | 'lastAt' | 'lastStatus'>>): Promise<void> {
    if (!this.settings) return;
    this.settings = { ...this.settings, ...told };
    await this.deps.store.tell(told);
  }

  private send(body: string): Promise<string> {
    const { url, secret } = this.settings!;
    return (this.deps.send ?? post)({ url, secret, body, wall: this.deps.clock.wall(), onLoopback: this.deps.onLoopback() });
  }
}
