import type { CabNotice, NoticeInput, NoticeShown } from '../../shared/notice.ts';
import { Refusal } from '../../shared/reply.ts';
import { addDays, dayOf, dayStart } from '../../shared/season.ts';
import type { NoticeStore, StoredNotice } from '../stores/notices.ts';
import type { NoticeAudience } from './notice-audience.ts';
import type { Registry } from './registry.ts';

const MOST_A_PAGE = 20;
const MOST_UNREAD_NAMED = 200;
const LONGEST_MS = 14 * 24 * 3_600_000;
/** A severe one comes again so often (season time), until it is read. */
const REPEAT_MS = 5 * 60_000;

/** One that is still valid, with who has it and who has read it. */
interface Held {
  notice: StoredNotice;
  sentTo: Set<string>;
  reads: Map<string, number>;
}

/** Notices from sending to receipts. The valid ones are held in memory, as every phone asks for them; the others stay in the database. */
export class Notices {
  private readonly held = new Map<string, Held>();
  private repeatedAt = Number.NEGATIVE_INFINITY;
  /** Told after something was saved. */
  onChange: (units: readonly string[]) => void = () => undefined;
  /** Told whose phones should ask again. */
  onInbox: (machines: readonly string[]) => void = () => undefined;
  /** The machine that an order went to; null: there is no such order. */
  machineOfOrder: (order: string) => Promise<string | null> | string | null = () => null;

  constructor(private readonly deps: { store: NoticeStore; registry: Registry; audience: NoticeAudience; now: () => number }) {}

  async load(): Promise<void> {
    const notices = await this.deps.store.validAt(this.deps.now());
    for (const notice of notices) this.hold(notice);
    for (const { notice, machine, at } of await this.deps.store.receiptsOf(notices.map(({ id }) => id)))
      this.held.get(notice)?.reads.set(machine, at);
  }

  async find(id: string): Promise<StoredNotice> {
    const notice = this.held.get(id)?.notice ?? (await this.deps.store.find(id));
    if (!notice) throw new Refusal('notFound', `there is no notice ${id}`);
    return notice;
  }

  /** Saves it with whom it goes to, then tells their phones. `isNew` is false for one that had been sent before. */
  async send(input: NoticeInput, author: string): Promise<{ notice: StoredNotice; isNew: boolean }> {
    const { store, registry } = this.deps;
    if (!registry.divisions.has(input.division)) throw new Refusal('invalid', `division: there is no unit ${input.division}`);
    const now = this.deps.now();
    const until = this.untilOf(input, now);
    const sentTo = await this.addressees(input);
    const notice: StoredNotice = {
      ...input,
      until,
      at: now,
      author,
      units: [...registry.chain(input.division)],
      sentTo,
      withdrawn: null,
    };
    if (!(await store.add(notice))) return { notice: this.same(await this.find(input.id), input), isNew: false };
    this.hold(notice);
    this.onChange([notice.division]);
    this.onInbox(sentTo);
    return { notice, isNew: true };
  }

  /** Null when it had been withdrawn before. */
  async withdraw(id: string, by: string): Promise<StoredNotice | null> {
    const after = await this.deps.store.withdraw(id, { at: this.deps.now(), by });
    if (!after) return null;
    this.held.delete(id);
    this.onChange([after.division]);
    this.onInbox(after.sentTo);
    return after;
  }

  /** What is valid for a machine, the severe and unread first. One that came to the unit since gets it now, and counts from now on. */
  async forMachine(machine: string): Promise<CabNotice[]> {
    const now = this.deps.now();
    const mine: CabNotice[] = [];
    for (const held of [...this.held.values()]) {
      if (held.notice.until <= now) continue;
      if (!held.sentTo.has(machine) && !(await this.join(held, machine))) continue;
      const { id, isSevere, text, at, until, author } = held.notice;
      mine.push({ id, isSevere, text, at, until, author, readAt: held.reads.get(machine) ?? null });
    }
    const rank = ({ isSevere, readAt }: CabNotice) => (readAt === null ? (isSevere ? 0 : 1) : 2);
    return mine.sort((a, b) => rank(a) - rank(b) || b.at - a.at);
  }

  /** `at`: when it was read, perhaps while the phone was offline. False: that was known. */
  async read(id: string, machine: string, at: number): Promise<boolean> {
    const notice = await this.find(id);
    if (!notice.sentTo.includes(machine) && !this.held.get(id)?.sentTo.has(machine))
      throw new Refusal('notFound', `there is no notice ${id}`);
    const receivedAt = this.deps.now();
    const readAt = Math.max(notice.at, Math.min(at, receivedAt));
    if (!(await this.deps.store.addReceipt({ notice: id, machine, at: readAt, receivedAt }))) return false;
    this.held.get(id)?.reads.set(machine, readAt);
    this.onChange([notice.division]);
    return true;
  }

