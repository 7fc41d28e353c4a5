import { ripeMu, roadKm } from './country.ts';
import type { MachineMove, Season } from './season.ts';

const FARTHEST_KM = 50;
const MU_PER_DAY = 35;

/**
 * Where nobody directs them, operators who find less than half a day's work ask around: a third of them goes where the most ripe crop waits for
 * each machine, as far as they have heard
 * of it; a unit takes in few a day.
 */
export function wander(season: Season): MachineMove[] {
  const crews = season.units.map((_, unit) => season.machines.filter(machine => machine.unit === unit && season.isPresent(machine)));
  const openMu = season.units.map((unit, at) => Math.max(0, ripeMu(unit, season.day + 0.5) - season.cutMu(at)));
  const sizes = crews.map(crew => crew.length);
  const room = sizes.map(size => 1 + Math.floor(0.3 * size));
  const waiting = (unit: number) => openMu[unit] / (sizes[unit] + 1);
  return crews.flatMap((crew, unit) => {
    const idle = crew.filter(machine => machine.repairHours <= 0 && openMu[unit] / crew.length < MU_PER_DAY / 2);
    return idle
      .filter((_, at) => at % 3 === 0)
      .flatMap(machine => {
        const near = [...season.units.keys()].filter(
          to => to !== unit && room[to] > 0 && roadKm(season.units[unit], season.units[to]) <= FARTHEST_KM,
        );
        const to = near.reduce((best, one) => (best < 0 || waiting(one) > waiting(best) ? one : best), -1);
        if (to < 0 || waiting(to) < MU_PER_DAY) return [];
        sizes[unit]--;
        sizes[to]++;
        room[to]--;
        return [{ machine: machine.id, to }];
      });
  });
}
