import type { Implement, LngLat, Machine } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import { roadHours, roadKm, usualTravel } from '../domain/moves/travel.ts';
import { type Candidate, nearestMachines } from '../domain/work-order/nearest-machines.ts';
import { isLive } from '../domain/work-order/request-state.ts';
import { hoursUntilDone } from '../domain/work-order/working-time.ts';
import type { StoredRequest } from '../stores/requests.ts';
import type { Duties } from './duties.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { LiveFleet, LiveMachine } from './live-fleet.ts';
import { type OrderGround, STALE_MS } from './order-ground.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { Registry } from './registry.ts';

/** Of what width times 4.2 km/h, the speed at which wheat is cut here, would cover: turning and unloading take the rest. */
const FIELD_EFFICIENCY = 0.8;
const WORK_KMH = 4.2;
const MU_PER_KMH_AND_M = 1.5;

/** What a machine of this width usually does in an hour. */
export const muPerHOf = (workingWidthM: number): number => MU_PER_KMH_AND_M * WORK_KMH * FIELD_EFFICIENCY * workingWidthM;

export interface NearestQuery {
  lngLat: LngLat;
  operation: Operation;
  by: 'soonest' | 'nearest';
  request: StoredRequest | null;
  mayUse: (machine: Machine) => boolean;
}

/** Machines for a place, as they stand now. */
export class Nearest {
  constructor(
    private readonly deps: {
      registry: Registry;
      fleet: LiveFleet;
      fold: Fold;
      duties: Duties;
      ledger: OrderLedger;
      ground: OrderGround;
      now: () => number;
    },
  ) {}

  find({ lngLat, operation, by, request, mayUse }: NearestQuery) {
    const now = this.deps.now();
    const declined = new Set(
      (request ? this.deps.ledger.ordersOf(request.id) : []).flatMap(order => (order.state === 'declined' ? [order.machine] : [])),
    );
    const has = new Set(
      (request ? this.deps.ledger.ordersOf(request.id) : []).filter(order => isLive(order.state)).map(order => order.machine),
    );
    const together = this.countByField();
    const candidates: Candidate[] = [];
    // Who has some of this work is named with its order.
    for (const machine of this.deps.registry.machines.values())
      if (mayUse(machine) && !has.has(machine.id)) candidates.push(this.candidate(machine, { now, together, declined }));
    const { trackedOnly, leastWidthM, mostWidthM } = request ?? { trackedOnly: false, leastWidthM: null, mostWidthM: null };
    const wanted = { lngLat, operation, by, trackedOnly, leastWidthM, mostWidthM, now, staleMs: STALE_MS, travel: usualTravel };
    return { asOf: now, ...nearestMachines(candidates, wanted) };
  }

  private candidate(
    machine: Machine,
    { now, together, declined }: { now: number; together: ReadonlyMap<string, number>; declined: ReadonlySet<string> },
  ): Candidate {
    const { fleet, duties, ledger } = this.deps;
    const live = fleet.machines.get(machine.id);
    const implement = implementAt(machine, now);
    return {
      machine,
      implement,
      place: live ? { lngLat: live.lngLat, fixTime: live.fixTime } : null,
      busy: live && implement ? this.busy(live, implement, { now, together }) : null,
      isInRepair: fleet.isInRepair(machine.id),
      isOffDuty: duties.of(machine.id)?.on === false,
      hasDeclined: declined.has(machine.id),
      version: ledger.versionOf(machine.id),
    };
  }

  /** First what it works at, then what it has to do after that, one after the other. */
  private busy(
    live: LiveMachine,
    implement: Implement,
    { now, together }: { now: number; together: ReadonlyMap<string, number> },
  ): Candidate['busy'] {
    const { ledger, ground, fold, registry } = this.deps;
    const muPerH = muPerHOf(implement.workingWidthM);
    const orders = ledger.liveOf(live.id);
    let [workH, driveH] = [0, 0];
    let at = live.lngLat;
    const field = isAtWork(live) && live.fieldId !== null ? registry.fields.get(live.fieldId) : undefined;
    const isOrdered = field && orders.some(order => order.fields.includes(field.shape.id));
    if (field && implement.operation && !isOrdered) {
      const restDm2 = Math.max(0, field.areaDm2 - (fold.coverageOf(field.shape.id, implement.operation)?.coveredDm2 ?? 0));
      workH += muOfDm2(restDm2) / muPerH / (together.get(field.shape.id) ?? 1);
    }
    for (const order of orders) {
      driveH += roadHours(kmBetween(at, order.lngLat), usualTravel);
      const coveredMu = order.state === 'working' ? ground.coveredMu(order) - order.baseMu : 0;
      workH += Math.max(0, order.areaMu - coveredMu) / muPerH;
      at = order.lngLat;
    }
    if (!field && orders.length === 0) return null;
    const hours = registry.season?.workableHours[implement.operation ?? 'harvest'] ?? { from: 0, to: 24 };
    return {
      kind: orders.length > 0 ? 'onOrder' : 'inField',
      freeInH: hoursUntilDone(now, workH, hours) + driveH,
      lngLat: [at[0], at[1]],
    };
  }

  private countByField(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const live of this.deps.fleet.machines.values())
      if (live.fieldId !== null && isAtWork(live)) counts.set(live.fieldId, (counts.get(live.fieldId) ?? 0) + 1);
    return counts;
  }
}

const isAtWork = ({ state }: LiveMachine): boolean => state === 'working' || state === 'turning';
const kmBetween = (a: LngLat, b: LngLat): number => roadKm({ lng: a[0], lat: a[1] }, { lng: b[0], lat: b[1] }, usualTravel.detour);

/** What it carries now; null: nothing that covers ground. */
export function implementAt({ implements: list }: Machine, at: number): Implement | null {
  const carried = list
    .filter(implement => implement.from <= at)
    .reduce<Implement | null>((last, one) => (last && last.from > one.from ? last : one), null);
  return carried?.operation ? carried : null;
}
