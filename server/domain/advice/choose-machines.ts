import type { MovesProblem } from '../../../shared/moves.ts';
import type { LngLat } from '../../../shared/registry.ts';
import { type Place, roadHours, roadKm } from '../moves/travel.ts';
import type { MachineKind } from './moves-problem.ts';

/** A machine that may be sent: on duty, not in repair, holding no order, its place known. */
export interface Candidate {
  machine: string;
  kind: MachineKind;
  unit: string;
  lngLat: LngLat;
  /** Hours until the field in which it works is done. */
  freeInH: number;
}

export interface Wanted {
  from: string;
  to: string;
  kind: string;
  machines: number;
}

export interface Chosen<Of extends Candidate> {
  candidate: Of;
  from: string;
  to: string;
  km: number;
  /** On the road, and until it is free before that. */
  hours: number;
}

/** Which machines go: of all that may, whoever is there soonest, then whoever drives least. A unit that has fewer sends those it has. */
export function chooseMachines<Of extends Candidate>(
  wanted: readonly Wanted[],
  candidates: readonly Of[],
  { placeOf, travel }: { placeOf: (unit: string) => Place; travel: MovesProblem['travel'] },
): Chosen<Of>[] {
  const ways = wanted.flatMap((move, at) =>
    candidates
      .filter(one => one.unit === move.from && (move.kind === 'combine' ? one.kind !== 'seeder' : one.kind === move.kind))
      .map(candidate => {
        const [lng, lat] = candidate.lngLat;
        const km = roadKm({ lng, lat }, placeOf(move.to), travel.detour);
        return { at, candidate, from: move.from, to: move.to, km, hours: roadHours(km, travel) };
      }),
  );
  ways.sort(
    (one, other) =>
      one.candidate.freeInH + one.hours - (other.candidate.freeInH + other.hours) ||
      one.km - other.km ||
      (one.candidate.machine < other.candidate.machine ? -1 : 1),
  );
  const taken = new Set<string>();
  const left = wanted.map(({ machines }) => machines);
  return ways.flatMap(({ at, ...way }) => {
    if (left[at] === 0 || taken.has(way.candidate.machine)) return [];
    left[at]--;
    taken.add(way.candidate.machine);
    return [way];
  });
}
