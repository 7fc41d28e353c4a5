import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Polygon } from '../../shared/registry.ts';
import { boundsOf } from './tiles.ts';

/** Which unit a place lies in; the last answer is asked first, since machines seldom cross a border. */
export class UnitAt {
  private readonly units;

  constructor(outlines: readonly { division: string; polygon: Polygon }[]) {
    this.units = outlines.map(({ division, polygon }) => ({ division, polygon, bounds: boundsOf(polygon) }));
  }

  /** Null outside all of them. */
  find(lng: number, lat: number, last: string | null = null): string | null {
    const asked = last === null ? undefined : this.units.find(unit => unit.division === last);
    if (asked && this.isIn(asked, lng, lat)) return asked.division;
    return this.units.find(unit => unit !== asked && this.isIn(unit, lng, lat))?.division ?? null;
  }

  private isIn({ polygon, bounds: [west, south, east, north] }: (typeof this.units)[number], lng: number, lat: number): boolean {
    return lng >= west && lng <= east && lat >= south && lat <= north && booleanPointInPolygon([lng, lat], polygon);
  }
}
