import type { LngLat } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import type { WorkOrder } from '../../shared/work-order.ts';
import { roadHours, roadKm, usualTravel } from '../domain/moves/travel.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Machines } from './machines.ts';
import { placesOf } from './places.ts';
import type { KnownField, Registry } from './registry.ts';
import { Villages } from './villages.ts';

/** A place older than this says nothing of where a machine is. */
export const STALE_MS = 30 * 60_000;

/** What lists, tracks and coverage say of the ground that a request or an order is about. */
export class OrderGround {
  readonly villages: Villages;

  constructor(private readonly deps: { registry: Registry; fold: Fold; fleet: LiveFleet; machines: Machines; now: () => number }) {
    this.villages = new Villages(deps.registry);
  }

  fieldsOf = (ids: readonly string[]): KnownField[] =>
    ids.flatMap(id => {
      const field = this.deps.registry.fields.get(id);
      return field ? [field] : [];
    });

  /** What is not covered yet in these fields; a finished one is covered whole. Null: no field is named. */
  uncoveredMu(ids: readonly string[], operation: Operation): number | null {
    if (ids.length === 0) return null;
    let dm2 = 0;
    for (const field of this.fieldsOf(ids)) {
      const covered = this.deps.fold.coverageOf(field.shape.id, operation);
      const isDone = (covered?.finishedAt ?? null) !== null || (operation === 'harvest' && field.reportedHarvested !== null);
      if (!isDone) dm2 += Math.max(0, field.areaDm2 - (covered?.coveredDm2 ?? 0));
    }
    return muOfDm2(dm2);
  }

  /** When the last of these fields was finished; null: some are not, or none is named. */
  finishedAt(ids: readonly string[], operation: Operation): number | null {
    const ends = ids.map(id => this.deps.fold.coverageOf(id, operation)?.finishedAt ?? null);
    return ends.length === 0 || ends.includes(null) ? null : Math.max(...(ends as number[]));
  }

  /** What the machine itself covered on the ground of an order: in its fields, else in the fields of its unit. */
  coveredMu({ machine, fields, operation, division }: Pick<WorkOrder, 'machine' | 'fields' | 'operation' | 'division'>): number {
    const { fold, registry, machines } = this.deps;
    if (fields.length === 0) {
      const isThere = (id: string) => registry.chain(registry.fields.get(id)?.town ?? '').includes(division);
      const worked = machines.detail(machine).fields.filter(field => field.operation === operation && isThere(field.id));
      return worked.reduce((sum, field) => sum + field.coveredMu, 0);
    }
    const dm2Of = (id: string) => fold.coverageOf(id, operation)?.byMachine.find(([one]) => one === machine)?.[1] ?? 0;
    return muOfDm2(fields.reduce((sum, id) => sum + dm2Of(id), 0));
  }

  /** The middle of a unit: of its outline, else of its fields. */
  middleOf(division: string): LngLat | null {
    const { registry } = this.deps;
    const outline = registry.outlines.find(one => one.division === division);
    if (outline) return middle(outline.polygon.coordinates[0] as LngLat[]);
    const hull = placesOf(registry).divisions.find(one => one.code === division)?.hull ?? null;
    if (hull) return middle(hull);
    const fields = [...registry.fields.values()].filter(field => registry.chain(field.town).includes(division));
    return fields.length === 0 ? null : middle(fields.map(registry.centre));
  }

  middleOfFields = (fields: readonly KnownField[]): LngLat => middle(fields.map(this.deps.registry.centre));

  /** Road km and hours from where the machine is; null when nobody knows where that is. */
  travelTo(machine: string, [lng, lat]: LngLat): { km: number; travelH: number } | null {
    const live = this.deps.fleet.machines.get(machine);
    if (!live || live.fixTime < this.deps.now() - STALE_MS) return null;
    const km = roadKm({ lng: live.lngLat[0], lat: live.lngLat[1] }, { lng, lat }, usualTravel.detour);
    return { km, travelH: roadHours(km, usualTravel) };
  }
}

function middle(points: readonly LngLat[]): LngLat {
  const lngs = points.map(([lng]) => lng);
  const lats = points.map(([, lat]) => lat);
  const mid = (all: readonly number[]) => (Math.min(...all) + Math.max(...all)) / 2;
  return [mid(lngs), mid(lats)];
}
