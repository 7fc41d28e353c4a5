import { expect, test } from 'vitest';
import { ageOf, count, mu, percent, points, tenThousandMu, timeNear, timeWithSeconds } from './format.ts';

test('a share is printed with two decimals, half up, and as a dash where it does not exist', () => {
  expect([percent(0.976881), percent(215.4618 / 220.56), percent(1), percent(0.00005), percent(null)]).toEqual([
    '97.69%',
    '97.69%',
    '100.00%',
    '0.01%',
    '—',
  ]);
});

test('a delay is printed in percentage points', () => {
  expect([points(0.027), points(-0.0123)]).toEqual(['2.70', '1.23']);
});

test('mu has one decimal and thousands apart', () => {
  expect([mu(0), mu(4.65), mu(12345.64), mu(-1000.5)]).toEqual(['0.0', '4.7', '12,345.6', '−1,000.5']);
});

test('the city prints 万亩 with four decimals', () => {
  expect(tenThousandMu(2_154_618)).toBe('215.4618');
});

test('counts are whole', () => {
  expect(count(290_000)).toBe('290,000');
});

test('times are those of Zhengzhou and carry the day when it is another one', () => {
  const noon = Date.parse('2027-06-06T12:00:00+08:00');
  expect(timeWithSeconds(noon + 7000)).toBe('12:00:07');
  expect(timeNear(noon, noon + 3_600_000)).toBe('12:00');
  expect(timeNear(noon - 86_400_000, noon)).toBe('06-05 12:00');
});

test('an age is told in the coarsest unit that says enough', () => {
  expect([5, 59, 60, 3599, 3600, 47 * 3600, 49 * 3600].map(s => ageOf(0, s * 1000))).toEqual([
    { unit: 'seconds', value: 5 },
    { unit: 'seconds', value: 59 },
    { unit: 'minutes', value: 1 },
    { unit: 'minutes', value: 59 },
    { unit: 'hours', value: 1 },
    { unit: 'hours', value: 47 },
    { unit: 'days', value: 2 },
  ]);
});
