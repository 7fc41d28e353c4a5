import type { Station } from '../../shared/registry.ts';
import { apportion } from './apportion.ts';
import type { SettledCounty } from './growth.ts';

/** Service and reception stations of the city (founding text of May 2021). */
const STATIONS = 48;

/** Every county with fields has one; the rest go by what is planted, first to the towns that plant most. They stand in a village. */
export function demoStations(counties: readonly SettledCounty[], plantedMu: ReadonlyMap<string, number>): Station[] {
  const planted = (town: { code: string }): number => plantedMu.get(town.code) ?? 0;
  const extra = counties.map(county => county.towns.slice(1).reduce((sum, town) => sum + planted(town), 0));
  const counts = apportion(STATIONS - counties.length, extra).map(count => count + 1);
  return counties
    .flatMap((county, i) =>
      [...county.towns]
        .sort((a, b) => planted(b) - planted(a))
        .slice(0, counts[i])
        .map(town => ({ town, plane: county.ground.plane })),
    )
    .map(({ town, plane }, i) => ({
      id: `Z${String(i + 1).padStart(2, '0')}`,
      name: `${town.name}三夏服务站`,
      division: town.code,
      location: plane.toLngLat(town.villages[0]!.centre),
    }));
}
