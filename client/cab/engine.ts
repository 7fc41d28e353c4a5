import type { ClockLine } from '../../shared/clock.ts';
import { seasonTime } from '../../shared/season-time.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { Announcer } from './announcer.ts';
import { current, isOnDuty, ownership, readStored, type Senses, senses, stored, trouble } from './cab-state.ts';
import { Drains } from './drains.ts';
import { sendErrands, sendPhotos } from './errands.ts';
import { heardInbox, stillKnown } from './inbox.ts';
import { OwnerLock } from './owner-lock.ts';
import { PositionWatch } from './position-watch.ts';
import { Recorder } from './recorder.ts';
import { type CabDatabase, changeFacts } from './store.ts';
import { WakeLock } from './wake-lock.ts';

const POLL_MS = 4000;
const POLL_OFF_DUTY_MS = 20_000;
/** On duty the socket says when something is new; this is for what it may have missed. */
const INBOX_MS = 180_000;
const INBOX_OFF_DUTY_MS = 60_000;
/** The own record, so that it is there without a network; its page asks for it at once. */
const RECORD_MS = 15 * 60_000;
/** A fix a second and their acks become one look at the database. */
const REFRESH_MS = 150;

/** The clock is read once: a millisecond between two readings would stand in every fix. */
function offsetOf(line: ClockLine): number {
  const now = Date.now();
  return seasonTime(line, now) - now;
}

/** All that works behind the page: one tab of the phone owns it, the others look on. */
export class Engine {
  private readonly channel = new BroadcastChannel('cab');
  private readonly watch: PositionWatch;
  private readonly wake: WakeLock;
  private readonly lock: OwnerLock;
  private drains: Drains | null = null;
  private recorder: Recorder | null = null;
  private offsetMs = 0;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private isSendingPhotos = false;
  private isAsking = false;
  private askAgain = false;
  private inboxAskedAt = 0;
  private recordAskedAt = 0;

