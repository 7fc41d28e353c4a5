import { type Affected, byCounty } from './by-county.ts';
import { MINUTE_MS, type Rule } from './rule.ts';
import { workingHours } from './working-hours.ts';
import type { AlertWorld, WatchedMachine } from './world.ts';

/** What was heard longer ago says nothing of now: that is silence. */
const HEARD_WITHIN_MS = 15 * MINUTE_MS;

/**
 * Stands for so many minutes of today's hours of work, on duty and not in repair, while the ground can be worked. A terminal, which says
 * nothing of duty, is on duty once it has moved today: a machine that stays in its yard is no news.
 */
export const idle: Rule = {
  rule: 'idle',
  unit: 'min',
  usual: { isOn: true, limit: 120, escalateMin: 120 },
  easier: limit => 0.75 * limit,
  find(world, limit) {
    const unworkable = new Set(world.units.filter(unit => unit.isWorkable === false).map(unit => unit.code));
    const standing = world.machines.flatMap(machine => standingLong(world, machine, limit));
    return byCounty(
      world,
      standing.filter(({ county }) => !unworkable.has(county)),
    );
  },
};

function standingLong(world: AlertWorld, machine: WatchedMachine, limit: number): Affected[] {
  const { duty, seen, inRepair, operation } = machine;
  if (duty?.on === false || inRepair || operation === null || seen === null) return [];
  if (seen.state !== 'idle' || seen.stateSince === null || world.now - seen.fixTime > HEARD_WITHIN_MS) return [];
  const { from, to } = workingHours(world, operation);
  if (world.now > to || (duty === null && seen.stateSince <= from)) return [];
  const since = Math.max(seen.stateSince, duty?.since ?? 0, from);
  if (world.now - since < limit * MINUTE_MS) return [];
  return [{ machine, county: seen.county ?? machine.county, operation, since, values: { operation } }];
}
