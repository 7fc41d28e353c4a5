import type { UnitNow } from '../../shared/progress.ts';
import type { LngLat } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { nameOf } from '../language/language.ts';
import { centreOf, largestRing, ringsOf } from '../map/rings.ts';
import { percent } from '../state/format.ts';

type Places = RouteOutput<'places'>;
const SIZE = { width: 900, height: 640 };
/** At 34.6° N a degree of longitude is so much shorter than one of latitude. */
const LNG_SCALE = Math.cos((34.6 * Math.PI) / 180);

/** County outlines shaded by what is cut, with the figure written in each: nothing to load, nothing to move. */
export function CountyMap({ places, units }: { places: Places; units: ReadonlyMap<string, UnitNow> }) {
  const counties = places.divisions
    .filter(({ level }) => level === 'county')
    .map(division => ({ division, parts: ringsOf(division.outline) }))
    .filter(({ parts }) => parts.length > 0);
  if (counties.length === 0) return null;
  const all = counties.flatMap(({ parts }) => parts.flat(2));
  const [west, east] = [Math.min(...all.map(([lng]) => lng)), Math.max(...all.map(([lng]) => lng))];
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))];
  const scale = Math.min(SIZE.width / ((east - west) * LNG_SCALE), SIZE.height / (north - south));
  const flat = ([lng, lat]: LngLat): LngLat => [(lng - west) * LNG_SCALE * scale, (north - lat) * scale];
  const pathOf = (parts: LngLat[][][]) =>
    parts
      .flat()
      .map(ring => `M${ring.map(point => flat(point).map(Math.round).join(' ')).join('L')}Z`)
      .join('');
  return (
    <svg
      class="wall__map"
      viewBox={`-10 -10 ${(east - west) * LNG_SCALE * scale + 20} ${(north - south) * scale + 20}`}
      role="img"
      aria-hidden="true"
    >
      {counties.map(({ division, parts }) => {
        const progress = units.get(division.code)?.harvest.progress ?? null;
        return (
          <path
            key={division.code}
            d={pathOf(parts)}
            fill-rule="evenodd"
            class="wall__county"
            style={{ fillOpacity: 0.08 + 0.72 * (progress ?? 0) }}
          />
        );
      })}
      {counties.map(({ division, parts }) => {
        const [x, y] = flat(centreOf(largestRing(parts.map(rings => rings[0]))));
        return (
          <text key={division.code} x={x} y={y} class="wall__label">
            <tspan x={x}>{nameOf(division)}</tspan>
            <tspan x={x} dy="1.15em">
              {percent(units.get(division.code)?.harvest.progress ?? null)}
            </tspan>
          </text>
        );
      })}
    </svg>
  );
}
