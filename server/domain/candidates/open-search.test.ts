import { expect, test } from 'vitest';
import type { Fix } from '../../../shared/fix.ts';
import type { LngLat } from '../../../shared/registry.ts';
import type { FieldShape } from '../field-index.ts';
import { frameAt } from '../local-frame.ts';
import { searchOpenGround } from './open-search.ts';

const [LNG, LAT] = [113.4, 34.7];
const { metresPerLng, metresPerLat } = frameAt(LNG, LAT);
const NOON = Date.UTC(2027, 5, 6, 4);

/** A fix every 2 s at 1.25 m/s along lines between corners, in metres. */
function drive(corners: [number, number][], from = 0): Fix[] {
  const places: [number, number][] = [corners[0]];
  for (let i = 1; i < corners.length; i++) {
    const [[ax, ay], [bx, by]] = [corners[i - 1], corners[i]];
    const steps = Math.max(1, Math.round(Math.hypot(bx - ax, by - ay) / 2.5));
    for (let j = 1; j <= steps; j++) places.push([ax + ((bx - ax) * j) / steps, ay + ((by - ay) * j) / steps]);
  }
  return places.map(([x, y], i) => ({
    ...{ seq: i + 1, fixTime: NOON + from + 2000 * i, lng: LNG + x / metresPerLng, lat: LAT + y / metresPerLat },
    ...{ speedKmh: null, headingDeg: null, widthM: null, accuracyM: null, working: null },
  }));
}

/** Up and down passes of 80 m at these places. */
const passes = (xs: readonly number[]): [number, number][] =>
  xs.flatMap((x, i): [number, number][] =>
    i % 2 === 0
      ? [
          [x, 0],
          [x, 80],
        ]
      : [
          [x, 80],
          [x, 0],
        ],
  );
const range = <Value>(count: number, value: (i: number) => Value): Value[] => Array.from({ length: count }, (_, i) => value(i));

const box: [number, number, number, number] = [LNG - 0.02, LAT - 0.02, LNG + 0.02, LAT + 0.02];
const implement = { from: 0, operation: 'harvest' as const, workingWidthM: 2.5 };
const search = (tracks: Fix[][], known: FieldShape[] = []) =>
  searchOpenGround(
    tracks.map((fixes, i) => ({ machine: `C${i + 1}`, implements: [implement as never], fixes })),
    { operation: 'harvest', box, known, kept: [] },
  ).found;

test('a road that ten machines take side by side is no field, and the field at its end is one', () => {
  const road = range(10, i =>
    drive(
      [
        [300 + 2.3 * i, -600],
        [300 + 2.3 * i, 600],
      ],
      i * 600_000,
    ),
  );
  expect(search(road)).toEqual([]);
  // 12 passes 2.3 m apart of 2.5 m and 80 m long: (11 × 2.3 + 2.5) × 80 = 2224 m².
  const [field, ...others] = search([...road, drive([...passes(range(12, i => 260 + 2.3 * i)), [262, -600]])]);
  expect(others).toEqual([]);
  expect(Math.abs(field.coveredM2 / 2224 - 1)).toBeLessThan(0.06);
  expect(field.machines.map(({ machine }) => machine)).toEqual(['C11']);
});

test('three machines that take every third pass make one field', () => {
  const teams = range(3, i => drive(passes(range(8, pass => 2.3 * (3 * pass + i))), i * 30_000));
  const [field, ...others] = search(teams);
  expect(others).toEqual([]);
  // 24 passes: (23 × 2.3 + 2.5) × 80 = 4432 m².
  expect(Math.abs(field.coveredM2 / 4432 - 1)).toBeLessThan(0.05);
  expect(field.machines).toHaveLength(3);
});

/** In metres, from corner to corner. */
function ground(west: number, south: number, east: number, north: number): FieldShape {
  const at = (x: number, y: number): LngLat => [LNG + x / metresPerLng, LAT + y / metresPerLat];
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
  return { id: 'F1', polygon: { type: 'Polygon', coordinates: [ring] }, areaM2: (east - west) * (north - south) };
}

test('a road that one machine drives there and back is thinner than two widths, and no field', () => {
  const thereAndBack = passes([0, 2.3]).map(([x, y]): [number, number] => [x, 3 * y]);
  expect(search([drive(thereAndBack)])).toEqual([]);
});

test('passes that go on in a known field are its edge, as far as a receiver may be off; a field of its own beside it is one', () => {
  // 12 passes from x = 0 to 25.3 and 80 m long, of which the field holds all but so many metres at the northern end.
  const whole = drive(passes(range(12, i => 2.3 * i)));
  expect(search([whole], [ground(-4, -4, 30, 68)])).toEqual([]);
  expect(search([whole], [ground(-4, -4, 30, 48)])).toHaveLength(1);
  expect(search([whole], [ground(-40, -4, -4, 84)])).toHaveLength(1);
});
