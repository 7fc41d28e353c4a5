import { area as areaOf, featureCollection, intersect, polygon as polygonOf, union } from '@turf/turf';
import { FieldCoverage } from '../../server/domain/coverage.ts';
import type { FieldIndex } from '../../server/domain/field-index.ts';
import { frameAt, metresBetween } from '../../server/domain/local-frame.ts';
import { OutboxFold } from '../../server/domain/outbox-fold.ts';
import type { Fix } from '../../shared/fix.ts';
import { type CutField, WIDTH_M } from './measure-ground.ts';

/** Area found in a field, m²; `swaths` is what it was made of. */
export interface Found {
  areaM2: number;
  swaths: number;
}
export type Method = (field: CutField) => Found;

const harvester = { id: 'machine', implements: [{ from: 0, operation: 'harvest' as const, workingWidthM: WIDTH_M }] };

/** The program's own way: field, work state, swaths, coverage, closing. */
export function asProduct(index: FieldIndex): Method {
  return ({ shape, fixes }) => {
    const fold = new OutboxFold(harvester, 'bench-outbox');
    const coverage = new FieldCoverage(shape);
    for (const fix of fixes) fold.take(fix, { index }, (field, _operation, swath) => field === shape && coverage.add(swath));
    return { areaM2: coverage.result().coveredDm2 / 100, swaths: coverage.swathCount };
  };
}

const workingSteps = (fixes: readonly Fix[]): [Fix, Fix][] =>
  fixes.slice(1).flatMap((fix, i): [Fix, Fix][] => (fixes[i].working === 1 || fix.working === 1 ? [[fixes[i], fix]] : []));

export const distanceTimesWidth: Method = ({ fixes }) => {
  const steps = workingSteps(fixes);
  const metres = steps.reduce((sum, [a, b]) => sum + metresBetween(a.lng, a.lat, b.lng, b.lat), 0);
  return { areaM2: metres * WIDTH_M, swaths: steps.length };
};

function quad([a, b]: [Fix, Fix]) {
  const { metresPerLng, metresPerLat } = frameAt(a.lng, a.lat);
  const [dx, dy] = [(b.lng - a.lng) * metresPerLng, (b.lat - a.lat) * metresPerLat];
  const length = Math.hypot(dx, dy);
  const [east, north] = [((-dy / length) * WIDTH_M) / 2 / metresPerLng, ((dx / length) * WIDTH_M) / 2 / metresPerLat];
  const corner = (fix: Fix, side: number): [number, number] => [fix.lng + side * east, fix.lat + side * north];
  return polygonOf([[corner(a, 1), corner(a, -1), corner(b, -1), corner(b, 1), corner(a, 1)]]);
}
type Quad = ReturnType<typeof quad>;

const quadsOf = ({ fixes }: CutField): Quad[] =>
  workingSteps(fixes)
    .filter(([a, b]) => metresBetween(a.lng, a.lat, b.lng, b.lat) > 0.02)
    .map(quad);

const clipped = (covered: NonNullable<ReturnType<typeof union>>, { shape }: CutField): number => {
  const inside = intersect(featureCollection([covered, polygonOf(shape.polygon.coordinates)]));
  return inside ? areaOf(inside) : 0;
};

/** Polygon union, swath by swath as they come: what a live figure would need. */
export const unionOneByOne: Method = field => {
  const quads = quadsOf(field);
  let covered: ReturnType<typeof union> = quads[0];
  for (const next of quads.slice(1)) covered = union(featureCollection([covered!, next]));
  return { areaM2: clipped(covered!, field), swaths: quads.length };
};

/** Polygon union of all swaths in one call, by the clipper beneath turf. */
export const unionAtOnce: Method = field => {
  const quads = quadsOf(field);
  return { areaM2: clipped(union(featureCollection(quads))!, field), swaths: quads.length };
};
