import { type Affected, byCounty } from './by-county.ts';
import { MINUTE_MS, type Rule } from './rule.ts';
import { workingHours } from './working-hours.ts';
import type { AlertWorld, WatchedMachine } from './world.ts';

/**
 * Silent for so many minutes though on duty. Counted within today's hours of work, as at night silence is rest, and from when the program
 * listens: while it was away nobody could be heard. Who has neither come on duty nor been heard today has gone home without saying so. A
 * terminal, which says nothing of duty, is missed when it fell silent at work.
 */
export const silent: Rule = {
  rule: 'silent',
  unit: 'min',
  usual: { isOn: true, limit: 45, escalateMin: 60 },
  easier: limit => limit,
  find: (world, limit) =>
    byCounty(
      world,
      world.machines.flatMap(machine => silentMachine(world, machine, limit)),
    ),
};

function silentMachine(world: AlertWorld, machine: WatchedMachine, limit: number): Affected[] {
  const { duty, seen, inRepair, operation, county } = machine;
  const isExpected = duty?.on ?? (seen?.state === 'working' || seen?.state === 'turning');
  if (!isExpected || inRepair) return [];
  const heardAt = Math.max(duty?.since ?? 0, seen?.fixTime ?? 0);
  if (heardAt < world.today) return [];
  const { from, to } = workingHours(world, operation);
  const since = Math.max(heardAt, from, world.listensSince);
  if (world.now - since < limit * MINUTE_MS || world.now > to) return [];
  return [{ machine, county, operation: operation ?? 'harvest', since, values: { heardAt } }];
}
