import { isDeepStrictEqual } from 'node:util';
import type { Recomputation, RecomputeScope } from '../../shared/recomputation.ts';
import { Refusal } from '../../shared/reply.ts';
import { addDays, cutOff, type Operation, operations } from '../../shared/season.ts';
import type { CoverageResult, FieldCoverage } from '../domain/coverage.ts';
import { Differences, type UnitOf } from '../domain/differences.ts';
import type { FieldShape } from '../domain/field-index.ts';
import { boxOf } from '../domain/field-shape.ts';
import { cellsOf } from '../domain/ground-cells.ts';
import type { DerivedStore, StoredSwaths } from '../stores/derived.ts';
import type { FixLog } from '../stores/fix-log.ts';
import type { RecomputationStore } from '../stores/recomputations.ts';
import { FOLD_METHOD, type Fold, type ResultKey, resultKey } from './fold.ts';
import { Pace } from './pace.ts';
import type { Refolder } from './refolder.ts';
import type { Registry } from './registry.ts';
import { swathsOf } from './swath-buffer.ts';

const HOUR_MS = 3_600_000;

export interface RecomputerDeps {
  registry: Registry;
  fold: Fold;
  log: Pick<FixLog, 'ofOutbox'>;
  derived: Pick<DerivedStore, 'replacedCoverage' | 'forgetReplaced'>;
  store: RecomputationStore;
  refolder: Refolder;
  now: () => number;
  newId: () => string;
}

/**
 * Computes fields again from the raw fixes, off to the side, and compares every cell with what stands. Nothing changes by it: whoever adopts
 * what differs has the tracks there folded again.
 */
export class Recomputer {
  private running: { run: Recomputation; done: Promise<void> } | null = null;
  /** Told of what was covered while one runs: that cannot be compared. */
  private moved = new Set<ResultKey>();
  private stopping = false;

  constructor(private readonly deps: RecomputerDeps) {}

  /** Of each change of a field's coverage. */
  covered = (field: string, operation: Operation): void => {
    if (this.running) this.moved.add(resultKey(field, operation));
  };

  start(scope: RecomputeScope, { division, author }: { division: string; author: string }): Recomputation {
    if (this.running) throw new Refusal('conflict', 'one recomputation is under way: wait until it is done');
    const { registry, now, newId } = this.deps;
    if ('field' in scope && !registry.fields.has(scope.field)) throw new Refusal('notFound', `there is no field ${scope.field}`);
    const run: Recomputation = {
      ...{ id: newId(), cause: 'asked', scope, division, author, at: now(), endedAt: null, failed: null, adopted: null },
      methods: { before: FOLD_METHOD, after: FOLD_METHOD },
      ...{ compared: 0, differing: 0, moving: 0, totals: [], units: [], largest: [] },
    };
    this.moved = new Set();
    this.running = { run, done: Promise.resolve() };
    this.running.done = this.work(run).finally(() => {
      this.running = null;
    });
    return run;
  }

  /** Newest first. */
  async list(division: string): Promise<Recomputation[]> {
    const { store, registry } = this.deps;
    const stored = await store.newest(division, registry.season?.year ?? 0);
    const { running } = this;
    const shown = running && registry.chain(running.run.division).includes(division) ? [running.run] : [];
    return [...shown, ...stored.filter(({ id }) => id !== running?.run.id)];
  }

  async find(id: string): Promise<Recomputation> {
    const found = await this.deps.store.find(id);
    if (!found) throw new Refusal('notFound', `there is no recomputation ${id} that is done`);
    return found;
  }

  /** The tracks of the fields that differ are folded again, and what they give then stands. */
  async adopt(id: string, author: string): Promise<Recomputation> {
    const { store, refolder, now } = this.deps;
    const run = await this.find(id);
    if (run.cause === 'method') throw new Refusal('conflict', 'the program came with its method: there is nothing to adopt');
    if (run.differing === 0) throw new Refusal('conflict', 'nothing differs: there is nothing to adopt');
    const fields = run.differing > run.largest.length ? await this.fieldsOf(run.scope) : this.shapes(run.largest.map(({ field }) => field));
    const adopted = { at: now(), author };
    await refolder.around({ boxes: fields.map(({ polygon }) => boxOf(polygon)), machines: [] }, async () => {
      if (!(await store.adopt(id, adopted))) throw new Refusal('conflict', 'somebody has adopted it already');
    });
    await refolder.settled(2000);
    return { ...run, adopted };
  }

