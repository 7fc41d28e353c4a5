import type { Position } from '../../shared/account.ts';
import { type PersonRole, placeNeeded } from '../../shared/person-role.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Registry } from './registry.ts';

/** The position with the one place that its role needs, which exists, and without the others. */
export function checkedPosition(registry: Registry, { role, ...place }: Position): Position {
  const needed = placeNeeded[role];
  if (needed === null) return { role, division: null, station: null, machine: null };
  const value = place[needed];
  if (value === null) throw new Refusal('invalid', `${needed}: a ${role} needs one`);
  if (!exists(registry, needed, value)) throw new Refusal('invalid', `${needed}: there is no ${needed} ${value}`);
  return { role, division: null, station: null, machine: null, [needed]: value };
}

function exists(registry: Registry, kind: NonNullable<(typeof placeNeeded)[PersonRole]>, value: string): boolean {
  if (kind === 'division') return registry.divisions.has(value);
  if (kind === 'machine') return registry.machines.has(value);
  return registry.stations.some(station => station.id === value);
}

/** What its codes are called. */
export function placeNames(registry: Registry, { division, station, machine }: Omit<Position, 'role'>) {
  return {
    divisionName: division === null ? null : (registry.divisions.get(division)?.name ?? division),
    stationName: station === null ? null : (registry.stations.find(one => one.id === station)?.name ?? station),
    plate: machine === null ? null : (registry.machines.get(machine)?.plate ?? machine),
  };
}
