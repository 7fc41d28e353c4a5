import { Refusal } from '../../../shared/reply.ts';
import type { Accident, AccidentInput, Overhauled, Trained } from '../../../shared/safety.ts';
import { dayStart } from '../../../shared/season.ts';
import type { SafetyStore } from '../../stores/safety.ts';
import type { Registry } from '../registry.ts';

const A_PAGE = 100;
/** A clock that is ahead by no more than this is taken at its word, ms. */
const CLOCK_AHEAD_MS = 10 * 60_000;
type Within = (division: string, station: string | null) => boolean;
interface Page {
  q: string;
  from: number;
}

/** Accidents of the year, and the two registers, held in memory. */
export class Safety {
  private readonly accidents = new Map<string, Accident>();
  readonly trained = new Map<string, Trained>();
  readonly overhauled = new Map<string, Overhauled>();

  constructor(private readonly deps: { store: SafetyStore; registry: Registry; now: () => number }) {}

  async load(year: number | null): Promise<void> {
    for (const list of [this.accidents, this.trained, this.overhauled]) list.clear();
    if (year === null) return;
    const { store } = this.deps;
    for (const one of await store.between(dayStart(`${year}-01-01`), dayStart(`${year + 1}-01-01`))) this.accidents.set(one.id, one);
    for (const one of await store.trained.of(year)) this.trained.set(one.id, one);
    for (const one of await store.overhauled.of(year)) this.overhauled.set(one.id, one);
  }

  all = (): Iterable<Accident> => this.accidents.values();
  known = (id: string): Accident | null => this.accidents.get(id) ?? null;

  list({ q, from }: Page, within: Within): { asOf: number; total: number; injured: number; accidents: Accident[] } {
    const found = [...this.accidents.values()]
      .filter(({ division, station }) => within(division, station))
      .filter(({ place, plate, what, measures }) => holds(q, place, plate, what, measures))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
    const injured = found.reduce((sum, one) => sum + one.injured, 0);
    return { asOf: this.deps.now(), total: found.length, injured, accidents: found.slice(from, from + A_PAGE) };
  }

  /** The same once more is a retry; another on an old version is a conflict. */
  async put(
    input: AccidentInput,
    { version, author, station }: { version: number; author: string; station: string | null },
  ): Promise<{ before: Accident | null; after: Accident }> {
    const { registry, store, now } = this.deps;
    if (!registry.season) throw new Refusal('notFound', 'there is no season yet');
    if (!registry.divisions.has(input.division)) throw new Refusal('invalid', `division: there is no unit ${input.division}`);
    if (input.at > now() + CLOCK_AHEAD_MS) throw new Refusal('invalid', 'at: lies in the future');
    if (input.machine !== null && !registry.machines.has(input.machine))
      throw new Refusal('invalid', `machine: there is no machine ${input.machine}`);
    const before = this.accidents.get(input.id) ?? null;
    if (before && saysTheSame(before, input)) return { before, after: before };
    const after: Accident = { ...input, station: before?.station ?? station, author, version: version + 1 };
    const saved = version === 0 ? !before && (await store.add(after)) : await store.replace(after, version);
    if (!saved) {
      const there = await store.find(input.id);
      if (there) this.accidents.set(there.id, there);
      if (there && saysTheSame(there, input)) return { before: there, after: there };
      throw new Refusal(
        'conflict',
        `version: somebody else changed it meanwhile, it is at version ${there?.version ?? 0}; look at it again`,
      );
    }
    this.accidents.set(after.id, after);
    return { before, after };
  }

  register(name: 'trained' | 'overhauled', { q, from }: Page, within: (division: string) => boolean) {
    if (name === 'trained') {
      const found = [...this.trained.values()].filter(row => within(row.division) && holds(q, row.name, row.subject));
      const trained = found.sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : a.name < b.name ? -1 : 1)).slice(from, from + A_PAGE);
      return { total: found.length, trained, overhauled: [] };
    }
    const found = [...this.overhauled.values()].filter(row => within(row.division) && holds(q, row.plate, row.owner, row.workshop));
    const overhauled = found
      .sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : a.plate < b.plate ? -1 : 1))
      .slice(from, from + A_PAGE);
    return { total: found.length, trained: [], overhauled };
  }

  async putTrained(rows: readonly Trained[]): Promise<void> {
    await this.deps.store.trained.put(rows);
    for (const row of rows) this.trained.set(row.id, row);
  }
  async putOverhauled(rows: readonly Overhauled[]): Promise<void> {
    await this.deps.store.overhauled.put(rows);
    for (const row of rows) this.overhauled.set(row.id, row);
  }
}

const holds = (q: string, ...texts: string[]): boolean => texts.some(text => text.toLowerCase().includes(q.toLowerCase()));

const saysTheSame = (known: Accident, input: AccidentInput): boolean =>
  Object.entries(input).every(([key, value]) => known[key as keyof Accident] === value);
