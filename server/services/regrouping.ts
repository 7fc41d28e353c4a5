import type { Field, LngLat, Polygon } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { muOfM2 } from '../../shared/units.ts';
import { joinedGround } from '../domain/candidates/joined-ground.ts';
import { boxOf } from '../domain/field-shape.ts';
import { areaM2Of, polygonProblems } from '../domain/polygon-check.ts';
import { type SplitProblem, splitGround } from '../domain/split-ground.ts';
import { tilesOf } from '../domain/tiles.ts';
import type { RegistryStore } from '../stores/registry.ts';
import type { FieldTies } from './field-ties.ts';
import type { Fields } from './fields.ts';
import type { Fold } from './fold.ts';
import type { ProgressBoard } from './progress.ts';
import type { Refolder } from './refolder.ts';
import type { Registry } from './registry.ts';

/** Whoever asks is answered after so long, though tracks may take longer to be folded again. */
const PATIENCE_MS = 2000;
/** Half of what may lie between two fields that become one: a ridge, a furrow. */
const MOST_REACH_M = 1.2;
const LONGEST_ID = 40;

export interface Named {
  id: string;
  version: number;
}
/** Fields that are no more, and what became of them. */
export interface Regrouped {
  old: Field[];
  made: Field[];
}
interface Act {
  /** False: only says what would be. */
  apply: boolean;
  by: string;
}

const whyNot: Record<SplitProblem, string> = {
  missed: 'missed: the line does not cross the field',
  unfinished: 'unfinished: the line must begin and end outside of the field',
  several: 'several: the line cuts the field into more than two; draw one that goes through it once',
  sliver: 'sliver: one of the two would be less than 0.1 mu',
  tangled: 'tangled: the line crosses itself or runs along the boundary',
};

/**
 * Fields that are cut in two or become one. The old ones are retired for good, the new ones take over what the lists said of them, and what
 * was driven there is folded again from the raw fixes.
 */
export class Regrouping {
  constructor(
    private readonly deps: {
      fields: Pick<Fields, 'inTurn' | 'find' | 'plainOf'>;
      registry: Registry;
      store: RegistryStore;
      fold: Fold;
      refolder: Refolder;
      board: ProgressBoard;
      ties: FieldTies;
      reshaped: (tiles: readonly string[]) => void;
      /** Brings the program up again on what is stored; null in a test. */
      reopen: (() => void) | null;
      now: () => number;
    },
  ) {}

  split(named: Named, line: readonly LngLat[], act: Act): Promise<Regrouped> {
    return this.deps.fields.inTurn(() => {
      const field = this.current(named);
      const pieces = splitGround(field.polygon, line);
      if (typeof pieces === 'string') throw new Refusal('invalid', `line: ${whyNot[pieces]}`);
      const ids = this.newIds(field.id, 2);
      return this.make(
        [field],
        pieces.map((polygon, i) => ({ ...field, id: ids[i], ...shapeOf(polygon) })),
        act,
      );
    });
  }

  /** What the lists say of the larger holds for both. */
  merge(named: readonly [Named, Named], act: Act): Promise<Regrouped> {
    return this.deps.fields.inTurn(() => {
      const [one, other] = named.map(each => this.current(each));
      if (one.id === other.id) throw new Refusal('invalid', 'fields: name two different ones');
      if (one.town !== other.town) throw new Refusal('conflict', 'town: they belong to different towns');
      if (one.crop !== other.crop) throw new Refusal('conflict', `crop: ${one.crop} stands on one, ${other.crop} on the other`);
      if ((one.reportedHarvested === null) !== (other.reportedHarvested === null))
        throw new Refusal('conflict', 'reported: of one alone somebody reported that it is harvested');
      const polygon = joinedGround([one.polygon, other.polygon], MOST_REACH_M);
      if (polygon === null) throw new Refusal('conflict', 'apart: they do not touch each other');
      const problems = polygonProblems(polygon);
      if (problems.length > 0) throw new Refusal('conflict', `polygon: ${problems.join('; ')}`);
      const larger = one.areaMu >= other.areaMu ? one : other;
      const reports = [one.reportedHarvested, other.reportedHarvested].flatMap(report => report ?? []);
      const reportedHarvested = reports.sort((a, b) => b.at - a.at)[0] ?? null;
      const [id] = this.newIds(larger.id, 1);
      return this.make([one, other], [{ ...larger, id, reportedHarvested, ...shapeOf(polygon) }], act);
    });
  }

  private async make(old: Field[], made: Field[], { apply, by }: Act): Promise<Regrouped> {
    if (!apply) {
      this.deps.ties.need(old.map(({ id }) => id));
      return { old, made };
    }
    await this.deps.ties.whileFree(
      old.map(({ id }) => id),
      () => this.replace(old, made, by),
    );
    await this.deps.refolder.settled(PATIENCE_MS);
    this.deps.reshaped([...new Set([...old, ...made].flatMap(({ polygon }) => tilesOf(polygon)))]);
    return { old, made };
  }

  private async replace(old: readonly Field[], made: readonly Field[], by: string): Promise<void> {
    const { registry, store, fold, board, refolder, reopen, now } = this.deps;
    const boxes = [...old, ...made].map(({ polygon }) => boxOf(polygon));
    await refolder.around({ boxes, machines: [] }, async () => {
      const retired = { at: now(), by, into: made.map(({ id }) => id) };
      const isMade = await store.regroup(old, { retired, made }).catch((error: unknown) => {
        // It may have been made or not: what is stored is read again.
        reopen?.();
        throw error;
      });
      if (!isMade) throw changedMeanwhile(old[0].id);
      for (const { id } of old) {
        board.leave(id, registry.fields.get(id)!, fold.coverageOf(id, 'harvest'), fold.coverageOf(id, 'sow'));
        registry.retire(id, retired);
        fold.retire(id);
      }
      for (const field of made) board.enter(field.id, registry.put(field));
    });
  }

  private current({ id, version }: Named): Field {
    const retired = this.deps.registry.retired.get(id);
    if (retired) throw new Refusal('conflict', `field ${id} became ${retired.into.join(' and ')} meanwhile: look at the map again`);
    const field = this.deps.fields.plainOf(id);
    if (field.version !== version) throw changedMeanwhile(id);
    return field;
  }

  /** After the field they come from, and never one that was there before. */
  private newIds(base: string, count: number): string[] {
    const { fields, retired } = this.deps.registry;
    const found: string[] = [];
    for (let n = 1; found.length < count; n++) {
      const id = `${base.slice(0, LONGEST_ID - 1 - `${n}`.length)}-${n}`;
      if (!fields.has(id) && !retired.has(id)) found.push(id);
    }
    return found;
  }
}

const shapeOf = (polygon: Polygon) => ({ polygon, areaMu: muOfM2(areaM2Of(polygon)), version: 1 });

const changedMeanwhile = (id: string): Refusal => new Refusal('conflict', `field ${id} was changed meanwhile: load it again`);
