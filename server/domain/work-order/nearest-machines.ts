import type { MovesProblem } from '../../../shared/moves.ts';
import type { Implement, LngLat, Machine } from '../../../shared/registry.ts';
import type { Operation } from '../../../shared/season.ts';
import type { ExcludedCause, NearestMachine } from '../../../shared/work-order.ts';
import { roadHours, roadKm } from '../moves/travel.ts';

/** What is known of one machine when somebody asks which one is there first. */
export interface Candidate {
  machine: Pick<Machine, 'id' | 'plate' | 'operatorName' | 'division' | 'drive'>;
  implement: Implement | null;
  /** Null: it was never seen. */
  place: { lngLat: LngLat; fixTime: number } | null;
  /** When it will be free, and where; null: it is free where it is. */
  busy: { kind: 'inField' | 'onOrder'; freeInH: number; lngLat: LngLat } | null;
  isInRepair: boolean;
  isOffDuty: boolean;
  hasDeclined: boolean;
  version: number;
}

export interface Wanted {
  lngLat: LngLat;
  operation: Operation;
  by: 'soonest' | 'nearest';
  trackedOnly: boolean;
  leastWidthM: number | null;
  mostWidthM: number | null;
  now: number;
  /** A place that is older says nothing. */
  staleMs: number;
  travel: MovesProblem['travel'];
}

export interface Excluded {
  machine: string;
  plate: string;
  cause: ExcludedCause;
  km: number | null;
}

const MOST_MACHINES = 50;
const MOST_EXCLUDED = 100;

/** Which machine is there first, or nearest, with the reason for every one that is out of the question. */
export function nearestMachines(candidates: readonly Candidate[], wanted: Wanted) {
  const machines: NearestMachine[] = [];
  const excluded: Excluded[] = [];
  const excludedCounts: Partial<Record<ExcludedCause, number>> = {};
  for (const candidate of candidates) {
    const cause = causeAgainst(candidate, wanted);
    if (cause === null) {
      machines.push(asRanked(candidate, wanted));
      continue;
    }
    excludedCounts[cause] = (excludedCounts[cause] ?? 0) + 1;
    const { id, plate } = candidate.machine;
    excluded.push({ machine: id, plate, cause, km: candidate.place && inTenths(kmFrom(candidate.place.lngLat, wanted)) });
  }
  const first = wanted.by === 'soonest' ? bySoonest : byNearest;
  return {
    machines: machines.sort(first).slice(0, MOST_MACHINES),
    // Another operation is no matter of this machine's day: those come last.
    excluded: excluded.sort((a, b) => weight(a) - weight(b) || kmOf(a) - kmOf(b)).slice(0, MOST_EXCLUDED),
    excludedCounts,
  };
}

/** The first reason that rules a machine out, the lasting ones before those of the day; null: it can come. */
function causeAgainst(candidate: Candidate, wanted: Wanted): ExcludedCause | null {
  const { machine, implement, place } = candidate;
  if (implement?.operation !== wanted.operation) return 'otherOperation';
  if (wanted.trackedOnly && machine.drive !== 'tracked') return 'wheeled';
  const widthM = implement.workingWidthM;
  if (widthM < (wanted.leastWidthM ?? 0) || widthM > (wanted.mostWidthM ?? Number.POSITIVE_INFINITY)) return 'width';
  if (candidate.isInRepair) return 'inRepair';
  if (candidate.hasDeclined) return 'declined';
  if (candidate.isOffDuty) return 'offDuty';
  if (place === null) return 'neverSeen';
  return place.fixTime < wanted.now - wanted.staleMs ? 'stale' : null;
}

function asRanked({ machine, implement, place, busy, version }: Candidate, wanted: Wanted): NearestMachine {
  const km = kmFrom(busy?.lngLat ?? place!.lngLat, wanted);
  const travelH = roadHours(km, wanted.travel);
  const freeInH = busy?.freeInH ?? 0;
  return {
    machine: machine.id,
    plate: machine.plate,
    operatorName: machine.operatorName,
    division: machine.division,
    lngLat: [place!.lngLat[0], place!.lngLat[1]],
    fixTime: place!.fixTime,
    km: inTenths(km),
    travelH: inHundredths(travelH),
    freeInH: inHundredths(freeInH),
    soonestH: inHundredths(freeInH + travelH),
    workingWidthM: implement!.workingWidthM,
    drive: machine.drive,
    machineVersion: version,
    busy: busy?.kind ?? 'free',
  };
}

const kmFrom = ([lng, lat]: LngLat, wanted: Wanted): number =>
  roadKm({ lng, lat }, { lng: wanted.lngLat[0], lat: wanted.lngLat[1] }, wanted.travel.detour);

const inTenths = (value: number): number => Math.round(value * 10) / 10;
const inHundredths = (value: number): number => Math.round(value * 100) / 100;
const weight = ({ cause }: Excluded): number => (cause === 'otherOperation' ? 1 : 0);
const kmOf = ({ km }: Excluded): number => km ?? Number.POSITIVE_INFINITY;
const byName = (a: NearestMachine, b: NearestMachine): number => (a.machine < b.machine ? -1 : 1);
const bySoonest = (a: NearestMachine, b: NearestMachine): number => a.soonestH - b.soonestH || a.km - b.km || byName(a, b);
const byNearest = (a: NearestMachine, b: NearestMachine): number => a.km - b.km || a.soonestH - b.soonestH || byName(a, b);
