import { expect, test } from 'vitest';
import { daysLater, nothingSupposed, withPreset } from './scenario.ts';

test('rain falls on the coming 8th and 9th, and on the next two days when these are over', () => {
  const days = (today: string) =>
    withPreset(nothingSupposed, 'rain', { city: '410100', today }).rain.map(({ day, rainMm }) => [day, rainMm]);
  expect(days('2027-06-04')).toEqual([
    ['2027-06-08', 20],
    ['2027-06-09', 20],
  ]);
  expect(days('2027-06-10')).toEqual([
    ['2027-06-11', 20],
    ['2027-06-12', 20],
  ]);
});

test('presets add up', () => {
  const city = { city: '410100', today: '2027-06-04' };
  const both = withPreset(withPreset(nothingSupposed, 'fewer', city), 'stations', city);
  expect(both.machines).toEqual([{ division: '410100', kind: 'combine', change: -30, from: '2027-06-04' }]);
  expect(both.stations).toEqual([{ division: '410100', count: 2 }]);
});

test('a finish that is not to be told has no difference', () => {
  expect([daysLater('2027-06-12', '2027-06-15'), daysLater('2027-06-12', null)]).toEqual([3, null]);
});
