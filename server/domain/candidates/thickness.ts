import type { Polygon } from '../../../shared/registry.ts';
import { metresBetween } from '../local-frame.ts';
import { areaM2Of } from '../polygon-check.ts';

/** Twice the area by the perimeter, whatever lies open inside: of a long strip its width, of a square half its side. */
export function thicknessM({ coordinates: [ring] }: Polygon): number {
  let perimeterM = 0;
  for (let i = 1; i < ring.length; i++) perimeterM += metresBetween(...ring[i - 1], ...ring[i]);
  return (2 * areaM2Of({ type: 'Polygon', coordinates: [ring] })) / perimeterM;
}
