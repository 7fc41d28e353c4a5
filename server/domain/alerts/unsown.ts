import { HOUR_MS, type Rule } from './rule.ts';
import { weighty } from './weight.ts';

/** A few fields are always left: less than this share of what waits for the drill is no alert. */
const LEAST_SHARE = 0.05;

/** Ground of a county lies cut and unsown for more than so many hours. */
export const unsown: Rule = {
  rule: 'unsown',
  unit: 'h',
  usual: { isOn: true, limit: 48, escalateMin: 720 },
  easier: limit => limit,
  find: ({ now, units }, limit) =>
    weighty(units).flatMap(({ code, name, operation, unsown: fields, leftMu }) => {
      const late = fields.filter(({ cutAt }) => now - cutAt > limit * HOUR_MS);
      const mu = late.reduce((sum, { areaMu }) => sum + areaMu, 0);
      if (operation !== 'sow' || late.length === 0 || mu < LEAST_SHARE * leftMu) return [];
      const oldest = late.reduce((first, { cutAt }) => Math.min(first, cutAt), now);
      const values = { fields: late.length, mu: Math.round(mu), limitH: limit, oldestH: Math.floor((now - oldest) / HOUR_MS) };
      return [{ subject: `division:${code}:sow`, subjectName: name, division: code, lngLat: null, values }];
    }),
};
