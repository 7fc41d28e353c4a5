import type { LngLat } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { hullOf } from '../domain/hull.ts';
import type { Registry } from './registry.ts';

/** Outlines of city and counties, and of each town the hull of its fields. Kept until a field changes its shape. */
export function placesOf(registry: Registry): RouteOutput<'places'> {
  const held = kept.get(registry);
  if (held?.version === registry.shapeVersion) return held.places;
  const places = build(registry);
  kept.set(registry, { version: registry.shapeVersion, places });
  return places;
}

const kept = new WeakMap<Registry, { version: number; places: RouteOutput<'places'> }>();

function build(registry: Registry): RouteOutput<'places'> {
  const corners = new Map<string, LngLat[]>();
  const counts = new Map<string, number>();
  for (const field of registry.fields.values()) {
    const list = corners.get(field.town);
    const ring = field.shape.polygon.coordinates[0] as LngLat[];
    if (list) list.push(...ring);
    else corners.set(field.town, [...ring]);
    for (const code of registry.chain(field.town)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const outlines = new Map(registry.outlines.map(outline => [outline.division, outline.polygon]));
  return {
    source: registry.outlines[0]?.source ?? '',
    divisions: [...registry.divisions.values()].map(division => ({
      ...division,
      outline: outlines.get(division.code) ?? null,
      hull: hullOf(corners.get(division.code) ?? []),
      fieldCount: counts.get(division.code) ?? 0,
    })),
    stations: registry.stations,
  };
}
