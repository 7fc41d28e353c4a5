import type { Polygon } from '../../shared/registry.ts';

interface Standing {
  id: string;
  version: number;
  polygon: Polygon;
}
/** A boundary under the hand: of a field or a candidate field that is there, or of a new one of a town. */
export type Outlining = ({ kind: 'edit' | 'candidate' } & Standing) | { kind: 'new'; town: string };
/** A field that is being cut in two, or joined with another. */
export type Regroup = { kind: 'split' | 'merge' } & Standing;
/** What is going on on the map. */
export type Drawing = Outlining | Regroup;

export const isRegroup = (drawing: Drawing): drawing is Regroup => drawing.kind === 'split' || drawing.kind === 'merge';

const M_PER_DEGREE = 111_195;

/** Area on the plane through the field's own latitude, mu: for the eye while drawing; what counts is worked out by the server. */
export function roughAreaMu({ coordinates }: Polygon): number {
  const latitude = (coordinates[0][0][1] * Math.PI) / 180;
  const rings = coordinates.map(ring => Math.abs(ringM2(ring, Math.cos(latitude))));
  return (rings.slice(1).reduce((area, hole) => area - hole, rings[0]) * 3) / 2000;
}

function ringM2(ring: Polygon['coordinates'][number], shrink: number): number {
  let doubled = 0;
  for (let i = 0; i + 1 < ring.length; i++) doubled += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return (doubled / 2) * shrink * M_PER_DEGREE ** 2;
}
