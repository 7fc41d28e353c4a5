import type { Operation } from '../../../shared/season.ts';
import { type Finding, MINUTE_MS, type Rule } from './rule.ts';
import { workingHours } from './working-hours.ts';
import type { AlertWorld, Seen, WatchedMachine } from './world.ts';

/** What was heard longer ago says nothing of now: that is silence. */
const HEARD_WITHIN_MS = 15 * MINUTE_MS;
/** So many at once in one county have one cause, be it rain or no ripe field: one alert of the county, and not one of each. */
const LEAST_OF_A_COUNTY = 4;

interface Standing {
  machine: WatchedMachine;
  seen: Seen;
  operation: Operation;
  since: number;
}

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
    const unworkable = new Set(world.units.filter(unit => unit.isWorkable === false).map(unit => `${unit.code} ${unit.operation}`));
    const byCounty = new Map<string, Standing[]>();
    for (const machine of world.machines) {
      const standing = standingLong(world, machine, limit);
      if (!standing) continue;
      const key = `${standing.seen.county ?? machine.county} ${standing.operation}`;
      if (!unworkable.has(key)) byCounty.set(key, [...(byCounty.get(key) ?? []), standing]);
    }
    return [...byCounty].flatMap(([key, all]) =>
      all.length < LEAST_OF_A_COUNTY ? all.map(one => findingOf(one, world.now)) : countyFinding(world, key.split(' ')[0], all),
    );
  },
};

function standingLong(world: AlertWorld, machine: WatchedMachine, limit: number): Standing | null {
  const { duty, seen, inRepair, operation } = machine;
  if (duty?.on === false || inRepair || operation === null || seen === null) return null;
  if (seen.state !== 'idle' || seen.stateSince === null || world.now - seen.fixTime > HEARD_WITHIN_MS) return null;
  const { from, to } = workingHours(world, operation);
  if (world.now > to || (duty === null && seen.stateSince <= from)) return null;
  const since = Math.max(seen.stateSince, duty?.since ?? 0, from);
  return world.now - since < limit * MINUTE_MS ? null : { machine, seen, operation, since };
}

const findingOf = ({ machine, seen, operation, since }: Standing, now: number): Finding => ({
  subject: `machine:${machine.id}`,
  subjectName: machine.plate,
  division: machine.county,
  lngLat: seen.lngLat,
  values: { minutes: Math.floor((now - since) / MINUTE_MS), since, operation },
});

function countyFinding({ now, units }: AlertWorld, county: string, all: readonly Standing[]): Finding[] {
  const [{ operation }] = all;
  const since = Math.min(...all.map(one => one.since));
  return [
    {
      subject: `division:${county}:${operation}`,
      subjectName: units.find(({ code }) => code === county)?.name ?? county,
      division: county,
      lngLat: null,
      values: { machines: all.length, minutes: Math.floor((now - since) / MINUTE_MS), since, operation },
    },
  ];
}
