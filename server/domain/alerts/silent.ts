import { type Finding, MINUTE_MS, type Rule } from './rule.ts';
import { workingHours } from './working-hours.ts';
import type { AlertWorld, WatchedMachine } from './world.ts';

/**
 * Silent for so many minutes though on duty. Counted within today's hours of work: at night silence is rest. Who has neither come on duty
 * nor been heard today has gone home without saying so. A terminal, which says nothing of duty, is missed when it fell silent at work.
 */
export const silent: Rule = {
  rule: 'silent',
  unit: 'min',
  usual: { isOn: true, limit: 45, escalateMin: 60 },
  easier: limit => limit,
  find: (world, limit) => world.machines.flatMap(machine => silentMachine(world, machine, limit)),
};

function silentMachine(world: AlertWorld, machine: WatchedMachine, limit: number): Finding[] {
  const { duty, seen, inRepair } = machine;
  const isExpected = duty?.on ?? (seen?.state === 'working' || seen?.state === 'turning');
  if (!isExpected || inRepair) return [];
  const heardAt = Math.max(duty?.since ?? 0, seen?.fixTime ?? 0);
  if (heardAt < world.today) return [];
  const { from, to } = workingHours(world, machine.operation);
  const minutes = (Math.min(world.now, to) - Math.max(heardAt, from)) / MINUTE_MS;
  if (minutes < limit || world.now > to) return [];
  return [
    {
      subject: `machine:${machine.id}`,
      subjectName: machine.plate,
      division: machine.county,
      lngLat: seen?.lngLat ?? null,
      values: { minutes: Math.floor(minutes), heardAt },
    },
  ];
}
