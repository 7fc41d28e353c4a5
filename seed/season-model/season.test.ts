import { expect, test } from 'vitest';
import { ripeMu, roadHours, roadKm } from './country.ts';
import { LONGEST_DAYS, Season } from './season.ts';
import { playedSeries, playOut, seriesAt } from './series-of.ts';

const played = (seed: string): Season => {
  const season = new Season(seed);
  playOut(season);
  return season;
};

test('the same seed gives the same season, another one another', () => {
  expect(played('a').reports).toEqual(played('a').reports);
  expect(played('b').reports).not.toEqual(played('a').reports);
});

test('nothing is cut before it is ripe, nothing is cut twice, and sowing stays behind the harvest', () => {
  const season = played('c');
  for (const [unit, reports] of season.reports.entries()) {
    for (const [day, { cutMu, sownMu }] of reports.entries()) {
      expect(cutMu).toBeLessThanOrEqual(ripeMu(season.units[unit], day + 1) + 1e-6);
      expect(cutMu).toBeGreaterThanOrEqual(reports[day - 1]?.cutMu ?? 0);
      expect(sownMu).toBeLessThanOrEqual(cutMu + season.units[unit].fallowMu + 1e-6);
    }
    expect(reports.at(-1)!.cutMu).toBeLessThanOrEqual(season.units[unit].plantedMu + 1e-6);
  }
});

test('decisions change what is cut, but not the rain', () => {
  const [still, moved] = [new Season('d'), new Season('d')];
  still.advance();
  moved.advance();
  still.advance();
  const machine = moved.machines.find(one => moved.isPresent(one))!;
  moved.advance([{ machine: machine.id, to: (machine.unit + 1) % moved.units.length }]);
  expect(moved.roadKm).toBeGreaterThan(0);
  expect(moved.reports.map(days => days.map(day => day.rainMm))).toEqual(still.reports.map(days => days.map(day => day.rainMm)));
});

test('a machine that has left or never came cannot be sent', () => {
  expect(() => new Season('e').advance([{ machine: 'M0', to: 1 }])).toThrow('M0 cannot be sent to 1 on day 0');
});

test('road: 20 km of latitude are 27 km; short ways by itself, long ones on a lorry', () => {
  const lat = 34.5 + 20 / ((Math.PI / 180) * 6371);
  expect(roadKm({ lng: 113, lat: 34.5 }, { lng: 113, lat })).toBeCloseTo(27, 6);
  expect([roadHours(20), roadHours(90)]).toEqual([1, 3]);
});

test('a series holds no more than was known that evening', () => {
  const season = played('f');
  expect(season.day).toBeLessThanOrEqual(LONGEST_DAYS);
  const city = playedSeries(season, 'harvest', [...season.units.keys()]);
  const series = seriesAt(season, city, 3);
  expect([series.days.length, series.asOf, series.days.at(-1)!.date]).toEqual([4, city.days[3].date, city.days[3].date]);
  expect(series.outlook.every(({ date }) => date > series.asOf)).toBe(true);
});
