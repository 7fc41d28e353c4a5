import { describe, expect, test } from 'vitest';
import { roundHalfUp } from '../../shared/units.ts';
import { addHeadlines, headlineOf, ratesOf } from './headline.ts';

const percent = (fraction: number | null) => (fraction === null ? null : roundHalfUp(fraction * 100, 2));
const WAN = 10_000;
/** A day's printed figures in 万亩: done, of it by machine, area. */
const printed = (doneWan: number, machineWan: number, areaWan: number) => {
  const sources = { measuredMu: 0, reportedMachineMu: machineWan * WAN, reportedHandMu: (doneWan - machineWan) * WAN };
  const { progress, machineRate } = ratesOf(headlineOf(sources, areaWan * WAN), areaWan * WAN);
  return [percent(progress), percent(machineRate)];
};

describe('rates as the officials print them', () => {
  test('2 June 2023: 83.7032 of 220.56 万亩, 83.1774 by machine, is 37.95 % (printed 38) and 99.37 % (printed 99)', () => {
    expect(printed(83.7032, 83.1774, 220.56)).toEqual([37.95, 99.37]);
  });
  test('9 June 2023: 215.4618 of 220.56 万亩, 214.6796 by machine, is 97.69 % and 99.64 %', () => {
    expect(printed(215.4618, 214.6796, 220.56)).toEqual([97.69, 99.64]);
  });
  test('9 June 2023: corn sown 154.4722 万亩, 151.9075 by machine, is 98.34 %', () => {
    expect(printed(154.4722, 151.9075, 0)[1]).toBe(98.34);
  });
  test('a rate whose denominator is 0 does not exist', () => {
    expect(printed(0, 0, 0)).toEqual([null, null]);
  });
});

describe('the headline', () => {
  test('takes the larger machine area plus the hand-cut area', () => {
    expect(headlineOf({ measuredMu: 50, reportedMachineMu: 40, reportedHandMu: 3 }, 100)).toEqual({
      machineMu: 50,
      headlineMu: 53,
      capped: false,
    });
    expect(headlineOf({ measuredMu: 50, reportedMachineMu: 60, reportedHandMu: 3 }, 100)).toEqual({
      machineMu: 60,
      headlineMu: 63,
      capped: false,
    });
  });
  test('is capped at the planted area, and flagged', () => {
    expect(headlineOf({ measuredMu: 99, reportedMachineMu: 90, reportedHandMu: 3 }, 100)).toEqual({
      machineMu: 97,
      headlineMu: 100,
      capped: true,
    });
  });
  test('that is above by rounding alone is cut down without a flag', () => {
    expect(headlineOf({ measuredMu: 0, reportedMachineMu: 99.1, reportedHandMu: 1 }, 100)).toEqual({
      machineMu: 99,
      headlineMu: 100,
      capped: false,
    });
  });
  test('is only added upwards', () => {
    expect(
      addHeadlines([
        { machineMu: 97, headlineMu: 100, capped: true },
        { machineMu: 50, headlineMu: 53, capped: false },
      ]),
    ).toEqual({
      machineMu: 147,
      headlineMu: 153,
      capped: true,
    });
  });
});
