import { Refusal } from '../../shared/reply.ts';
import type { Day } from '../../shared/season.ts';
import type { Rain, RainInput } from '../../shared/weather.ts';
import type { RainStore, RainWord } from '../stores/rain.ts';
import type { Registry } from './registry.ts';

export interface RainChange {
  division: string;
  day: Day;
  before: number | null;
  after: number | null;
}

const keyOf = (division: string, day: Day): string => `${division}|${day}`;

/** Rain by unit and day, expected or fallen: the latest word of each, and what was said before it. */
export class RainBook {
  private readonly days = new Map<string, RainWord[]>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told after rain was saved: the units it was said of. */
  onChange: (units: readonly string[]) => void = () => undefined;

  constructor(private readonly deps: { store: RainStore; registry: Registry; now: () => number }) {}

  async load(year: number | null): Promise<void> {
    if (year !== null) for (const day of await this.deps.store.ofYear(year)) this.days.set(keyOf(day.division, day.day), day.words);
  }

  /** A unit's own entry, as it stood at `knownBy`. */
  own(division: string, day: Day, knownBy = Number.POSITIVE_INFINITY): Rain | null {
    const word = this.days.get(keyOf(division, day))?.findLast(({ at }) => at <= knownBy);
    return word && word.rainMm !== null ? { division, day, rainMm: word.rainMm, at: word.at, author: word.author } : null;
  }

  /** A unit's own entry, else its county's, else the city's; null: nobody said anything. */
  of(division: string, day: Day, knownBy = Number.POSITIVE_INFINITY): Rain | null {
    for (const code of this.deps.registry.chain(division)) {
      const entry = this.own(code, day, knownBy);
      if (entry) return entry;
    }
    return null;
  }

  /** Saves all rows or none. What says the same again is no change. */
  put(rows: readonly RainInput[], author: string): Promise<RainChange[]> {
    const turn = this.lane.then(() => this.save(rows, author));
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private async save(rows: readonly RainInput[], author: string): Promise<RainChange[]> {
    const { store, registry, now } = this.deps;
    const year = registry.season?.year;
    const byKey = new Map(rows.map(row => [keyOf(row.division, row.day), row]));
    for (const { division, day } of byKey.values()) {
      if (!registry.divisions.has(division)) throw new Refusal('invalid', `division: there is no unit ${division}`);
      if (!day.startsWith(`${year}-`)) throw new Refusal('invalid', `day: ${day} is not of this season's year`);
    }
    const changes = [...byKey.values()]
      .map(({ division, day, rainMm }) => ({ division, day, before: this.own(division, day)?.rainMm ?? null, after: rainMm }))
      .filter(({ before, after }) => before !== after);
    const at = now();
    const words = changes.map(({ division, day, after }) => ({ division, day, word: { rainMm: after, at, author } }));
    await store.add(words);
    for (const { division, day, word } of words)
      this.days.set(keyOf(division, day), [...(this.days.get(keyOf(division, day)) ?? []), word]);
    if (changes.length > 0) this.onChange([...new Set(changes.map(({ division }) => division))]);
    return changes;
  }
}
