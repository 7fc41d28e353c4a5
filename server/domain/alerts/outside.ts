import { type Finding, MINUTE_MS, type Rule } from './rule.ts';
import type { AlertWorld, WatchedMachine } from './world.ts';

const HEARD_WITHIN_MS = 15 * MINUTE_MS;

/**
 * On duty in another county than its own for so many minutes, with no order and no move that sends it there. Where there are no machines
 * of its kind, neighbours do the work: that is no straying.
 */
export const outside: Rule = {
  rule: 'outside',
  unit: 'min',
  usual: { isOn: true, limit: 30, escalateMin: 240 },
  easier: limit => limit,
  find(world, limit) {
    const served = new Set(world.machines.map(({ county, operation }) => `${county} ${operation}`));
    return world.machines
      .filter(({ seen, operation }) => !seen?.county || served.has(`${seen.county} ${operation}`))
      .flatMap(machine => outsideMachine(world, machine, limit));
  },
};

function outsideMachine(world: AlertWorld, { id, plate, county, duty, seen, sentTo }: WatchedMachine, limit: number): Finding[] {
  if (duty?.on === false || seen === null || world.now - seen.fixTime > HEARD_WITHIN_MS) return [];
  // A field at the border may lie across the outline: the list of fields says whose it is.
  const where = seen.fieldCounty ?? seen.county;
  if (where === county || (where !== null && sentTo.includes(where))) return [];
  return [
    {
      subject: `machine:${id}`,
      subjectName: plate,
      division: county,
      lngLat: seen.lngLat,
      values: { there: where ?? '' },
      lastsMs: limit * MINUTE_MS,
    },
  ];
}
