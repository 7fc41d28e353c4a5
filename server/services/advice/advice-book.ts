import type { Advice, AdviceState } from '../../../shared/advice.ts';
import { Refusal } from '../../../shared/reply.ts';
import { type Day, dayOf } from '../../../shared/season.ts';
import type { AdviceStore, StoredAdvice } from '../../stores/advice.ts';
import type { Registry } from '../registry.ts';

/** What advice is about: of each there is one that is open, or none. */
export type Subject = Pick<Advice, 'kind' | 'division' | 'operation'>;
/** Advice as it is worked out, before it is stored. */
export type Draft = Omit<Advice, 'state' | 'decision' | 'version'>;

export const shown = ({ units: _, year: __, ...advice }: StoredAdvice): Advice => advice;

/** The first day of what would go out: when it is over, the advice is. */
export const dayOfAdvice = ({ steps, at }: Pick<Advice, 'steps' | 'at'>): Day =>
  steps.filter(step => !step.isLater).reduce<Day>((first, { day }) => (first === '' || day < first ? day : first), '') || dayOf(at);

/** Advice from its beginning to what was made of it. Everything of it is on record for good. */
export class AdviceBook {
  private readonly open = new Map<string, StoredAdvice>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told the unit after something of its advice was saved, and the advice as it is now. */
  onChange: (division: string, advice: Advice) => void = () => undefined;

  constructor(private readonly deps: { store: AdviceStore; registry: Registry; now: () => number }) {}

  async load(): Promise<void> {
    const { store, registry } = this.deps;
    for (const advice of registry.season ? await store.open(registry.season.year) : []) {
      // Cut off between the newer one and the end of the older: that is made up for.
      const older = this.openOf(advice);
      if (older) await store.settle(older.id, older.version, { state: 'superseded', decision: null });
      if (older) this.open.delete(older.id);
      this.open.set(advice.id, advice);
    }
  }

  openOf = ({ kind, division, operation }: Subject): StoredAdvice | null =>
    [...this.open.values()].find(one => one.kind === kind && one.division === division && one.operation === operation) ?? null;

  openAll = (): StoredAdvice[] => [...this.open.values()];

  async find(id: string): Promise<StoredAdvice> {
    const advice = this.open.get(id) ?? (await this.deps.store.find(id));
    if (!advice) throw new Refusal('notFound', `there is no advice ${id}`);
    return advice;
  }

  shownOne = async (id: string): Promise<Advice> => shown(await this.find(id));

  /** Open ones first, then the latest, of a unit and all below it. */
  async list(division: string, state: AdviceState | 'all'): Promise<Advice[]> {
    const open = [...this.open.values()].filter(one => one.units.includes(division)).sort((one, other) => other.at - one.at);
    if (state === 'open') return open.map(shown);
    const stored = await this.deps.store.latest(division, state === 'all' ? null : state);
    const known = new Set(state === 'all' ? open.map(one => one.id) : []);
    return [...(state === 'all' ? open : []), ...stored.filter(one => !known.has(one.id) && one.state !== 'open')].map(shown);
  }

  /** What was open of the same kind, unit and operation is superseded. */
  put(draft: Draft): Promise<Advice> {
    return this.inTurn(async () => {
      const { registry, store } = this.deps;
      const stored: StoredAdvice = {
        ...draft,
        state: 'open',
        decision: null,
        version: 1,
        units: [...registry.chain(draft.division)],
        year: registry.season!.year,
      };
      await store.add(stored);
      await this.end(this.openOf(draft), 'superseded');
      this.open.set(stored.id, stored);
      this.onChange(stored.division, shown(stored));
      return shown(stored);
    });
  }

  /** There is nothing to advise any more. */
  clear(subject: Subject): Promise<void> {
    return this.inTurn(() => this.end(this.openOf(subject), 'superseded'));
  }

  /** What nobody decided while its day lasted. */
  expire(today: Day): Promise<void> {
    return this.inTurn(async () => {
      for (const advice of this.open.values()) if (dayOfAdvice(advice) < today) await this.end(advice, 'expired');
    });
  }

  /**
   * A person's decision, one after the other. `carryOut` may send things out, and refuse: then the advice stays open.
   * @throws Refusal conflict when it is not open at that version any more, or its day is over
   */
  decide(
    id: string,
    version: number,
    carryOut: (advice: StoredAdvice) => Promise<{ state: 'approved' | 'refused'; decision: NonNullable<Advice['decision']> }>,
  ): Promise<Advice> {
    return this.inTurn(async () => {
      const advice = await this.find(id);
      this.needOpen(advice, version);
      const settled = await this.deps.store.settle(id, version, await carryOut(advice));
      if (!settled) throw notAsItWas((await this.deps.store.find(id)) ?? advice);
      this.open.delete(id);
      this.onChange(settled.division, shown(settled));
      return shown(settled);
    });
  }

  private needOpen(advice: StoredAdvice, version: number): void {
    if (advice.state !== 'open' || advice.version !== version) throw notAsItWas(advice);
    const [day, today] = [dayOfAdvice(advice), dayOf(this.deps.now())];
    if (day < today) throw new Refusal('conflict', `expired: this advice was for ${day}, today is ${today}; ask for new advice`);
  }

  private async end(advice: StoredAdvice | null, state: 'superseded' | 'expired'): Promise<void> {
    if (!advice) return;
    await this.deps.store.settle(advice.id, advice.version, { state, decision: null });
    this.open.delete(advice.id);
    this.onChange(advice.division, shown({ ...advice, state }));
  }

  private inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

const notAsItWas = ({ state, decision, version }: StoredAdvice): Refusal =>
  new Refusal(
    'conflict',
    state === 'open'
      ? `version: it is at version ${version} now; look again`
      : `${state}: this advice is ${state}${decision ? ` by ${decision.by}` : ''} already; look again`,
    { values: { state, ...(decision && { by: decision.by, at: decision.at }) } },
  );
