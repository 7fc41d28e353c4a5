import { expect, test } from 'vitest';
import { handedOver } from './handed-over.ts';
import { clock, worldAt } from './world.fixture.ts';

test('a machine that a station handed over is told of until it has work, with how long it has waited', () => {
  const visitor = {
    ...{ machine: 'KQ-1', plate: '皖K·36689', station: '东站', county: '410182' },
    ...{ lngLat: [113.4, 34.8] as [number, number], since: clock(9, 15) },
  };
  const found = (now: number) => handedOver.find(worldAt(now, { visitors: [visitor] }), 1);
  expect(found(clock(10))).toEqual([
    {
      ...{ subject: 'machine:KQ-1', subjectName: '皖K·36689', division: '410182', lngLat: [113.4, 34.8] },
      values: { station: '东站', minutes: 45 },
    },
  ]);
  expect(found(clock(9, 15))).toEqual([]);
  expect(handedOver.find(worldAt(clock(10)), 1)).toEqual([]);
});
