import type { Operation } from '../../../shared/season.ts';
import { type Finding, MINUTE_MS } from './rule.ts';
import type { AlertWorld, WatchedMachine } from './world.ts';

/** So many at once in one county have one cause, be it rain, no ripe field or a mast that is down: one alert of the county, not one of each. */
const LEAST_OF_A_COUNTY = 4;

/** A machine of which a rule says something since an instant. */
export interface Affected {
  machine: WatchedMachine;
  /** Where it counts. */
  county: string;
  operation: Operation;
  since: number;
  values: Finding['values'];
}

/** Few of a county and operation each for itself, many as one. */
export function byCounty(world: AlertWorld, affected: readonly Affected[]): Finding[] {
  const groups = new Map<string, Affected[]>();
  for (const one of affected) {
    const key = `${one.county}:${one.operation}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups].flatMap(([key, all]) =>
    all.length < LEAST_OF_A_COUNTY ? all.map(one => ofOne(one, world.now)) : [ofCounty(world, key, all)],
  );
}

const ofOne = ({ machine, since, values }: Affected, now: number): Finding => ({
  subject: `machine:${machine.id}`,
  subjectName: machine.plate,
  division: machine.county,
  lngLat: machine.seen?.lngLat ?? null,
  values: { minutes: Math.floor((now - since) / MINUTE_MS), ...values },
});

function ofCounty({ now, units }: AlertWorld, key: string, all: readonly Affected[]): Finding {
  const [{ county, operation }] = all;
  const since = Math.min(...all.map(one => one.since));
  return {
    subject: `division:${key}`,
    subjectName: units.find(({ code }) => code === county)?.name ?? county,
    division: county,
    lngLat: null,
    values: { machines: all.length, minutes: Math.floor((now - since) / MINUTE_MS), operation },
  };
}
