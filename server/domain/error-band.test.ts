import { expect, test } from 'vitest';
import { FieldCoverage } from './coverage.ts';
import { type BandSource, bandOf, bandPartsOf, driftOf } from './error-band.ts';
import { type Corner, field, passes, rectangle, swathFrom } from './ground.fixture.ts';

const meadow = field('meadow', rectangle(0, 0, 200, 100));
const sent: BandSource = { widthSource: 'fixes', driftM: null };

function coverageOf(path: readonly Corner[], estimated = false): FieldCoverage {
  const coverage = new FieldCoverage(meadow);
  for (let i = 1; i < path.length; i++) coverage.add(swathFrom(path[i - 1], path[i], { seqA: i, estimated }));
  return coverage;
}
const onePass = coverageOf([
  [50, 50.1],
  [150, 50.1],
]);
const whole = coverageOf(passes({ west: 0, south: 0, east: 200, north: 100 }, 2.3, 2.4));

test('a lone pass of 100 m: an edge of 205 m, each metre 10 cm or half of 2 % of the width unsure', () => {
  // 205 m × √(0.1² + 0.025²) m = 21.1 m², the edge of a raster a little shorter or longer
  expect(bandPartsOf(meadow, onePass, sent).width).toBeGreaterThan(0.75 * 21.1);
  expect(bandPartsOf(meadow, onePass, sent).width).toBeLessThan(1.1 * 21.1);
});

test('a field cut from edge to edge hardly depends on the width', () => {
  const { width, boundary } = bandPartsOf(meadow, whole, { ...sent, widthSource: 'assumed' });
  expect(width).toBeLessThan(0.001 * meadow.areaM2);
  // 600 m of boundary × √(0.5² + 0.5²) m, of which four sides are drawn each for itself: / 4
  expect(boundary / ((600 * Math.hypot(0.5, 0.5)) / 4)).toBeCloseTo(1, 1);
});

test('a guessed width, a poor receiver and estimated steps widen the band', () => {
  const half = (coverage: FieldCoverage, source: BandSource): number => {
    const covered = coverage.result().coveredDm2 / 100;
    const [low, high] = bandOf(covered, bandPartsOf(meadow, coverage, source));
    return (high - low) / 2;
  };
  const usual = half(onePass, sent);
  expect(half(onePass, { ...sent, widthSource: 'assumed' })).toBeGreaterThan(usual);
  expect(half(onePass, { ...sent, driftM: 8 })).toBeGreaterThan(usual);
  expect(
    half(
      coverageOf(
        [
          [50, 50.1],
          [150, 50.1],
        ],
        true,
      ),
      sent,
    ),
  ).toBeGreaterThan(usual);
});

test('the band of a field without work is nothing', () => {
  const empty = new FieldCoverage(meadow);
  expect(bandOf(0, bandPartsOf(meadow, empty, sent))).toEqual([0, 0]);
});

test('passes laid over each other while ground lies open raise the upper end alone', () => {
  const again = coverageOf([
    [50, 50.1],
    [150, 50.1],
    [50, 50.1],
  ]);
  const once = bandPartsOf(meadow, onePass, { ...sent, driftM: 2.5 });
  const twice = bandPartsOf(meadow, again, { ...sent, driftM: 2.5 });
  // 250 m² driven twice, of which 9 % were meant
  expect([once.misplaced, Math.round(twice.misplaced / 10)]).toEqual([0, 23]);
  expect(bandOf(250, twice)[0]).toBeCloseTo(bandOf(250, once)[0], 0);
});

test('the drift is what the receiver says or what its passes show, whichever is more', () => {
  expect(driftOf([], null)).toBeNull();
  expect(driftOf([4, 3, 9], null)).toBe(4);
  // √2 × 1.483 × 0.3 × 2.3 m
  expect(driftOf([1], { medianM: 2.3, spread: 0.3, samples: 99 })).toBeCloseTo(1.447, 3);
});
