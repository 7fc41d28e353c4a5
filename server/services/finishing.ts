import type { FinishClaim, FinishVerdict, FinishWordSaid } from '../../shared/claim.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Operation } from '../../shared/season.ts';
import type { CoverageResult, FinishWord } from '../domain/coverage.ts';
import type { ClaimStore, StoredWord } from '../stores/claims.ts';
import { type Fold, type ResultKey, resultKey } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { Registry } from './registry.ts';

/** What has been said of one field in one operation: an office's word goes before an operator's. */
interface Said {
  office: StoredWord | null;
  /** The last one since then. */
  claim: StoredWord | null;
}

/** Both are the same for a retry. */
export interface WordChange {
  before: FinishWordSaid | null;
  after: FinishWordSaid;
}

/**
 * Whether a field is finished is decided by rule, and confirmed or taken back by people. An operator's word counts by itself where his
 * machine worked and its swaths add up to the field's area; else it waits for a dispatcher.
 */
export class Finishing {
  private readonly said = new Map<ResultKey, Said>();
  private readonly ids = new Map<string, StoredWord>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told after it was saved. */
  onChange: (towns: readonly string[]) => void = () => undefined;

  constructor(private readonly deps: { store: ClaimStore; registry: Registry; fold: Fold; now: () => number }) {
    deps.fold.wordOf = this.wordOf;
  }

  async load(year: number | null): Promise<void> {
    this.said.clear();
    this.ids.clear();
    for (const word of year === null ? [] : await this.deps.store.wordsOf(year)) this.hold(word);
  }

  /** What counts. */
  readonly wordOf = (field: string, operation: Operation, byRule: CoverageResult): FinishWord | null => {
    const said = this.said.get(resultKey(field, operation));
    if (said?.office && said.office.word !== 'rule') return said.office.word as FinishWord;
    return said?.claim && byRule.byMachine.some(([machine]) => machine === said.claim!.machine) ? 'claimed' : null;
  };

  /** The last word of an office, and of an operator since then. */
  saidOf(field: string, operation: Operation): { office: FinishWordSaid | null; claim: FinishWordSaid | null } {
    const { office = null, claim = null } = this.said.get(resultKey(field, operation)) ?? {};
    return { office: office && shown(office), claim: claim && shown(claim) };
  }

  /** Whose word stands; null: nobody's. */
  finishedBy(field: string, operation: Operation): string | null {
    const said = this.said.get(resultKey(field, operation));
    const word = said?.office && said.office.word !== 'rule' ? said.office : said?.claim;
    return word?.by ?? null;
  }

  judge(field: string, said: { id: string; operation: Operation; word: FinishVerdict; reason: string }, by: string): Promise<WordChange> {
    return this.inTurn(() => {
      if (said.word === 'finished' && !this.deps.fold.coverageOf(field, said.operation))
        throw new Refusal('conflict', 'nothing: nothing was measured there that could be finished');
      return this.add({ ...said, field, by, at: this.deps.now(), machine: null });
    });
  }

  claim(field: string, said: { id: string; operation: Operation; at: number }, by: { machine: string; name: string }): Promise<WordChange> {
    const at = Math.min(said.at, this.deps.now());
    return this.inTurn(() => this.add({ ...said, field, at, word: 'claimed', by: by.name, machine: by.machine, reason: '' }));
  }

  /** Fields of a unit that an operator calls done and nothing else does. */
  waiting(division: string, field?: string): FinishClaim[] {
    const { registry, fold } = this.deps;
    const found: FinishClaim[] = [];
    for (const { claim } of this.said.values()) {
      const known = claim && registry.fields.get(claim.field);
      if (!known || (field !== undefined && claim.field !== field) || !registry.chain(known.town).includes(division)) continue;
      const covered = fold.coverageOf(claim.field, claim.operation);
      if (!covered?.byMachine.some(([machine]) => machine === claim.machine) || covered.finishedAt !== null) continue;
      const plate = registry.machines.get(claim.machine ?? '')?.plate ?? '';
      const place = { village: known.village, division: known.town, divisionName: registry.divisions.get(known.town)?.name ?? known.town };
      const areas = { fieldMu: muOfDm2(known.areaDm2), coveredMu: muOfDm2(covered?.coveredDm2 ?? 0) };
      found.push({ ...shown(claim), ...place, ...areas, plate });
    }
    return found.sort((a, b) => a.at - b.at);
  }

  private async add(word: FinishWordSaid): Promise<WordChange> {
    const { store, registry, fold, now } = this.deps;
    const again = this.ids.get(word.id);
    if (again) {
      if (again.field !== word.field || again.word !== word.word)
        throw new Refusal('conflict', 'id: something else has it; make a new one');
      return { before: shown(again), after: shown(again) };
    }
    const field = registry.fields.get(word.field);
    if (!field) throw new Refusal('notFound', `there is no field ${word.field}`);
    const { office, claim } = this.saidOf(word.field, word.operation);
    const stored: StoredWord = { ...word, year: registry.season?.year ?? 0, receivedAt: now() };
    if (!(await store.addWord(stored))) throw new Refusal('conflict', 'id: something else has it; make a new one');
    this.hold(stored);
    await fold.judge(word.field, word.operation);
    this.onChange([field.town]);
    return { before: claim ?? office, after: shown(stored) };
  }

  private hold(word: StoredWord): void {
    this.ids.set(word.id, word);
    const key = resultKey(word.field, word.operation);
    const before = this.said.get(key) ?? { office: null, claim: null };
    this.said.set(key, word.word === 'claimed' ? { ...before, claim: word } : { office: word, claim: null });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

const shown = ({ year: _, receivedAt: __, ...word }: StoredWord): FinishWordSaid => word;
