import { area, booleanPointInPolygon, convex, featureCollection, intersect, kinks, point, polygon } from '@turf/turf';
import Flatbush from 'flatbush';
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../shared/registry.ts';
import { muOfM2 } from '../../shared/units.ts';
import { DEMO_SCALE, demoSeason } from './demo-season.ts';
import { type Plane, type Point, planeAt } from './plane.ts';

const plan = demoSeason({ year: 2027, scale: DEMO_SCALE, seed: 1 });
const fields = [...plan.fields()];

const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.round(share * (numbers.length - 1))]!;

const extent = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

/** The rectangle of least area around a field, in whatever direction it lies: one of its sides runs along a side of the field's hull. */
function orientedBox(shape: Polygon): { lengthM: number; widthM: number } {
  const plane: Plane = planeAt(shape.coordinates[0]![0]!);
  const hull = convex(shape)!.geometry.coordinates[0]!.map(corner => plane.toPoint(corner));
  let least = { lengthM: Number.POSITIVE_INFINITY, widthM: Number.POSITIVE_INFINITY };
  for (let i = 1; i < hull.length; i++) {
    const [from, to] = [hull[i - 1]!, hull[i]!];
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const along = extent(hull.map(([x, y]: Point) => x * Math.cos(angle) + y * Math.sin(angle)));
    const across = extent(hull.map(([x, y]: Point) => y * Math.cos(angle) - x * Math.sin(angle)));
    if (along * across < least.lengthM * least.widthM) least = { lengthM: Math.max(along, across), widthM: Math.min(along, across) };
  }
  return least;
}

describe('generated fields have the sizes measured on 80 harvester-days of June 2021', () => {
  const within = (value: number, measured: number, tolerance: number): void => {
    expect(value, `${value} against ${measured}`).toBeGreaterThan(measured * (1 - tolerance));
    expect(value, `${value} against ${measured}`).toBeLessThan(measured * (1 + tolerance));
  };

  it('area: median 4.7 mu, 5 % 1.2, 95 % 19', () => {
    const areas = fields.map(field => muOfM2(area(field.polygon)));
    within(quantile(areas, 0.5), 4.7, 0.15);
    within(quantile(areas, 0.05), 1.2, 0.15);
    within(quantile(areas, 0.95), 19, 0.15);
  });

  // 144 × 33 m is the box along the field, not along the meridian: 4.7 mu in it are 66 %, which is the printed two thirds to three quarters.
  it('bounding box along the field: 144 × 33 m, of which it fills two thirds to three quarters', () => {
    const sample = fields.filter((_, i) => i % 3 === 0);
    const boxes = sample.map(field => orientedBox(field.polygon));
    within(
      quantile(
        boxes.map(box => box.lengthM),
        0.5,
      ),
      144,
      0.3,
    );
    within(
      quantile(
        boxes.map(box => box.widthM),
        0.5,
      ),
      33,
      0.3,
    );
    const fill = quantile(
      boxes.map((box, i) => area(sample[i]!.polygon) / (box.lengthM * box.widthM)),
      0.5,
    );
    expect(fill).toBeGreaterThan(0.65);
    expect(fill).toBeLessThan(0.75);
  });
});

describe('generated fields are clean shapes', () => {
  it('no ring crosses itself, every ring is closed, outer rings run counter-clockwise', () => {
    for (const { id, polygon: shape } of fields.filter((_, i) => i % 5 === 0)) {
      expect(kinks(polygon(shape.coordinates)).features.length, id).toBe(0);
      for (const ring of shape.coordinates) expect(ring.at(-1), id).toEqual(ring[0]);
      expect(signedArea(shape.coordinates[0]!), id).toBeGreaterThan(0);
    }
  });

  it('a few have a pond or a grave inside, wholly within their boundary', () => {
    const holed = fields.filter(field => field.polygon.coordinates.length > 1);
    expect(holed.length / fields.length).toBeGreaterThan(0.005);
    expect(holed.length / fields.length).toBeLessThan(0.03);
    for (const { id, polygon: shape } of holed) {
      const outer = polygon([shape.coordinates[0]!]);
      for (const corner of shape.coordinates[1]!) expect(booleanPointInPolygon(corner, outer, { ignoreBoundary: true }), id).toBe(true);
      expect(signedArea(shape.coordinates[1]!), id).toBeLessThan(0);
    }
  });

  it('each lies in its county', () => {
    const outside = fields.filter(({ county, polygon: shape }) => {
      const outline = plan.outlines.get(county)!;
      return !shape.coordinates[0]!.every(corner => booleanPointInPolygon(corner, outline));
    });
    expect(outside).toEqual([]);
  });

  // A sample keeps the test quick; all 60,000 pairs at 1:20 were seen to be free of overlaps.
  const EVERY = 24;
  it('no two overlap', () => {
    const index = new Flatbush(fields.length);
    for (const { polygon: shape } of fields) index.add(...boxOf(shape));
    index.finish();
    const overlapping: string[] = [];
    for (let i = 0; i < fields.length; i += EVERY)
      for (const k of index.search(...boxOf(fields[i]!.polygon), other => other !== i)) {
        const pair = featureCollection([polygon(fields[i]!.polygon.coordinates), polygon(fields[k]!.polygon.coordinates)]);
        if (intersect(pair)) overlapping.push(`${fields[i]!.id} ${fields[k]!.id}`);
      }
    expect(overlapping).toEqual([]);
  });

  it('the hulls of two towns do not overlap', () => {
    const hulls = [...new Set(fields.map(({ town }) => town))].map(town => {
      const corners = fields.filter(field => field.town === town).flatMap(field => field.polygon.coordinates[0]!);
      return { town, hull: convex(featureCollection(corners.map(corner => point(corner))))! };
    });
    const overlapping = hulls.flatMap((one, i) =>
      hulls
        .slice(i + 1)
        .filter(other => other.town.slice(0, 6) === one.town.slice(0, 6) && intersect(featureCollection([one.hull, other.hull])))
        .map(other => `${one.town} ${other.town}`),
    );
    expect(overlapping).toEqual([]);
  });
});

function boxOf({ coordinates: [ring] }: Polygon): [number, number, number, number] {
  const lngs = ring!.map(([lng]) => lng);
  const lats = ring!.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Positive when counter-clockwise. */
const signedArea = (ring: readonly (readonly [number, number])[]): number =>
  ring.slice(1).reduce((sum, [lng, lat], i) => sum + (ring[i]![0] - lng) * (ring[i]![1] + lat), 0);
