import type { Field, FieldInput, FieldStage, Polygon } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { operations } from '../../shared/season.ts';
import { muOfM2 } from '../../shared/units.ts';
import { boxOf } from '../domain/field-shape.ts';
import { areaM2Of, polygonProblems } from '../domain/polygon-check.ts';
import { harvestUnrecorded } from '../domain/stage.ts';
import { tilesOf } from '../domain/tiles.ts';
import type { RegistryStore } from '../stores/registry.ts';
import type { Finishing } from './finishing.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { ProgressBoard } from './progress.ts';
import type { Refolder } from './refolder.ts';
import type { KnownField, Registry } from './registry.ts';

const PAGE = 500;
/** Whoever changes a field is answered after so long, though its tracks may take longer to be folded again. */
const PATIENCE_MS = 2000;

/** Fields as the pages ask for them, and their changes in mid-season. */
export class Fields {
  /** Changes go one after the other: each ends with the fold resting on the new shape. */
  private lane: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly deps: {
      registry: Registry;
      store: RegistryStore;
      fold: Fold;
      refolder: Refolder;
      board: ProgressBoard;
      finishing: Pick<Finishing, 'saidOf'>;
      changed: (id: string) => void;
      reshaped: (tiles: readonly string[]) => void;
    },
  ) {}

  find(id: string): KnownField {
    const field = this.deps.registry.fields.get(id);
    const into = this.deps.registry.retired.get(id)?.into;
    if (into) throw new Refusal('notFound', `retired: field ${id} became ${into.join(' and ')}`);
    if (!field) throw new Refusal('notFound', `there is no field ${id}`);
    return field;
  }

  plainOf = (id: string): Field => this.plain(this.find(id));

  detail(id: string): RouteOutput<'field'> {
    const { registry, fold, board, finishing } = this.deps;
    const field = this.find(id);
    const [harvest, sow] = operations.map(operation => fold.coverageOf(id, operation));
    const results = { harvest, sow };
    return {
      ...this.plain(field),
      stage: board.stageOfField(id),
      harvestUnrecorded: harvestUnrecorded({ areaDm2: field.areaDm2, harvest, sow, reportedHarvested: field.reportedHarvested !== null }),
      townName: registry.divisions.get(field.town)?.name ?? field.town,
      countyName: registry.divisions.get(field.county)?.name ?? field.county,
      operations: operations.flatMap(operation => {
        const result = results[operation];
        if (!result) return [];
        const machines = result.byMachine.map(([machine, dm2]) => ({ machine, coveredMu: muOfDm2(dm2) }));
        return [
          {
            operation,
            coveredMu: muOfDm2(result.coveredDm2),
            finishedAt: result.finishedAt,
            firstAt: result.firstAt,
            lastAt: result.lastAt,
            machines,
            said: finishing.saidOf(id, operation),
            byRule: result.byRule ? { coveredMu: muOfDm2(result.byRule.coveredDm2), finishedAt: result.byRule.finishedAt } : null,
          },
        ];
      }),
    };
  }

  list(division: string, stage: FieldStage | undefined, from: number): RouteOutput<'fields'> {
    const { registry, fold, board } = this.deps;
    const found: KnownField[] = [];
    for (const field of registry.fields.values()) {
      if (registry.chain(field.town).includes(division) && (stage === undefined || board.stageOfField(field.shape.id) === stage))
        found.push(field);
    }
    const covered = (id: string, operation: 'harvest' | 'sow') => muOfDm2(fold.coverageOf(id, operation)?.coveredDm2 ?? 0);
    return {
      total: found.length,
      fields: found.slice(from, from + PAGE).map(field => ({
        id: field.shape.id,
        town: field.town,
        village: field.village,
        areaMu: muOfDm2(field.areaDm2),
        ripeDate: field.ripeDate,
        stage: board.stageOfField(field.shape.id),
        harvestedMu: covered(field.shape.id, 'harvest'),
        sownMu: covered(field.shape.id, 'sow'),
        centre: registry.centre(field),
      })),
    };
  }

  tile(x: number, y: number, mayRead: (town: string) => boolean): RouteOutput<'fieldTile'> {
    const fields = this.deps.registry.fieldsOfTile(`${x}/${y}`).filter(field => mayRead(field.town));
    return {
      version: this.deps.registry.shapeVersion,
      fields: fields.map(field => ({ id: field.shape.id, areaMu: muOfDm2(field.areaDm2), rings: field.shape.polygon.coordinates })),
    };
  }

  /** What was driven there before counts at once, from the raw fixes. */
  create(input: FieldInput): Promise<Field> {
    return this.inTurn(async () => {
      const { registry, store, refolder } = this.deps;
      const town = registry.divisions.get(input.town);
      if (registry.retired.has(input.id)) throw new Refusal('conflict', `there was a field ${input.id}: take another id`);
      if (!town?.parent) throw new Refusal('invalid', `town: there is no town ${input.town}`);
      const field: Field = {
        ...input,
        county: town.parent,
        areaMu: this.checkedAreaMu(input.polygon),
        version: 1,
        reportedHarvested: null,
      };
      await refolder.around({ boxes: [boxOf(field.polygon)], machines: [] }, async () => {
        if (!(await store.addField(field))) throw new Refusal('conflict', `there is a field ${input.id} already`);
        this.deps.board.enter(field.id, registry.put(field));
      });
      await refolder.settled(PATIENCE_MS);
      this.deps.reshaped(tilesOf(field.polygon));
      return field;
    });
  }

  /**
   * Gives a field another boundary. What its swaths cover is painted again within the new one; then everything that passed there is folded
   * again, as if the boundary had always been this one.
   */
  reshape(id: string, polygon: Polygon, version: number): Promise<Field> {
    return this.inTurn(async () => {
      const { registry, store, fold, board, refolder, changed, reshaped } = this.deps;
      const before = this.find(id);
      const areaMu = this.checkedAreaMu(polygon);
      if (before.version !== version)
        throw new Refusal('conflict', `field ${id} was changed meanwhile (version ${before.version}): load it again`);
      const field: Field = { ...this.plain(before), polygon, areaMu, version: version + 1 };
      await refolder.around({ boxes: [boxOf(before.shape.polygon), boxOf(polygon)], machines: [] }, async () => {
        if (!(await store.replaceField(field, version))) throw new Refusal('conflict', `field ${id} was changed meanwhile: load it again`);
        board.leave(id, before, fold.coverageOf(id, 'harvest'), fold.coverageOf(id, 'sow'));
        const known = registry.put(field);
        board.enter(id, known, fold.coverageOf(id, 'harvest'), fold.coverageOf(id, 'sow'));
        await fold.reshape(known.shape);
      });
      await refolder.settled(PATIENCE_MS);
      changed(id);
      reshaped([...tilesOf(before.shape.polygon), ...tilesOf(polygon)]);
      return field;
    });
  }

  /** What changes lists waits for what changes them already. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private checkedAreaMu(polygon: Polygon): number {
    const problems = polygonProblems(polygon);
    if (problems.length > 0) throw new Refusal('invalid', `polygon: ${problems.join('; ')}`);
    return muOfM2(areaM2Of(polygon));
  }

  private plain(field: KnownField): Field {
    const { shape, town, county, village, crop, ripeDate, areaDm2, version, reportedHarvested } = field;
    return {
      id: shape.id,
      polygon: shape.polygon,
      town,
      county,
      village,
      crop,
      ripeDate,
      areaMu: muOfDm2(areaDm2),
      version,
      reportedHarvested,
    };
  }
}
