import type { LngLat } from '../../../shared/registry.ts';
import { metresBetween } from '../../domain/local-frame.ts';
import { tileX, tileY } from '../../domain/tiles.ts';
import type { Registry } from '../registry.ts';

/** Unit and village of a place: those of the nearest field, in the county whose outline holds it. Null: outside of all counties, and no field near. */
export function neighbourOf(registry: Registry, [lng, lat]: LngLat): { town: string | null; county: string; village: string } | null {
  const county = registry.countyAt(lng, lat, null);
  const [x, y] = [tileX(lng), tileY(lat)];
  const near = [-1, 0, 1].flatMap(dx => [-1, 0, 1].flatMap(dy => registry.fieldsOfTile(`${x + dx}/${y + dy}`)));
  let best: { metres: number; town: string; county: string; village: string } | null = null;
  for (const field of near) {
    if (county !== null && field.county !== county) continue;
    const metres = metresBetween(lng, lat, ...registry.centre(field));
    if (best === null || metres < best.metres) best = { metres, town: field.town, county: field.county, village: field.village };
  }
  if (best) return { town: best.town, county: best.county, village: best.village };
  return county === null ? null : { town: null, county, village: '' };
}
