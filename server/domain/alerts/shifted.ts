import { MINUTE_MS, type Rule } from './rule.ts';

/** Older places say nothing of how the terminal is set now. */
const NOW_MS = 60 * MINUTE_MS;

/** For so many minutes a machine's places have looked like GCJ-02: its work lies beside the fields, and counts in none. */
export const shifted: Rule = {
  rule: 'shifted',
  unit: 'min',
  usual: { isOn: true, limit: 5, escalateMin: 120 },
  easier: limit => limit,
  find: ({ now, machines }, limit) =>
    machines.flatMap(({ id, plate, county, seen, looksShifted }) =>
      looksShifted && seen !== null && now - seen.fixTime <= NOW_MS
        ? [{ subject: `machine:${id}`, subjectName: plate, division: county, lngLat: seen.lngLat, values: {}, lastsMs: limit * MINUTE_MS }]
        : [],
    ),
};