  constructor(readonly database: CabDatabase) {
    this.watch = new PositionWatch({
      onPosition: (position, wasHidden) => this.recorder?.take(position, wasHidden),
      onState: (gps, silentMs) => this.sense({ gps, silentMs: Math.floor(silentMs / 1000) * 1000 }),
    });
    this.wake = new WakeLock(wake => this.sense({ wake }));
    this.channel.onmessage = ({ data }: MessageEvent<Senses | 'changed'>) => {
      if (data === 'changed') void this.look();
      else if (ownership.value !== 'owner') senses.value = data;
    };
    this.lock = new OwnerLock({ onOwner: () => void this.own(), onLost: () => this.disown() });
    new Announcer({ database, changed: () => void this.refresh() }).listen();
    addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.drains?.hurry() : this.hurry()));
    // At once, whoever records: what is stored needs neither the lock nor a word from the other tab.
    void this.look();
    void this.poll();
  }

  /** This tab is looked at: it records from now on. */
  takeOver(): void {
    this.lock.takeOver();
  }

  /** The season's time of now. */
  seasonNow = (): number => Date.now() + this.offsetMs;

  /** After the operator did something: every tab looks, and what follows from it is done. */
  async changed(): Promise<void> {
    await this.refresh();
    void this.sendErrands().then(() => this.askCab());
  }

  hurry(): void {
    this.drains?.hurry();
    this.inboxAskedAt = 0;
    void this.converse();
  }

  /** Tells what waits, then asks: the answers are of a server that knows what was done here. */
  private async converse(): Promise<void> {
    await this.sendErrands();
    await Promise.all([this.askCab(), this.askInboxIfDue()]);
  }

  private async own(): Promise<void> {
    ownership.value = 'owner';
    this.drains = new Drains({
      database: this.database,
      onLink: (outbox, link) => {
        if (outbox === current.value?.id) this.sense({ link });
        if (link === 'denied') void this.denied(outbox);
      },
      onChange: () => this.soon(),
      onClock: clock => {
        this.offsetMs = offsetOf(clock);
        void changeFacts(this.database, { clock });
      },
      onInbox: () => {
        this.inboxAskedAt = 0;
        if (stored.value?.facts.record?.rows.some(({ objection }) => objection?.state === 'open')) this.recordAskedAt = 0;
        void this.sendErrands().then(() => this.askInboxIfDue());
      },
      onTrouble: this.onTrouble,
    });
    await this.look();
    void this.converse();
  }

  private disown(): void {
    ownership.value = 'other';
    this.watch.stop();
    this.wake.want(false);
    this.drains?.close();
    this.drains = null;
    this.recorder = null;
  }

  /** Reads what is stored and, as the owner, sees to it that what should run runs. */
  private async look(): Promise<void> {
    try {
      await readStored(this.database, this.seasonNow());
      if (stored.value?.facts.clock && this.offsetMs === 0) this.offsetMs = offsetOf(stored.value.facts.clock);
      if (ownership.value === 'owner') await this.arrange();
    } catch (cause) {
      this.onTrouble(cause);
    }
  }

  private async arrange(): Promise<void> {
    const outbox = current.value;
    const live = isOnDuty.value ? (outbox?.id ?? null) : null;
    await this.drains?.keep(stored.value?.outboxes ?? [], live, outbox?.id ?? null);
    this.wake.want(live !== null);
    if (live === null) {
      this.recorder = null;
      this.watch.stop();
    } else if (this.recorder?.outbox !== live && outbox) {
      this.recorder = new Recorder({
        database: this.database,
        outbox: live,
        newest: outbox.newest,
        since: stored.value?.facts.duty.since ?? 0,
        working: () => stored.value?.facts.working ?? null,
        offsetMs: () => this.offsetMs,
        onFix: fix => {
          this.drains?.fixAdded(live, fix);
          this.soon();
        },
        onThinned: () => this.soon(),
        onTrouble: this.onTrouble,
      });
      this.watch.start();
    }
  }

  private readonly onTrouble = (cause: unknown): void => {
    trouble.value = cause instanceof Error ? cause.message : String(cause);
  };

  private soon(): void {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      void this.refresh();
    }, REFRESH_MS);
  }

  private async refresh(): Promise<void> {
    this.channel.postMessage('changed');
    await this.look();
  }

  private sense(change: Partial<Senses>): void {
    const next = { ...senses.value, ...change };
    if (JSON.stringify(next) === JSON.stringify(senses.value)) return;
    senses.value = next;
    this.channel.postMessage(next);
  }

  private async denied(outbox: string): Promise<void> {
    const record = await this.database.get('outboxes', outbox);
    if (record && !record.isDenied) await this.database.put('outboxes', { ...record, isDenied: true });
    await this.refresh();
  }

  private async sendErrands(): Promise<void> {
    if (ownership.value !== 'owner' || this.isSending || !stored.value?.errands.some(({ state }) => state === 'waiting')) return;
    this.isSending = true;
    try {
      if (await sendErrands(this.database)) this.soon();
      void this.sendPhotos();
    } catch (cause) {
      this.onTrouble(cause);
    } finally {
      this.isSending = false;
    }
  }

  /** Beside all else: on a thin link a photo takes minutes. */
  private async sendPhotos(): Promise<void> {
    if (this.isSendingPhotos) return;
    this.isSendingPhotos = true;
    try {
      if (await sendPhotos(this.database)) this.soon();
    } catch (cause) {
      this.onTrouble(cause);
    } finally {
      this.isSendingPhotos = false;
    }
  }

  private async poll(): Promise<void> {
    if (!document.hidden || isOnDuty.value) await this.sendErrands();
    if (!document.hidden) await this.askCab();
    await this.askInboxIfDue();
    if (!document.hidden && Date.now() > this.recordAskedAt + RECORD_MS) await this.askRecord();
    setTimeout(() => void this.poll(), isOnDuty.value ? POLL_MS : POLL_OFF_DUTY_MS);
  }

  private async askInboxIfDue(): Promise<void> {
    const every = isOnDuty.value ? INBOX_MS : INBOX_OFF_DUTY_MS;
    if (Date.now() < this.inboxAskedAt + every) return;
    if (this.isAsking) {
      this.askAgain = true;
      return;
    }
    this.isAsking = true;
    do {
      this.askAgain = false;
      await this.askInbox();
    } while (this.askAgain);
    this.isAsking = false;
  }

  /** Orders and notices; offline the last answer stays. */
  private async askInbox(): Promise<void> {
    const outbox = current.value;
    if (ownership.value !== 'owner' || outbox === null || outbox.isDenied) return;
    try {
      const heard = await ask('inbox', {}, { token: outbox.token });
      this.inboxAskedAt = Date.now();
      await changeFacts(this.database, ({ current: now, inbox, told, putAway }) =>
        // The phone may be another machine's meanwhile.
        now === outbox.id ? { inbox: heardInbox(inbox, heard), told: stillKnown(told, heard), putAway: stillKnown(putAway, heard) } : {},
      );
      this.soon();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) this.onTrouble(cause);
    }
  }

  /** What this machine did; offline the last answer stays. */
  async askRecord(): Promise<void> {
    const outbox = current.value;
    if (ownership.value !== 'owner' || outbox === null || outbox.isDenied) return;
    try {
      const record = await ask('record', {}, { token: outbox.token });
      this.recordAskedAt = Date.now();
      await changeFacts(this.database, ({ current: now }) => (now === outbox.id ? { record } : {}));
      this.soon();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) this.onTrouble(cause);
    }
  }

  /** What the server knows of this machine; offline the last answer stays. */
  private async askCab(): Promise<void> {
    const outbox = current.value;
    if (ownership.value !== 'owner' || outbox === null || outbox.isDenied) return;
    try {
      const cab = await ask('cab', {}, { token: outbox.token });
      await changeFacts(this.database, { cab });
      if (!this.drains?.has(outbox.id)) this.sense({ link: 'connected' });
      else if (senses.value.link === 'away') this.drains.hurry();
      this.soon();
    } catch (cause) {
      if (!this.drains?.has(outbox.id)) this.sense({ link: 'away' });
      if (!(cause instanceof RequestFailed)) this.onTrouble(cause);
      else if (cause.code === 'unauthenticated') await this.denied(outbox.id);
    }
  }
}