  async list(unit: string, from: number): Promise<{ total: number; notices: NoticeShown[] }> {
    const { total, notices } = await this.deps.store.page(unit, from, MOST_A_PAGE);
    const past = notices.filter(({ id }) => !this.held.has(id));
    const reads = new Map(past.map(({ id }) => [id, new Set<string>()]));
    for (const { notice, machine } of await this.deps.store.receiptsOf([...reads.keys()])) reads.get(notice)!.add(machine);
    return { total, notices: notices.map(notice => this.shownWith(notice, reads.get(notice.id))) };
  }

  shown = (notice: StoredNotice): NoticeShown => this.shownWith(notice, undefined);

  /** Every so often: forgets what is over, and sends severe ones again to those on duty who have not read them. */
  tick(): void {
    const now = this.deps.now();
    for (const [id, { notice }] of this.held) if (notice.until <= now) this.held.delete(id);
    if (now - this.repeatedAt < REPEAT_MS && now >= this.repeatedAt) return;
    this.repeatedAt = now;
    const late = new Set<string>();
    for (const { notice, sentTo, reads } of this.held.values()) {
      if (!notice.isSevere || now - notice.at < REPEAT_MS) continue;
      for (const machine of sentTo) if (!reads.has(machine) && this.deps.audience.onDuty(machine)) late.add(machine);
    }
    if (late.size > 0) this.onInbox([...late]);
  }

  private hold(notice: StoredNotice): void {
    this.held.set(notice.id, { notice, sentTo: new Set(notice.sentTo), reads: new Map() });
  }

  private untilOf({ until }: NoticeInput, now: number): number {
    if (until === null) return dayStart(addDays(dayOf(now), 1));
    if (until <= now) throw new Refusal('invalid', 'until: it must lie ahead');
    if (until > now + LONGEST_MS) throw new Refusal('invalid', 'until: at most 14 days ahead');
    return until;
  }

  private async addressees(input: NoticeInput): Promise<string[]> {
    const ids = await this.named(input);
    if (ids.length === 0) throw new Refusal('invalid', 'machines: nobody would get it; choose another unit, kind or machine');
    return ids;
  }

  private async named(input: NoticeInput): Promise<string[]> {
    const { registry, audience } = this.deps;
    if (input.order !== null) {
      const machine = await this.machineOfOrder(input.order);
      if (machine === null) throw new Refusal('invalid', `order: there is no order ${input.order}`);
      return [machine];
    }
    const unknown = input.machines.find(id => !registry.machines.has(id));
    if (unknown !== undefined) throw new Refusal('invalid', `machines: there is no machine ${unknown}`);
    return input.machines.length > 0 ? [...new Set(input.machines)] : audience.of(input);
  }

  /** An id that is taken: by the same notice, sent again, or by another. */
  private same(known: StoredNotice, { division, text }: NoticeInput): StoredNotice {
    if (known.division === division && known.text === text) return known;
    throw new Refusal('conflict', 'id: another notice has it; make a new one');
  }

  private async join(held: Held, machine: string): Promise<boolean> {
    if (!this.deps.audience.joins(machine, held.notice)) return false;
    const after = await this.deps.store.join(held.notice.id, machine);
    if (!after) return false;
    held.sentTo.add(machine);
    held.notice = after;
    this.onChange([after.division]);
    return true;
  }

  private shownWith({ units: _units, sentTo: stored, ...notice }: StoredNotice, past: ReadonlySet<string> | undefined): NoticeShown {
    const held = this.held.get(notice.id);
    const sentTo = held ? [...held.sentTo] : stored;
    const unread = sentTo.filter(machine => !(held?.reads ?? past)?.has(machine));
    return {
      ...notice,
      divisionName: this.deps.registry.divisions.get(notice.division)?.name ?? notice.division,
      sentTo: sentTo.length,
      read: sentTo.length - unread.length,
      unread: unread.slice(0, MOST_UNREAD_NAMED).map(machine => this.card(machine)),
    };
  }

  private card(machine: string): NoticeShown['unread'][number] {
    const known = this.deps.registry.machines.get(machine);
    return { machine, plate: known?.plate ?? machine, operatorName: known?.operatorName ?? '' };
  }
}

/** The audit trail's view of a notice: to how many, not to whom. */
export const auditedNotice = ({ units: _, sentTo, ...notice }: StoredNotice) => ({ ...notice, sentTo: sentTo.length });
