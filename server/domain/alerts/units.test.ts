import { expect, test } from 'vitest';
import { chance } from './chance.ts';
import { unsown } from './unsown.ts';
import { clock, unit, worldAt } from './world.fixture.ts';

const NOON = clock(12);
const of = (part: Parameters<typeof unit>[0]) => worldAt(NOON, { units: [unit(part)] });

test('a chance below one half is an alert of the county and operation, and ends above 0.6', () => {
  expect(chance.find(of({ chanceInTime: 0.49, leftMu: 1200.4 }), 0.5)).toEqual([
    {
      subject: 'division:410182:harvest',
      subjectName: '荥阳市',
      division: '410182',
      lngLat: null,
      values: { chance: 0.49, operation: 'harvest', leftMu: 1200 },
    },
  ]);
  expect(chance.find(of({ chanceInTime: 0.5 }), 0.5)).toEqual([]);
  expect(chance.find(of({ chanceInTime: 0.59 }), chance.easier(0.5))).toHaveLength(1);
  expect(chance.find(of({ chanceInTime: 0.6 }), chance.easier(0.5))).toEqual([]);
});

test('a unit with less than three hundredths of what is left in the city is no alert', () => {
  const units = (leftMu: number) => [unit({ code: '410185', chanceInTime: 1, leftMu: 9700 }), unit({ chanceInTime: 0.1, leftMu })];
  expect([299, 300].map(mu => chance.find(worldAt(NOON, { units: units(mu) }), 0.3).length)).toEqual([0, 1]);
});

test('no forecast, or nothing left to do, is no alert', () => {
  expect(chance.find(of({ chanceInTime: null }), 0.5)).toEqual([]);
  expect(chance.find(of({ chanceInTime: 0, leftMu: 0 }), 0.5)).toEqual([]);
});

const cut = (hoursAgo: number, areaMu: number) => ({ cutAt: NOON - hoursAgo * 3_600_000, areaMu });

test('ground cut more than 48 hours ago and unsown is one alert of the county, once it is a twentieth of what is left', () => {
  const fields = [cut(49, 30), cut(60.5, 25), cut(48, 500)];
  expect(unsown.find(of({ operation: 'sow', unsown: fields }), 48)).toEqual([
    {
      subject: 'division:410182:sow',
      subjectName: '荥阳市',
      division: '410182',
      lngLat: null,
      values: { fields: 2, mu: 55, limitH: 48, oldestH: 60 },
    },
  ]);
  expect(unsown.find(of({ operation: 'sow', unsown: fields, leftMu: 1101 }), 48)).toEqual([]);
  expect(unsown.find(of({ operation: 'sow', unsown: [], leftMu: 0 }), 48)).toEqual([]);
});
