import { expect, test } from 'vitest';
import { objection } from './objection.ts';
import { shifted } from './shifted.ts';
import { clock, machine, seen, worldAt } from './world.fixture.ts';

test('a machine whose places look shifted is told of while it is heard', () => {
  const found = (at: number, looksShifted: boolean) =>
    shifted.find(worldAt(at, { machines: [machine({ seen: seen({ fixTime: clock(10) }), looksShifted })] }), 5);
  expect(found(clock(10, 2), true)).toEqual([
    {
      ...{ subject: 'machine:C1', subjectName: '豫A·00001', division: '410182', lngLat: [113.4, 34.7] },
      ...{ values: {}, lastsMs: 300_000 },
    },
  ]);
  expect(found(clock(10, 2), false)).toEqual([]);
  expect(found(clock(11, 1), true)).toEqual([]);
});

test('objections to a field are one alert once the oldest has waited for a day', () => {
  const place = { village: '官峪村', county: '410182', lngLat: [113.4, 34.7] as [number, number] };
  const objections = [
    { ...place, field: 'F1', since: clock(8, 30) },
    { ...place, field: 'F2', since: clock(9) },
    { ...place, field: 'F1', since: clock(7) },
  ];
  const found = (at: number) => objection.find(worldAt(at, { objections }), 24).map(({ subject, values }) => [subject, values]);
  expect(found(clock(30, 59))).toEqual([]);
  expect(found(clock(32, 50))).toEqual([['field:F1', { objections: 2, hours: 25 }]]);
  expect(found(clock(33))).toEqual([
    ['field:F1', { objections: 2, hours: 26 }],
    ['field:F2', { objections: 1, hours: 24 }],
  ]);
});
