import { describe, expect, test } from 'vitest';
import type { LngLat, Polygon } from '../../shared/registry.ts';
import { at, type Corner, polygon, rectangle, ring } from './ground.fixture.ts';
import { areaM2Of, polygonProblems } from './polygon-check.ts';
import { splitGround } from './split-ground.ts';

const line = (...corners: Corner[]): LngLat[] => corners.map(([east, north]) => at(east, north));
/** Areas are of a sphere, the test ground is of the ellipsoid: 0.02 % lie between them. */
const perM2 = areaM2Of(rectangle(0, 0, 100, 60)) / 6000;
const areas = (pieces: ReturnType<typeof splitGround>): number[] =>
  typeof pieces === 'string' ? [] : pieces.map(piece => Math.round(areaM2Of(piece) / perM2));
/** Corners as rounded metres east and north, for the eye. */
const metres = ({ coordinates }: Polygon) => {
  const [origin, far] = [at(0, 0), at(1000, 1000)];
  return coordinates.map(one =>
    one.map(([lng, lat]) => [
      Math.round((1000 * (lng - origin[0])) / (far[0] - origin[0])),
      Math.round((1000 * (lat - origin[1])) / (far[1] - origin[1])),
    ]),
  );
};

describe('a field cut by a line', () => {
  const field = rectangle(0, 0, 100, 60);

  test('becomes two that share the line and keep the corners that were there', () => {
    const pieces = splitGround(field, line([30, -10], [30, 70]));
    expect(areas(pieces)).toEqual([4200, 1800]);
    const [larger, smaller] = pieces as [Polygon, Polygon];
    for (const piece of [larger, smaller]) expect(polygonProblems(piece)).toEqual([]);
    expect(new Set(metres(smaller)[0].map(String))).toEqual(new Set(['0,0', '30,0', '30,60', '0,60']));
    expect(new Set(metres(larger)[0].map(String))).toEqual(new Set(['30,0', '100,0', '100,60', '30,60']));
    const shared = larger.coordinates[0].filter(corner => smaller.coordinates[0].some(other => String(other) === String(corner)));
    expect(shared.length).toBeGreaterThanOrEqual(2);
  });

  test('by a bent line has its corners in both, and by a line from corner to corner no new ones', () => {
    const bent = splitGround(field, line([-5, 20], [50, 40], [105, 20]));
    expect(areas(bent)).toHaveLength(2);
    for (const piece of bent as Polygon[]) expect(metres(piece)[0].map(String)).toContain('50,40');
    expect((bent as Polygon[]).reduce((sum, piece) => sum + areaM2Of(piece), 0)).toBeCloseTo(areaM2Of(field), 1);
    const diagonal = splitGround(field, [field.coordinates[0][0], field.coordinates[0][2]]);
    expect(areas(diagonal)).toEqual([3000, 3000]);
    const corners = field.coordinates[0].map(String);
    for (const piece of diagonal as Polygon[]) {
      expect(new Set(piece.coordinates[0].map(String)).size).toBe(3);
      expect(corners).toEqual(expect.arrayContaining(piece.coordinates[0].map(String)));
    }
  });

  test('that has holes gives each to the piece it lies in, and one that the line goes through to both', () => {
    const holed: Polygon = {
      type: 'Polygon',
      coordinates: [
        ring([0, 0], [100, 0], [100, 60], [0, 60]),
        ring([40, 20], [60, 20], [60, 40], [40, 40]),
        ring([80, 10], [90, 10], [90, 20], [80, 20]),
      ],
    };
    // East of 50 m: 50 × 60 − 10 × 20 − 10 × 10; west of it: 50 × 60 − 10 × 20.
    const pieces = splitGround(holed, line([50, -10], [50, 70]));
    expect(areas(pieces)).toEqual([2800, 2700]);
    expect((pieces as Polygon[]).map(({ coordinates }) => coordinates.length)).toEqual([1, 2]);
  });

  test('says why it cannot be', () => {
    const u = polygon([0, 0], [90, 0], [90, 60], [60, 60], [60, 20], [30, 20], [30, 60], [0, 60]);
    expect(splitGround(field, line([-10, 80], [110, 80]))).toBe('missed');
    expect(splitGround(field, line([30, -10], [30, 30]))).toBe('unfinished');
    expect(splitGround(u, line([-10, 40], [100, 40]))).toBe('several');
    expect(splitGround(field, line([0.5, -10], [0.5, 70]))).toBe('sliver');
    // One leg of it alone.
    expect(areas(splitGround(u, line([-10, 40], [45, 40])))).toEqual([3600, 600]);
  });
});
