import { expect, test } from 'vitest';
import { type Mark, trackGaps } from './track-gaps.ts';

const MINUTE = 60_000;
/** A fix each minute. */
const steady = (from: number, to: number): Mark[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ at: (from + i) * MINUTE, thinned: 0, refused: 0 }));
const lost = (minute: number, what: Partial<Mark>): Mark => ({ at: minute * MINUTE, thinned: 0, refused: 0, ...what });
const minutes = (gaps: ReturnType<typeof trackGaps>) => gaps.map(({ from, to, cause }) => [from / MINUTE, to / MINUTE, cause]);
const SPAN = { from: 0, to: 100 * MINUTE };
const none = { marks: [], reported: [], duties: [] };

test('a machine that stands with a fix a minute has no gap; of one whose duty nobody said only the time between two fixes counts', () => {
  expect(trackGaps(SPAN, { ...none, marks: steady(10, 40) })).toEqual([]);
  expect(minutes(trackGaps(SPAN, { ...none, marks: [...steady(10, 20), ...steady(30, 40)] }))).toEqual([[20, 30, 'unknown']]);
});

test('what the phone said of a gap names it, once', () => {
  const reported = [{ from: 20 * MINUTE, to: 30 * MINUTE, cause: 'locked' as const }];
  expect(minutes(trackGaps(SPAN, { ...none, marks: [...steady(10, 20), ...steady(30, 40)], reported }))).toEqual([[20, 30, 'locked']]);
  // Shorter than what is seen from here, and half before the span.
  const short = [{ from: -MINUTE, to: MINUTE, cause: 'noPosition' as const }];
  expect(minutes(trackGaps(SPAN, { ...none, marks: steady(0, 9), reported: short }))).toEqual([[0, 1, 'noPosition']]);
});

test('fixes given up one after the other are one gap, named as thinned; those too far off are named, too', () => {
  const marks = [...steady(0, 5), lost(6, { thinned: 4 }), lost(7, { thinned: 4 }), ...steady(8, 9), lost(15, { refused: 3 })];
  expect(minutes(trackGaps(SPAN, { ...none, marks }))).toEqual([
    [5, 7, 'thinned'],
    [9, 15, 'refused'],
  ]);
});

test('off duty is no trouble: a silence is cut where the duty changed, and what is on duty and still silent waits', () => {
  const duties = [
    { at: -5 * MINUTE, on: true },
    { at: 12 * MINUTE, on: false },
    { at: 50 * MINUTE, on: true },
  ];
  const marks = [...steady(5, 11), ...steady(55, 60)];
  expect(minutes(trackGaps(SPAN, { ...none, marks, duties }))).toEqual([
    [0, 5, 'unknown'],
    [12, 50, 'offDuty'],
    [50, 55, 'unknown'],
    [60, 100, 'waiting'],
  ]);
  expect(minutes(trackGaps(SPAN, { ...none, duties }))).toEqual([
    [0, 12, 'unknown'],
    [50, 100, 'waiting'],
  ]);
});
