import { HOUR_MS, type Rule } from './rule.ts';

/** Few wait, but one of them for too long: that is overloaded too. */
const LONGEST_WAIT_MS = 4 * HOUR_MS;

/** So many open repairs at one station, or one that nobody has begun for four hours. */
export const station: Rule = {
  rule: 'station',
  unit: 'count',
  usual: { isOn: true, limit: 6, escalateMin: 120 },
  easier: limit => Math.max(1, limit - 1),
  find: ({ now, stations }, limit) =>
    stations.flatMap(({ id, name, county, lngLat, repairs }) => {
      const waits = repairs.filter(({ startedAt }) => startedAt === null).map(({ calledAt }) => now - calledAt);
      const longestMs = waits.reduce((longest, wait) => Math.max(longest, wait), 0);
      if (repairs.length < limit && longestMs < LONGEST_WAIT_MS) return [];
      const values = { repairs: repairs.length, waiting: waits.length, longestH: Math.floor((longestMs / HOUR_MS) * 10) / 10 };
      return [{ subject: `station:${id}`, subjectName: name, division: county, lngLat, values }];
    }),
};
