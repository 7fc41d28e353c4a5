import type { Division } from '../../shared/registry.ts';
import { addDays, type Day } from '../../shared/season.ts';
import { CITY, type Facts } from './facts.ts';

/**
 * The zones among the bulletins' reporting units, with the names used there. 郑东新区 has no code of its own in the official list and
 * gets one here. They have no outline and no fields in the demonstration.
 */
export const ZONES = [
  { code: '410173', name: '航空港区', nameEn: 'Airport Economy Zone' },
  { code: '4101ZD', name: '郑东新区', nameEn: 'Zhengdong New District' },
  { code: '410171', name: '经开区', nameEn: 'Economic Development Zone' },
  { code: '410172', name: '高新区', nameEn: 'High-tech Zone' },
] as const;

/** Corn follows the first wheat by so many days. */
const SOWING_FOLLOWS_DAYS = 2;

/** City, counties and zones, towns; `firstRipe` gives towns and counties with fields their own first day. */
export function divisionsOf(facts: Facts, firstRipe: ReadonlyMap<string, Day>): Division[] {
  const dated = (code: string): Pick<Division, 'firstDay'> => {
    const harvest = firstRipe.get(code);
    return harvest ? { firstDay: { harvest, sow: addDays(harvest, SOWING_FOLLOWS_DAYS) } } : {};
  };
  const statutory = facts.outlines.map(({ code, name, nameEn }): Division => {
    const isCity = code === CITY;
    return { code, name, nameEn, level: isCity ? 'city' : 'county', parent: isCity ? null : CITY, kind: 'statutory', ...dated(code) };
  });
  const zones = ZONES.map((zone): Division => ({ ...zone, level: 'county', parent: CITY, kind: 'zone' }));
  const towns = facts.towns.map(
    ({ code, name, county }): Division => ({ code, name, level: 'town', parent: county, kind: 'statutory', ...dated(code) }),
  );
  return [...statutory, ...zones, ...towns];
}
