import { isDeepStrictEqual } from 'node:util';
import type { Recomputation } from '../../shared/recomputation.ts';
import { operations } from '../../shared/season.ts';
import type { CoverageResult } from '../domain/coverage.ts';
import { Differences } from '../domain/differences.ts';
import type { FieldShape } from '../domain/field-index.ts';
import { boxOf } from '../domain/field-shape.ts';
import { cellsOf, GroundCells } from '../domain/ground-cells.ts';
import type { DerivedStore, StoredSwaths } from '../stores/derived.ts';
import type { FixLog } from '../stores/fix-log.ts';
import { FOLD_METHOD, type Fold, type ResultKey, resultKey } from './fold.ts';
import { Pace } from './pace.ts';
import { areas, byRule, partOf, portionsOf, unitBelow } from './recomputer.ts';
import type { Registry } from './registry.ts';
import { swathsOf } from './swath-buffer.ts';

/** What a start of this program would change in the figures that are stored. */
export type MethodPreview = Pick<Recomputation, 'methods' | 'compared' | 'differing' | 'moving' | 'totals' | 'units' | 'largest'>;

export interface PreviewDeps {
  registry: Registry;
  /** Of this program, confined to the season; nothing has to be folded by it. */
  fold: Pick<Fold, 'storedMethod' | 'holds' | 'replayOf' | 'emptyCoverage'>;
  log: Pick<FixLog, 'outboxes' | 'ofOutbox'>;
  derived: Pick<DerivedStore, 'method' | 'allOutboxes' | 'allCoverage' | 'unevaluated'>;
}

/** An outbox, folded until a seq by whoever wrote the checkpoint; where it has been, if that is known. */
interface Known {
  machine: string;
  outbox: string;
  lastSeq: number;
  ground: GroundCells | null;
}

const forever = { pace: new Pace(), stopped: () => false };

/**
 * Folds the log beside what is stored, by this program's method, and compares the results: all of them without what people say. Reads only,
 * so a program may go on meanwhile: fields for which fixes came since its checkpoint, or whose result is behind, are counted as `moving`.
 * Null: nothing of this season is stored yet.
 */
export async function previewMethod(deps: PreviewDeps, step: (what: string) => void = () => undefined): Promise<MethodPreview | null> {
  const { registry, fold, derived } = deps;
  const [method, city] = [await derived.method(), registry.root()?.code];
  if (method === null || !city || partOf(method) !== partOf(fold.storedMethod)) return null;
  // In this order: a checkpoint writes results before outboxes, so none of these results is older than the seqs read before.
  const outboxes = await outboxesOf(deps);
  const stored = new Map<ResultKey, CoverageResult | null>();
  for await (const { field, operation, result } of derived.allCoverage()) stored.set(resultKey(field, operation), byRule(result));
  const moving = new Set<string>(await derived.unevaluated());
  const found = new Differences(unitBelow(registry, city));
  let left = 0;
  const portions = portionsOf(
    registry,
    [...registry.fields.values()].map(({ shape }) => shape),
  );
  for (const [i, fields] of portions.entries()) {
    step(`folding beside: county ${i + 1} of ${portions.length}`);
    const again = await foldBeside(fields, { deps, outboxes, moving });
    for (const shape of fields) {
      for (const operation of operations) {
        const key = resultKey(shape.id, operation);
        const [before, runs] = [stored.get(key) ?? null, again.get(key) ?? []];
        if (moving.has(key)) left++;
        else if (before || runs.length > 0) {
          const coverage = fold.emptyCoverage(shape);
          for (const run of runs) for (const swath of swathsOf(run)) coverage.add(swath);
          const after = coverage.swathCount > 0 ? coverage.result() : null;
          found.add({ field: shape.id, operation, ...areas(before, after), differs: !isDeepStrictEqual(before, after) });
        }
      }
    }
  }
  return { methods: { before: nameOf(method), after: FOLD_METHOD }, moving: left, ...found.report() };
}

const nameOf = (method: string): string => method.split(' after ')[0];

async function outboxesOf({ derived, log }: PreviewDeps): Promise<Known[]> {
  const known = new Map<string, Known>();
  for await (const { machine, outbox, lastSeq, ground } of derived.allOutboxes())
    known.set(`${machine}/${outbox}`, { machine, outbox, lastSeq, ground: new GroundCells(ground) });
  return (await log.outboxes()).map(one => known.get(`${one.machine}/${one.outbox}`) ?? { ...one, lastSeq: 0, ground: null });
}

/** The swaths of some fields up to where each outbox is folded; what comes after that makes its field a moving one. */
async function foldBeside(
  fields: readonly FieldShape[],
  { deps, outboxes, moving }: { deps: PreviewDeps; outboxes: readonly Known[]; moving: Set<string> },
): Promise<Map<string, StoredSwaths[]>> {
  const { fold, log } = deps;
  const wanted = new Set(fields.map(({ id }) => id));
  const cells = new Set(fields.flatMap(({ polygon }) => [...cellsOf(boxOf(polygon))]));
  const bounds = { ...forever, holds: (number: number, lastTime: number | null) => fold.holds(number, lastTime) };
  const found = new Map<string, StoredSwaths[]>();
  for (const { machine, outbox, lastSeq, ground } of outboxes) {
    // What is not folded yet may have gone anywhere.
    const passed = ground === null || ground.touches(cells);
    const replay = fold.replayOf({ machine, outbox });
    if (passed) await replay.run(log.ofOutbox(machine, outbox), { ...bounds, upTo: lastSeq });
    for (const stored of replay.swaths.drain().stored()) {
      if (!wanted.has(stored.field)) continue;
      const key = resultKey(stored.field, stored.operation);
      found.set(key, [...(found.get(key) ?? []), stored]);
    }
    await replay.run(log.ofOutbox(machine, outbox, lastSeq), { ...bounds, upTo: Number.POSITIVE_INFINITY });
    for (const { field, operation } of replay.swaths.drain().stored()) moving.add(resultKey(field, operation));
  }
  return found;
}
