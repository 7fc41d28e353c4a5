import type { LngLat, Machine } from '../../../shared/registry.ts';
import type { Operation } from '../../../shared/season.ts';
import type { WorkOrder } from '../../../shared/work-order.ts';
import type { Candidate } from '../../domain/advice/choose-machines.ts';
import type { Duties } from '../duties.ts';
import type { Fold } from '../fold.ts';
import { muOfDm2 } from '../hourly-area.ts';
import type { LiveFleet, LiveMachine } from '../live-fleet.ts';
import type { Registry } from '../registry.ts';
import type { Orders } from './ports.ts';

/** Where a machine was longer ago than this, it may not be any more. */
export const STALE_MS = 30 * 60_000;
/** At 4.2 km/h a metre of working width covers 6.3 mu an hour; turning and unloading leave 80 % of that (13 mu at 2.5 m, as measured). */
const MU_PER_H_AND_M = 5.04;

/** A machine whose place is known, on duty and not in repair. */
export interface PresentMachine extends Candidate {
  known: Machine;
  workingWidthM: number;
  /** At work in a field. */
  muPerH: number;
  version: number;
  /** In the sequence of its work. */
  orders: readonly WorkOrder[];
}

export interface Roster {
  present: PresentMachine[];
  /** On duty, and nobody knows where they are. */
  stale: string[];
}

export interface RosterParts {
  registry: Registry;
  fleet: LiveFleet;
  duties: Duties;
  fold: Fold;
  orders: Orders;
}

/** The machines of an operation, by where they are now. One that goes elsewhere by order counts for where it goes. */
export function rosterOf(parts: RosterParts, operation: Operation, now: number): Roster {
  const roster: Roster = { present: [], stale: [] };
  const drawn = new Set(parts.registry.outlines.map(({ division }) => division));
  for (const known of parts.registry.machines.values()) {
    const implement = known.implements.findLast(({ from }) => from <= now);
    const live = parts.fleet.machines.get(known.id);
    if (implement?.operation !== operation || !live || parts.fleet.isInRepair(known.id) || parts.duties.of(known.id)?.on === false)
      continue;
    if (live.fixTime < now - STALE_MS) {
      roster.stale.push(known.id);
      continue;
    }
    const orders = parts.orders.liveOf(known.id);
    const goesTo = orders.find(({ kind }) => kind === 'move')?.division ?? null;
    const unit = countyOf(parts.registry, goesTo ?? whereabouts(parts.registry, { known, live, drawn }));
    if (unit === null) continue;
    roster.present.push({
      machine: known.id,
      kind: operation === 'sow' ? 'seeder' : known.drive,
      unit,
      lngLat: [live.lngLat[0], live.lngLat[1]] as LngLat,
      freeInH: restOfFieldMu(parts, live, operation) / (MU_PER_H_AND_M * implement.workingWidthM),
      known,
      workingWidthM: implement.workingWidthM,
      muPerH: MU_PER_H_AND_M * implement.workingWidthM,
      version: parts.orders.versionOf(known.id),
      orders,
    });
  }
  return roster;
}

/** Where it is by outlines; a unit that has none holds the machines that belong to it. Null: outside the city. */
function whereabouts(
  registry: Registry,
  { known, live, drawn }: { known: Machine; live: LiveMachine; drawn: ReadonlySet<string> },
): string | null {
  const home = countyOf(registry, known.division);
  if (home !== null && !drawn.has(home)) return home;
  return registry.countyAt(live.lngLat[0], live.lngLat[1], live.county);
}

/** The reporting unit below the city that a unit is, or lies in; null: it is the city itself, or unknown. */
export const countyOf = (registry: Registry, code: string | null): string | null =>
  code === null ? null : (registry.chain(code).find(one => registry.divisions.get(one)?.level === 'county') ?? null);

/** What is left of the field it works in. */
function restOfFieldMu({ registry, fold }: RosterParts, live: LiveMachine, operation: Operation): number {
  const field = live.fieldId === null ? undefined : registry.fields.get(live.fieldId);
  if (!field || (live.state !== 'working' && live.state !== 'turning')) return 0;
  const coveredDm2 = fold.coverageOf(live.fieldId!, operation)?.coveredDm2 ?? 0;
  return muOfDm2(Math.max(0, field.areaDm2 - coveredDm2));
}
