import { expect, test } from 'vitest';
import { outside } from './outside.ts';
import { clock, machine, seen, worldAt } from './world.fixture.ts';

/** Of the other county. */
const other = machine({ id: 'C9', county: '410185', seen: null });
const found = (part: Parameters<typeof machine>[0], now = clock(10)) =>
  outside.find(worldAt(now, { machines: [machine(part), other] }), 30);

test('a machine in another county is outside once it has been for half an hour', () => {
  expect(found({ seen: seen({ county: '410185' }) })).toEqual([
    {
      subject: 'machine:C1',
      subjectName: '豫A·00001',
      division: '410182',
      lngLat: [113.4, 34.7],
      values: { there: '410185' },
      lastsMs: 30 * 60_000,
    },
  ]);
});

test('out of the city is outside too', () => {
  expect(found({ seen: seen({ county: null }) })[0].values).toEqual({ there: '' });
});

test('neither at home, nor in a field of the own county across the outline, nor where an order sends it', () => {
  expect(found({})).toEqual([]);
  expect(found({ seen: seen({ county: '410185', fieldCounty: '410182' }) })).toEqual([]);
  expect(found({ seen: seen({ county: '410185' }), sentTo: ['410185'] })).toEqual([]);
});

test('where there is no such machine a neighbour may work', () => {
  expect(found({ operation: 'sow', seen: seen({ county: '410185' }) })).toEqual([]);
});

test('off duty, or not heard for a quarter of an hour, says nothing', () => {
  expect(found({ seen: seen({ county: '410185' }), duty: { on: false, since: clock(9) } })).toEqual([]);
  expect(found({ seen: seen({ county: '410185' }) }, clock(10, 16))).toEqual([]);
});
