import type { Rule } from './rule.ts';
import { weighty } from './weight.ts';

/** The chance of a county to be through in time is below this share. */
export const chance: Rule = {
  rule: 'chance',
  unit: 'share',
  usual: { isOn: true, limit: 0.3, escalateMin: 120 },
  easier: limit => Math.min(1, limit + 0.1),
  find: ({ units }, limit) =>
    weighty(units).flatMap(({ code, name, operation, chanceInTime, leftMu }) =>
      chanceInTime === null || chanceInTime >= limit || leftMu <= 0
        ? []
        : [
            {
              subject: `division:${code}:${operation}`,
              subjectName: name,
              division: code,
              lngLat: null,
              values: { chance: chanceInTime, operation, leftMu: Math.round(leftMu) },
            },
          ],
    ),
};
