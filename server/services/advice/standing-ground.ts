import type { LngLat, Polygon } from '../../../shared/registry.ts';
import type { Day } from '../../../shared/season.ts';
import { centreOf } from '../../domain/tiles.ts';
import { muOfDm2 } from '../hourly-area.ts';
import { Pace } from '../pace.ts';
import type { ProgressBoard } from '../progress.ts';
import type { Registry } from '../registry.ts';

interface Sum {
  mu: number;
  lng: number;
  lat: number;
}

/** Where the wheat of each county stands, and when it is ripe, from its fields. */
export class StandingGround {
  private readonly ripe = new Map<string, Map<Day, number>>();
  private readonly standing = new Map<string, Sum>();
  private readonly all = new Map<string, Sum>();

  private constructor(private readonly registry: Registry) {}

  /** One pass over all fields, with pauses in which others are served. */
  static async read(registry: Registry, board: ProgressBoard): Promise<StandingGround> {
    const ground = new StandingGround(registry);
    const pace = new Pace();
    const usual = registry.season?.firstDay.harvest ?? '';
    for (const [id, field] of registry.fields) {
      const stage = board.stageOfField(id);
      const [lng, lat] = centreOf(field.shape.polygon);
      const mu = muOfDm2(field.areaDm2);
      add(ground.all, field.county, { mu, lng, lat });
      if (stage === 'standing' || stage === 'harvesting') {
        add(ground.standing, field.county, { mu, lng, lat });
        const days = ground.ripe.get(field.county) ?? new Map<Day, number>();
        const day = field.ripeDate ?? usual;
        ground.ripe.set(field.county, days.set(day, (days.get(day) ?? 0) + mu));
      }
      await pace.breathe();
    }
    return ground;
  }

  /** Area of the fields of a county that stand, by the day on which they are ripe. */
  standingOf = (county: string): ReadonlyMap<Day, number> => this.ripe.get(county) ?? new Map<Day, number>();

  /** The middle of a county's standing wheat, else of its fields, else of its outline; null: nobody knows where it lies. */
  placeOf(county: string): { lng: number; lat: number } | null {
    const sum = this.standing.get(county) ?? this.all.get(county);
    if (sum && sum.mu > 0) return { lng: sum.lng / sum.mu, lat: sum.lat / sum.mu };
    const outline = this.registry.outlines.find(({ division }) => division === county);
    return outline ? middle(outline.polygon) : null;
  }
}

function add(sums: Map<string, Sum>, key: string, { mu, lng, lat }: Sum): void {
  const sum = sums.get(key) ?? { mu: 0, lng: 0, lat: 0 };
  sum.mu += mu;
  sum.lng += mu * lng;
  sum.lat += mu * lat;
  sums.set(key, sum);
}

function middle({ coordinates }: Polygon): { lng: number; lat: number } {
  const ring = coordinates[0] as LngLat[];
  const mid = (of: (point: LngLat) => number) => (Math.min(...ring.map(of)) + Math.max(...ring.map(of))) / 2;
  return { lng: mid(([lng]) => lng), lat: mid(([, lat]) => lat) };
}