  /**
   * After a start with a newer method: what was computed with the one before stands aside in the store. Writes down what has changed, once
   * everything is folded anew.
   */
  async compareMethods(): Promise<Recomputation | null> {
    const { registry, fold, derived, now, newId } = this.deps;
    const replaced = await derived.replacedCoverage();
    const city = registry.root()?.code;
    if (!replaced || !city) return null;
    // Of another season: there is nothing to compare with.
    if (partOf(replaced.method) !== partOf(fold.storedMethod)) {
      await derived.forgetReplaced();
      return null;
    }
    const before = new Map<ResultKey, CoverageResult>();
    for await (const { field, operation, result } of replaced.coverage()) before.set(resultKey(field, operation), result.byRule ?? result);
    const found = new Differences(unitBelow(registry, city));
    for (const key of new Set([...before.keys(), ...fold.results.keys()])) {
      const [old, again] = [before.get(key) ?? null, byRule(fold.results.get(key))];
      const [field, operation] = key.split('|') as [string, Operation];
      found.add({ field, operation, ...areas(old, again), differs: !isDeepStrictEqual(old, again) });
    }
    const at = now();
    const run: Recomputation = {
      ...{ id: newId(), cause: 'method', scope: { division: city, season: true }, division: city, author: '', at, endedAt: at },
      ...{ failed: null, adopted: null, moving: 0, methods: { before: replaced.method, after: FOLD_METHOD } },
      ...found.report(),
    };
    await this.keep(run);
    await derived.forgetReplaced();
    return run;
  }

