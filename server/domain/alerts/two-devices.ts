import { metresBetween } from '../local-frame.ts';
import { MINUTE_MS, type Rule } from './rule.ts';

/** Both report now. */
const NOW_MS = 5 * MINUTE_MS;

/** Two devices have reported for one machine side by side for so many minutes: its area would be counted by both. */
export const twoDevices: Rule = {
  rule: 'twoDevices',
  unit: 'min',
  usual: { isOn: true, limit: 10, escalateMin: 120 },
  easier: limit => limit,
  find: ({ now, machines, outboxes }, limit) => {
    const doubled = outboxes.flatMap(({ machine, lasts }) => {
      const live = lasts.filter(({ fixTime }) => now - fixTime <= NOW_MS).sort((a, b) => b.fixTime - a.fixTime);
      return live.length < 2 ? [] : [{ machine, live }];
    });
    if (doubled.length === 0) return [];
    const known = new Map(machines.map(machine => [machine.id, machine]));
    return doubled.flatMap(({ machine: id, live: [a, b, ...more] }) => {
      const machine = known.get(id);
      if (!machine) return [];
      const km = Math.round(metresBetween(...a.lngLat, ...b.lngLat) / 100) / 10;
      return [
        {
          subject: `machine:${id}`,
          subjectName: machine.plate,
          division: machine.county,
          lngLat: a.lngLat,
          values: { devices: 2 + more.length, km },
          lastsMs: limit * MINUTE_MS,
        },
      ];
    });
  },
};
