import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  bulletinDayOf,
  bulletinInHand,
  cutOff,
  dayOf,
  dayStart,
  daysLeft,
  deadlineInstant,
  expectedProgress,
  reportsDue,
  seasonOf,
  workableHoursBetween,
  ZONE,
} from './season.ts';
import { roundHalfUp } from './units.ts';

const at = (text: string) => DateTime.fromISO(text, { zone: ZONE }).toMillis();
const season = seasonOf(2027, false);

describe('the season calendar', () => {
  test('a day begins at midnight in Zhengzhou, whatever the zone of the machine', () => {
    expect(dayOf(Date.UTC(2027, 5, 3, 16))).toBe('2027-06-04');
    expect(dayOf(Date.UTC(2027, 5, 3, 15, 59, 59))).toBe('2027-06-03');
  });
  test("a bulletin's day runs from 17:00 to 17:00", () => {
    expect(bulletinDayOf(at('2027-06-04T17:00'))).toBe('2027-06-04');
    expect(bulletinDayOf(at('2027-06-04T17:00:00.001'))).toBe('2027-06-05');
    expect(cutOff('2027-06-04')).toBe(at('2027-06-04T17:00'));
  });
  test('days left are 0 on the deadline itself and negative after it', () => {
    expect(
      [at('2027-06-04T23:59'), at('2027-06-12T06:00'), at('2027-06-13T00:00')].map(now => daysLeft(season.deadline.harvest, now)),
    ).toEqual([8, 0, -1]);
  });
  test('workable hours are counted day by day', () => {
    expect(workableHoursBetween(at('2027-06-04T12:00'), at('2027-06-06T08:00'), { from: 6, to: 20 })).toBe(8 + 14 + 2);
    expect(workableHoursBetween(at('2027-06-04T21:00'), at('2027-06-05T05:00'), { from: 6, to: 20 })).toBe(0);
  });
});

describe('where a unit should be', () => {
  test('nowhere before the first ripe date, done at the deadline, linear in workable hours between', () => {
    const own = { firstDay: '2027-06-02', deadline: '2027-06-05' };
    const hours = season.workableHours.harvest.to - season.workableHours.harvest.from;
    expect(expectedProgress(season, 'harvest', at('2027-06-02T05:00'), own)).toBe(0);
    expect(expectedProgress(season, 'harvest', at('2027-06-03T23:00'), own)).toBe(0.5);
    expect(expectedProgress(season, 'harvest', at('2027-06-04T08:30'), own)).toBeCloseTo((2 * hours + 3) / (4 * hours), 12);
    expect(expectedProgress(season, 'harvest', deadlineInstant(season, 'harvest', '2027-06-05'), own)).toBe(1);
  });
});

test('half goes up, at the decimal that is printed', () => {
  expect([1.005, 2.675, 97.685, 0.5, -1.005].map(value => roundHalfUp(value, 2))).toEqual([1.01, 2.68, 97.69, 0.5, -1.01]);
  expect(roundHalfUp(1e-7, 4)).toBe(0);
});

test('the bulletin in hand is that of the day that runs from noon on, before it and after the cut-off the one that ended last', () => {
  const hour = (hours: number) => dayStart('2027-06-06') + hours * 3_600_000;
  expect([9, 12, 17, 17.01, 23.5, 24 + 11.9, 24 + 12].map(hours => bulletinInHand(hour(hours)))).toEqual([
    '2027-06-05',
    '2027-06-06',
    '2027-06-06',
    '2027-06-06',
    '2027-06-06',
    '2027-06-06',
    '2027-06-07',
  ]);
  expect(reportsDue('2027-06-06')).toBe(hour(16.5));
});