  keep = (run: Recomputation): Promise<void> => {
    const { registry, store } = this.deps;
    return store.put({ ...run, chain: [...registry.chain(run.division)], year: registry.season?.year ?? 0 });
  };

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running?.done;
  }

  /** Resolves when what runs has ended. */
  done = (): Promise<void> => this.running?.done ?? Promise.resolve();

  private async work(run: Recomputation): Promise<void> {
    try {
      const found = new Differences(unitBelow(this.deps.registry, run.division));
      const pace = new Pace({ restMs: 25 });
      for (const fields of portionsOf(this.deps.registry, await this.fieldsOf(run.scope))) {
        if (this.stopping) throw new Error('the program was stopped');
        run.moving += await this.compare(fields, { found, pace });
        Object.assign(run, found.report());
      }
    } catch (error) {
      run.failed = error instanceof Error ? error.message : String(error);
    }
    run.endedAt = this.deps.now();
    await this.keep(run).catch((error: unknown) => {
      run.failed ??= String(error);
    });
  }

  /** Returns how many were left out because fixes for them came meanwhile. */
  private async compare(fields: readonly FieldShape[], { found, pace }: { found: Differences; pace: Pace }): Promise<number> {
    const { fold } = this.deps;
    const again = await this.foldAgain(fields, pace);
    await fold.evaluateAll();
    let moving = 0;
    for (const shape of fields) {
      for (const operation of operations) {
        const key = resultKey(shape.id, operation);
        const stands = byRule(fold.results.get(key));
        const runs = again.get(key) ?? [];
        if (!stands && runs.length === 0) continue;
        if (this.moved.has(key)) {
          moving++;
          continue;
        }
        const coverage = fold.emptyCoverage(shape);
        for (const run of runs) for (const swath of swathsOf(run)) coverage.add(swath);
        const result = coverage.swathCount > 0 ? coverage.result() : null;
        const standing = fold.emptyCoverage(shape);
        for (const run of await fold.storedSwathsOf(shape.id, operation)) for (const swath of swathsOf(run)) standing.add(swath);
        const differs = !isDeepStrictEqual(result, stands) || !sameCells(coverage, standing);
        found.add({ field: shape.id, operation, ...areas(stands, result), differs });
        await pace.breathe();
      }
    }
    return moving;
  }

  /** The swaths of these fields, from the first fix of every outbox that came near. */
  private async foldAgain(fields: readonly FieldShape[], pace: Pace): Promise<Map<ResultKey, StoredSwaths[]>> {
    const { fold, log } = this.deps;
    const wanted = new Set(fields.map(({ id }) => id));
    const cells = new Set(fields.flatMap(({ polygon }) => [...cellsOf(boxOf(polygon))]));
    const found = new Map<ResultKey, StoredSwaths[]>();
    const holds = (number: number, lastTime: number | null) => fold.holds(number, lastTime);
    for (const folded of fold.outboxes.values()) {
      if (!folded.ground.touches(cells)) continue;
      const replay = fold.replayOf(folded);
      const bounds = { upTo: folded.lastSeq, holds, pace, stopped: () => this.stopping };
      await replay.run(log.ofOutbox(folded.machine, folded.outbox), bounds);
      for (const stored of replay.swaths.drain().stored()) {
        if (!wanted.has(stored.field)) continue;
        const key = resultKey(stored.field, stored.operation);
        found.set(key, [...(found.get(key) ?? []), stored]);
      }
    }
    return found;
  }

  private async fieldsOf(scope: RecomputeScope): Promise<FieldShape[]> {
    const { registry, fold } = this.deps;
    if ('field' in scope) return this.shapes([scope.field]);
    const within = [...registry.fields.values()].filter(({ town }) => registry.chain(town).includes(scope.division));
    if ('season' in scope) return within.map(({ shape }) => shape);
    const [from, to] = [cutOff(addDays(scope.day, -1)), cutOff(scope.day)];
    const wasWorked = ({ shape }: { shape: FieldShape }) =>
      operations.some(operation => fold.coverageOf(shape.id, operation)?.byHour.some(([hour]) => hour + HOUR_MS > from && hour < to));
    return within.filter(wasWorked).map(({ shape }) => shape);
  }

  private shapes = (ids: readonly string[]): FieldShape[] =>
    [...new Set(ids)].flatMap(id => this.deps.registry.fields.get(id)?.shape ?? []);
}

/** A county at a time: what the swaths of a whole city take does not fit into memory. */
export function portionsOf(registry: Pick<Registry, 'fields'>, fields: readonly FieldShape[]): FieldShape[][] {
  const portions = new Map<string, FieldShape[]>();
  for (const shape of fields) {
    const county = registry.fields.get(shape.id)?.county ?? '';
    const portion = portions.get(county);
    if (portion) portion.push(shape);
    else portions.set(county, [shape]);
  }
  return [...portions.values()];
}

export function unitBelow(registry: Pick<Registry, 'fields' | 'chain' | 'divisions'>, division: string): UnitOf {
  return id => {
    const town = registry.fields.get(id)?.town;
    if (town === undefined) return null;
    const chain = registry.chain(town);
    const code = chain[Math.max(0, chain.indexOf(division) - 1)];
    return { code, name: registry.divisions.get(code)?.name ?? code };
  };
}

/** Which part of the log a method's name says was folded. */
export const partOf = (method: string): string => method.split(' after ')[1] ?? '';

/** Without what a person said of it: that stands beside, and is not computed. */
export const byRule = (result: CoverageResult | undefined): CoverageResult | null => result?.byRule ?? result ?? null;

export const areas = (before: CoverageResult | null, after: CoverageResult | null) => ({
  beforeDm2: before?.coveredDm2 ?? 0,
  afterDm2: after?.coveredDm2 ?? 0,
});

function sameCells(a: FieldCoverage, b: FieldCoverage): boolean {
  if (a.swathCount === 0 || b.swathCount === 0) return a.swathCount === b.swathCount;
  const [one, other] = [a.bitmap().cells, b.bitmap().cells];
  return one.length === other.length && one.every((cell, at) => cell === other[at]);
}
