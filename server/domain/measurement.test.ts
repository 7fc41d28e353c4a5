import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { measurementSchema } from '../../shared/measurement.ts';
import { type Corner, field, fixAt, passes, rectangle, seeded } from './ground.fixture.ts';
import { type MeasuredTrack, type MeasureOptions, measure } from './measurement.ts';

const meadow = field('meadow', rectangle(0, 0, 150, 40));
const whole = passes({ west: 0, south: 0, east: 150, north: 40 }, 2.3, 2.4);
const track = (path: readonly Corner[], other: Partial<Fix> = {}, name = 'T'): MeasuredTrack => ({
  track: name,
  fixes: path.map((place, i) => fixAt(i + 1, place, other)),
});
const told: Partial<Fix> = { working: 1, widthM: 2.5 };
const run = (tracks: readonly MeasuredTrack[], options: Partial<MeasureOptions> = {}) =>
  measure(tracks, { fields: [meadow], widthM: null, operation: 'harvest', live: false, ...options });
const along = (from: Corner, to: Corner, stepM: number): Corner[] => {
  const steps = Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / stepM);
  return Array.from(
    { length: steps + 1 },
    (_, i): Corner => [from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps],
  );
};

test('a pass of 100 m × 2.5 m is 0.375 mu, and the answer is as the contract says', () => {
  const { answer } = run([track(along([20, 20.1], [120, 20.1], 2.5), told)]);
  expect(measurementSchema.parse(answer)).toEqual(answer);
  const [{ coveredMu, coveredM2, finished, machines, bandM2, fieldId }] = answer.fields;
  expect([fieldId, finished, machines]).toEqual(['meadow', false, [{ track: 'T', coveredM2 }]]);
  expect(coveredMu).toBeCloseTo(0.375, 2);
  expect([bandM2[0] < 250, bandM2[1] > 250]).toEqual([true, true]);
  expect(answer.distanceTimesWidthM2).toBeCloseTo(250, 0);
  expect([answer.outsideFieldsM2, answer.candidates]).toEqual([0, []]);
});

test('without switch and width a whole field of 9 mu is measured within one part in a hundred, and the width is said to be read', () => {
  const { answer } = run([track([...along([-60, 1.15], [-2, 1.15], 2.4), ...whole])]);
  expect(answer.widthM).toEqual({ value: 2.4, source: 'spacing' });
  expect(Math.abs(answer.fields[0].coveredM2 / 6000 - 1)).toBeLessThan(0.01);
  expect(answer.fields[0].finished).toBe(true);
});

test('a given width is used where the fixes carry none', () => {
  expect(run([track(whole)], { widthM: 2.6 }).answer.widthM).toEqual({ value: 2.6, source: 'given' });
});

test('without fields the ground that was worked is a candidate field, the road to it is not', () => {
  const { answer, labels } = run([track([...along([-400, 1.15], [-20, 1.15], 2.4), ...whole])], { fields: [] });
  expect(answer.candidates).toHaveLength(1);
  const [{ areaM2, coveredM2 }] = answer.candidates;
  // 150 m × 40 m, and half a width beyond the ends of the passes
  expect(Math.abs(areaM2 / 6000 - 1)).toBeLessThan(0.04);
  expect(coveredM2).toBeLessThanOrEqual(areaM2);
  expect(coveredM2).toBeGreaterThan(0.98 * areaM2);
  const places = labels[0].map(({ place }) => place);
  expect([places[20], places[100], places[500], places[places.length - 1]]).toEqual(['road', 'road', 'field', 'field']);
});

test('two machines that share a field: their credit sums to the whole, and neither has the other’s passes', () => {
  const rows = [...new Set(whole.map(([, north]) => north))];
  const half = (odd: number): Corner[] => whole.filter(([, north]) => rows.indexOf(north) % 2 === odd);
  const { answer } = run([track(half(0), told, 'A'), track(half(1), told, 'B')], { fields: [] });
  const [{ coveredM2, machines }] = answer.candidates;
  expect(machines.map(({ track }) => track)).toEqual(['A', 'B']);
  expect(machines[0].coveredM2 + machines[1].coveredM2).toBeCloseTo(coveredM2, 6);
  for (const { coveredM2: own } of machines) expect(Math.abs(own / (coveredM2 / 2) - 1)).toBeLessThan(0.15);
});

test('work beyond the boundary is reported apart', () => {
  const { answer } = run([track(along([100, 20.1], [200, 20.1], 2.5), told)]);
  expect(Math.abs(answer.fields[0].coveredM2 - 125)).toBeLessThan(4);
  expect(Math.abs(answer.outsideFieldsM2 - 125)).toBeLessThan(4);
});

test('the parts of a field that lies on both sides of a road come as one', () => {
  const parts = [field('both', rectangle(0, 0, 70, 40)), field('both', rectangle(80, 0, 150, 40))];
  const { answer } = run([track(whole, told)], { fields: parts });
  expect(answer.fields.map(({ fieldId }) => fieldId)).toEqual(['both']);
  expect(Math.abs(answer.fields[0].coveredM2 - 5600)).toBeLessThan(60);
});

test('a causal label knows nothing of what comes after', () => {
  const random = seeded(5);
  const path = [...along([-200, 1], [-3, 1], 2.4), ...whole].map(([e, n]): Corner => [e + random() - 0.5, n + random() - 0.5]);
  const live = { fields: [], live: true, widthM: 2.5 };
  const all = run([track(path)], live).labels[0];
  for (const until of [50, 300, 700]) expect(run([track(path.slice(0, until))], live).labels[0]).toEqual(all.slice(0, until));
});

test('the final labels correct the live ones: a long steady way was a road after all, the first pass was work', () => {
  const path = [...along([-400, 1.15], [-20, 1.15], 2.4), ...whole];
  const placesAt = (live: boolean): string[] => {
    const [labels] = run([track(path)], { fields: [], live, widthM: 2.5 }).labels;
    return [labels[130].place, labels[path.findIndex(([east]) => east >= 20)].place];
  };
  expect(placesAt(true)).toEqual(['field', 'field']);
  expect(placesAt(false)).toEqual(['road', 'field']);
});

test('removing a stretch of the work never adds area', () => {
  const fixes = track(whole, told).fixes;
  const less = fixes.filter(({ seq }) => seq < 300 || seq > 420);
  const area = (some: readonly Fix[]): number => run([{ track: 'T', fixes: some }], { live: true }).answer.fields[0].coveredM2;
  expect(area(less)).toBeLessThan(area(fixes));
});

test('more width never covers less, and never more than the boundary', () => {
  const random = seeded(9);
  const path = whole.filter(([, north]) => north < 18 || north > 24).map(([e, n]): Corner => [e + random() - 0.5, n + random() - 0.5]);
  const areas = [1.5, 2, 2.5, 3, 4, 6].map(widthM => run([track(path, { working: 1, widthM })], { live: true }).answer.fields[0].coveredM2);
  expect(areas).toEqual([...areas].sort((a, b) => a - b));
  expect(areas[areas.length - 1]).toBeLessThanOrEqual(meadow.areaM2);
});

test('duplicated fixes change no area', () => {
  const { fixes } = track(whole, told);
  const doubled = fixes.flatMap(fix => [fix, fix]).map((fix, i) => ({ ...fix, seq: i + 1 }));
  const area = (some: readonly Fix[]): number => run([{ track: 'T', fixes: some }]).answer.fields[0].coveredM2;
  expect(area(doubled)).toBe(area(fixes));
});
