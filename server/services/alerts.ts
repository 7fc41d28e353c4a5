import type { Alert, AlertRule } from '../../shared/alert.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Finding } from '../domain/alerts/rule.ts';
import type { AlertStore, StoredAlert } from '../stores/alerts.ts';
import type { Registry } from './registry.ts';

const MOST_ENDED = 200;
/** What is gone for so long (season time) has ended: a single fix or a moment's silence ends nothing. */
const GONE_MS = 3 * 60_000;
const MINUTE_MS = 60_000;

/** What one rule found in one round. */
export interface Round {
  rule: AlertRule;
  escalateMin: number;
  /** Beyond the limit: alerts begin. */
  found: readonly Finding[];
  /** Beyond the easier limit: alerts that are open go on. */
  kept: readonly Finding[];
}

export type AlertEvent = 'raised' | 'escalated' | 'ended';

const keyOf = (rule: AlertRule, subject: string): string => `${rule} ${subject}`;

/** Alerts from raising to their end: one for one rule and subject as long as it lasts. The open ones are held in memory. */
export class Alerts {
  private readonly open = new Map<string, StoredAlert>();
  /** Since when what is found lasts, and is not yet an alert. */
  private readonly pending = new Map<string, number>();
  /** Since when what an alert is about is not found any more. */
  private readonly gone = new Map<string, number>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told after it was saved. */
  onChange: (units: readonly string[]) => void = () => undefined;
  onEvent: (event: AlertEvent, alert: Alert) => void = () => undefined;

  constructor(
    private readonly deps: {
      store: AlertStore;
      registry: Registry;
      now: () => number;
      newId: () => string;
      /** Whether a unit has dispatchers of its own. */
      hasDispatcher: (division: string) => boolean;
    },
  ) {}

  async load(): Promise<void> {
    for (const alert of await this.deps.store.open()) this.open.set(keyOf(alert.rule, alert.subject), alert);
  }

  async find(id: string): Promise<StoredAlert> {
    const alert = [...this.open.values()].find(one => one.id === id) ?? (await this.deps.store.find(id));
    if (!alert) throw new Refusal('notFound', `there is no alert ${id}`);
    return alert;
  }

  isOpen = (rule: AlertRule): boolean => [...this.open.values()].some(alert => alert.rule === rule);

  /** What concerns the dispatchers of a unit. */
  async list(division: string, state: 'open' | 'ended'): Promise<Alert[]> {
    if (state === 'open') {
      const mine = [...this.open.values()].filter(alert => this.concerns(alert, division));
      return mine.sort(byWeight).map(shown);
    }
    const ended = await this.deps.store.ended(division, this.year(), MOST_ENDED);
    return ended.filter(alert => this.concerns(alert, division)).map(shown);
  }

  /** The first to do so is the one who did. */
  acknowledge(id: string, by: string): Promise<{ before: Alert; after: Alert }> {
    return this.inTurn(async () => {
      const before = await this.find(id);
      if (before.acknowledged !== null) return { before: shown(before), after: shown(before) };
      const stored = await this.deps.store.acknowledge(id, { at: this.deps.now(), by });
      const acknowledged = (stored ?? (await this.find(id))).acknowledged;
      const after = { ...before, acknowledged };
      if (before.isOpen) this.open.set(keyOf(before.rule, before.subject), after);
      this.onChange([after.division]);
      return { before: shown(before), after: shown(after) };
    });
  }

  /** Takes in what the rules found at one instant. A rule that is off found nothing. */
  settle(rounds: readonly Round[], now: number): Promise<void> {
    return this.inTurn(async () => {
      const units = new Set<string>();
      for (const round of rounds) await this.settleRule(round, now, units);
      if (units.size > 0) this.onChange([...units]);
    });
  }

  private async settleRule({ rule, escalateMin, found, kept }: Round, now: number, units: Set<string>): Promise<void> {
    const present = new Map([...kept, ...found].map(finding => [keyOf(rule, finding.subject), finding]));
    for (const [key, alert] of [...this.open]) if (alert.rule === rule) await this.goOn(key, present.get(key), { now, escalateMin, units });
    const lasting = new Set<string>();
    for (const finding of found) {
      const key = keyOf(rule, finding.subject);
      if (this.open.has(key)) continue;
      const since = this.pending.get(key) ?? now;
      this.pending.set(key, since);
      if (now - since >= (finding.lastsMs ?? 0)) await this.raise(rule, finding, now, units);
      else lasting.add(key);
    }
    for (const key of this.pending.keys()) if (key.startsWith(`${rule} `) && !lasting.has(key)) this.pending.delete(key);
  }

  private async raise(rule: AlertRule, finding: Finding, now: number, units: Set<string>): Promise<void> {
    const { lastsMs: _, ...what } = finding;
    const chain = [...this.deps.registry.chain(finding.division)];
    const born = { level: 1 as const, acknowledged: null, endedAt: null, year: this.year(), units: chain, isOpen: true };
    const alert = await this.deps.store.raise({ id: this.deps.newId(), rule, ...what, since: now, lastAt: now, ...born });
    this.open.set(keyOf(rule, finding.subject), alert);
    units.add(alert.division);
    this.onEvent('raised', shown(alert));
  }

  /** An open alert in one more round: its figures are new, it is escalated, or it has ended. */
  private async goOn(key: string, finding: Finding | undefined, round: { now: number; escalateMin: number; units: Set<string> }) {
    const { now, escalateMin, units } = round;
    const before = this.open.get(key)!;
    const goneSince = finding ? null : (this.gone.get(key) ?? now);
    if (goneSince === null) this.gone.delete(key);
    else this.gone.set(key, goneSince);
    const alert = finding ? { ...before, values: finding.values, lngLat: finding.lngLat, lastAt: now } : before;
    this.open.set(key, alert);
    const news = { values: alert.values, lngLat: alert.lngLat, lastAt: alert.lastAt };
    if (goneSince !== null && now - goneSince >= GONE_MS) {
      const ended = { ...alert, endedAt: goneSince, isOpen: false };
      await this.deps.store.end(alert.id, { ...news, endedAt: goneSince });
      this.open.delete(key);
      this.gone.delete(key);
      units.add(alert.division);
      this.onEvent('ended', shown(ended));
    } else if (alert.level === 1 && alert.acknowledged === null && now - alert.since >= escalateMin * MINUTE_MS) {
      await this.deps.store.escalate(alert.id, news);
      const escalated = { ...alert, level: 2 as const };
      this.open.set(key, escalated);
      units.add(alert.division);
      this.onEvent('escalated', shown(escalated));
    }
  }

  /** A unit's own always; those below it when they were escalated, or when nobody below would see them. */
  private concerns({ division, units, level }: StoredAlert, asked: string): boolean {
    const height = units.indexOf(asked);
    if (height < 0) return false;
    return asked === division || level === 2 || !units.slice(0, height).some(this.deps.hasDispatcher);
  }

  private year = (): number => this.deps.registry.season?.year ?? 0;

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

/** Not acknowledged first, escalated before others, then the latest. */
const byWeight = (a: Alert, b: Alert): number =>
  Number(a.acknowledged !== null) - Number(b.acknowledged !== null) || b.level - a.level || b.since - a.since || (a.id < b.id ? -1 : 1);

const shown = ({ year: _year, units: _units, isOpen: _isOpen, ...alert }: StoredAlert): Alert => alert;
