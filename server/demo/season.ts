import { DEMO_SCALE, demoSeason } from '../../seed/season/demo-season.ts';
import { demoRain } from '../../seed/season/weather.ts';
import { dayStart } from '../../shared/season.ts';
import { SeasonClock } from '../services/season-clock.ts';
import { loadSeason } from '../services/season-load.ts';
import { type Connection, type MadeFrom, readMark } from '../stores/connection.ts';
import { RainStore } from '../stores/rain.ts';
import { RegistryStore } from '../stores/registry.ts';
import { enterReception } from './reception.ts';
import { enterStations } from './stations.ts';

export const DEMO_SEED = 1;
/** 4 June, 05:30. */
const START = { day: '06-04', hours: 5.5 };

/** The coming June: this year's until its demonstration day has passed. */
export function comingJune(now: number): number {
  const year = new Date(now).getUTCFullYear();
  return now < dayStart(`${year}-${START.day}`) ? year : year + 1;
}

const startOf = (year: number): number => dayStart(`${year}-${START.day}`) + START.hours * 3_600_000;

/** The demonstration plays until the day after the sowing deadline has begun. */
export const END_OF_SEASON = (year: number): number => dayStart(`${year}-06-26`);

/** What the season in this database is made from. */
export async function madeFrom(connection: Connection): Promise<MadeFrom> {
  return (await readMark(connection))?.madeFrom ?? { scale: DEMO_SCALE, seed: DEMO_SEED };
}

/** Loads the demonstration season unless it is there; one whose loading was cut off is loaded again from the start. */
export async function loadDemoSeason(connection: Connection, step: (what: string) => void): Promise<void> {
  const store = new RegistryStore(connection);
  if (await store.season()) return;
  step('making the demonstration season');
  let told = 0;
  await makeDemoSeason(connection, (done, of) => {
    const percent = Math.floor((100 * done) / of);
    if (percent >= told + 20 || done === of) step(`loading the demonstration season: ${percent} % of ${of} fields`);
    told = percent - (percent % 20);
  });
}

/** Makes the season that the database is marked for. `progress` is told the fields loaded, and how many there are. */
export async function makeDemoSeason(connection: Connection, progress: (done: number, of: number) => void): Promise<void> {
  const store = new RegistryStore(connection);
  await store.clear();
  await store.prepare();
  const plan = demoSeason({ year: comingJune(Date.now()), ...(await madeFrom(connection)) });
  await enterRain(connection, plan);
  await loadSeason(store, plan, progress);
  await enterReception(connection, store, startOf(plan.season.year));
  await enterStations(connection, store, { startsAt: startOf(plan.season.year), seed: DEMO_SEED });
}

/** The invented outlook, before the season is there: a season that is there is whole. */
async function enterRain(connection: Connection, { season, divisions }: ReturnType<typeof demoSeason>): Promise<void> {
  const rain = new RainStore(connection);
  await rain.clear();
  await rain.prepare();
  const city = divisions.find(({ level }) => level === 'city');
  if (!city) return;
  const rows = demoRain(season.year, city.code, new Set(divisions.map(({ code }) => code)));
  await rain.add(rows.map(({ division, day, rainMm, at, author }) => ({ division, day, word: { rainMm, at, author } })));
}

/** Goes on where the last run stopped; the time in between does not pass in the season. */
export async function demoClock(connection: Connection, speed: number): Promise<SeasonClock> {
  const store = new RegistryStore(connection);
  const [stored, season] = [await store.clockLine(), await store.season()];
  const seasonAt = stored?.seasonAt ?? startOf(season!.year);
  return new SeasonClock({ seasonAt, wallAt: Date.now(), speed: stored?.speed === 0 ? 0 : speed }, Date.now, speed);
}
