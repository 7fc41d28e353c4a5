import { expect, test } from 'vitest';
import { station } from './station.ts';
import { clock, worldAt } from './world.fixture.ts';
import type { WatchedStation } from './world.ts';

const NOON = clock(12);
const at = (repairs: WatchedStation['repairs'], limit = 6) =>
  station.find(
    worldAt(NOON, { stations: [{ id: 'S1', name: '高村三夏服务站', county: '410182', lngLat: [113.4, 34.8], repairs }] }),
    limit,
  );
const begun = { calledAt: clock(6), startedAt: clock(7) };
const waiting = { calledAt: clock(9, 30), startedAt: null };

test('six open repairs are too many for a station', () => {
  expect(at([begun, begun, begun, begun, begun, waiting])).toEqual([
    {
      subject: 'station:S1',
      subjectName: '高村三夏服务站',
      division: '410182',
      lngLat: [113.4, 34.8],
      values: { repairs: 6, waiting: 1, longestH: 2.5 },
    },
  ]);
  expect(at([begun, begun, begun, begun, waiting])).toEqual([]);
  // One that is open goes on as long as there are five.
  expect(at([begun, begun, begun, begun, waiting], station.easier(6))).toHaveLength(1);
});

test('so is one that nobody has begun for four hours', () => {
  expect(at([{ calledAt: clock(8), startedAt: null }])[0].values).toEqual({ repairs: 1, waiting: 1, longestH: 4 });
  expect(at([begun])).toEqual([]);
});
