import { HOUR_MS, type Rule } from './rule.ts';
import type { WatchedObjection } from './world.ts';

/** An operator's objection to a measured figure has waited for its answer for so many hours; one alert for each field. */
export const objection: Rule = {
  rule: 'objection',
  unit: 'h',
  usual: { isOn: true, limit: 24, escalateMin: 24 * 60 },
  easier: limit => limit,
  find: ({ now, objections }, limit) => {
    const byField = new Map<string, [WatchedObjection, ...WatchedObjection[]]>();
    for (const one of objections) {
      const known = byField.get(one.field);
      if (known) known.push(one);
      else byField.set(one.field, [one]);
    }
    return [...byField.values()].flatMap(all => {
      const [{ field, village, county, lngLat }] = all;
      const hours = Math.floor((now - Math.min(...all.map(({ since }) => since))) / HOUR_MS);
      const values = { objections: all.length, hours };
      return hours < limit ? [] : [{ subject: `field:${field}`, subjectName: village || field, division: county, lngLat, values }];
    });
  },
};
