import { expect, test } from 'vitest';
import { recordOf } from './record.ts';

test('what came is held against what was foreseen one, three and five days before', () => {
  const byDay = [
    { date: '2027-06-05', p10: 90, p50: 100, p90: 110 },
    { date: '2027-06-07', p10: 280, p50: 300, p90: 320 },
  ];
  const replays = [
    { day: '2027-06-04', forecast: { byDay } },
    { day: '2027-06-05', forecast: { byDay: [{ date: '2027-06-06', p10: 190, p50: 200, p90: 210 }] } },
    { day: '2027-06-06', forecast: { byDay: [] } },
  ];
  const came = [
    { date: '2027-06-05', doneMu: 105 },
    { date: '2027-06-06', doneMu: 220 },
    { date: '2027-06-07', doneMu: 330 },
  ];
  // A day ahead: 5 off within, 20 off beyond; three days ahead: 30 off beyond.
  expect(recordOf(replays, came)).toEqual([
    { daysAhead: 1, forecasts: 2, held: 1, meanErrorMu: 12.5 },
    { daysAhead: 3, forecasts: 1, held: 0, meanErrorMu: 30 },
    { daysAhead: 5, forecasts: 0, held: 0, meanErrorMu: 0 },
  ]);
});
