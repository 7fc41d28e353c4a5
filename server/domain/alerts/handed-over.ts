import { MINUTE_MS, type Rule } from './rule.ts';

/** A station gave a machine from elsewhere to the dispatcher, and nobody has given it work since. */
export const handedOver: Rule = {
  rule: 'handedOver',
  unit: 'min',
  usual: { isOn: true, limit: 1, escalateMin: 60 },
  easier: () => 0,
  find: ({ now, visitors }, limit) =>
    visitors
      .filter(({ since }) => now - since >= limit * MINUTE_MS)
      .map(({ machine, plate, station, county, lngLat, since }) => {
        const values = { station, minutes: Math.floor((now - since) / MINUTE_MS) };
        return { subject: `machine:${machine}`, subjectName: plate, division: county, lngLat, values };
      }),
};
