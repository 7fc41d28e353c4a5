import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, expect } from 'vitest';
import { type Actor, actor } from '../shared/permissions.ts';
import type { Division, Field, FieldInput, LngLat, Machine, Station } from '../shared/registry.ts';
import { dayStart, seasonOf } from '../shared/season.ts';
import { muOfM2 } from '../shared/units.ts';
import { type App, createApp } from './app.ts';
import { emptyDatabase } from './database/test-database.ts';
import { areaM2Of } from './domain/polygon-check.ts';
import { silentLog } from './services/log.ts';
import { SeasonClock } from './services/season-clock.ts';
import { connectStores } from './stores/connection.ts';
import { RegistryStore } from './stores/registry.ts';

/** 6 June 2027, 12:00 in Zhengzhou. */
export const NOON = dayStart('2027-06-06') + 12 * 3_600_000;
const CITY = '410100';
export const COUNTY = '410182';
export const TOWN = '410182100';

const M_PER_LAT = 110_923;
const M_PER_LNG = 91_616;
/** Metres east and north of a place near Xingyang, as degrees. */
export const at = (east: number, north: number): LngLat => [113.4 + east / M_PER_LNG, 34.7 + north / M_PER_LAT];
export const rectangle = (east: number, north: number, width: number, height: number): FieldInput['polygon'] => ({
  type: 'Polygon',
  coordinates: [[at(east, north), at(east + width, north), at(east + width, north + height), at(east, north + height), at(east, north)]],
});

const division = (code: string, level: Division['level'], parent: string | null, name: string): Division => ({
  code,
  name,
  level,
  parent,
  kind: 'statutory',
});
export const divisions: Division[] = [
  division(CITY, 'city', null, '郑州市'),
  division(COUNTY, 'county', CITY, '荥阳市'),
  division(TOWN, 'town', COUNTY, '高村乡'),
  division('410185', 'county', CITY, '登封市'),
  division('410185100', 'town', '410185', '大金店镇'),
];
export const field = (id: string, polygon: FieldInput['polygon'], over: Partial<Field> = {}): Field => ({
  id,
  polygon,
  town: TOWN,
  county: COUNTY,
  village: '官峪村',
  crop: 'wheat',
  ripeDate: null,
  areaMu: muOfM2(areaM2Of(polygon)),
  version: 1,
  reportedHarvested: null,
  ...over,
});
export const machine = (id: string, over: Partial<Machine> = {}): Machine => ({
  id,
  kind: 'combine',
  plate: `豫A·${id}`,
  drive: 'wheeled',
  origin: 'home',
  division: COUNTY,
  operatorName: `机手 ${id}`,
  operatorPhone: '',
  hasTerminal: true,
  implements: [{ from: 0, operation: 'harvest', workingWidthM: 2.5 }],
  ...over,
});

/** A service station so many metres east and north of the place near Xingyang. */
export const station = (id: string, east: number, north: number, over: Partial<Station> = {}): Station => ({
  id,
  name: `${id}三夏服务站`,
  division: TOWN,
  location: at(east, north),
  ...over,
});

export interface TestApp {
  app: App;
  url: string;
  uri: string;
  /** A device's or page's socket, connected. */
  connect(token: string | null, options?: { cookie?: string; origin?: string }): Promise<Socket>;
  token(who: Partial<Actor> & Pick<Actor, 'role'>): Promise<string>;
  get(path: string, token?: string): Promise<{ status: number; body: never }>;
  send(
    method: string,
    path: string,
    body: unknown,
    token?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never; cookie: string | null }>;
  close(): Promise<void>;
}

/** Those not ended yet, with their file. */
const running = new Map<() => Promise<void>, string | undefined>();

/** What a test opens in its course is not ended by a hook (none is heard that is set there), but before the next file writes. */
async function endThoseOfEarlierFiles(): Promise<void> {
  const file = expect.getState().testPath;
  for (const [end, of] of running) if (of !== file) await end();
}

/** A whole server on a database of its own: a small season, noon of 6 June; ended after the file. */
export async function testApp(
  season: {
    fields?: Field[];
    machines?: Machine[];
    stations?: Station[];
    empty?: boolean;
    uri?: string;
    demo?: boolean;
    now?: () => number;
    /** Both clocks are the computer's, as outside the demonstration. */
    realClock?: boolean;
    /** The wall clock; sessions, codes and locks go by it. */
    wall?: () => number;
    pages?: string;
    trustProxy?: number;
    publicUrl?: string;
    secure?: boolean;
    /** Made all the time, as in the program, and not only when they are asked for. */
    forecasts?: boolean;
  } = {},
): Promise<TestApp> {
  await endThoseOfEarlierFiles();
  const uri = season.uri ?? (await emptyDatabase());
  const connection = await connectStores(uri);
  const store = new RegistryStore(connection);
  if (!season.uri && !season.empty) {
    await store.addDivisions(divisions);
    await store.addPlannedAreas([{ division: TOWN, year: 2027, version: 1, plantedMu: 100, plannedMu: 90, at: 0, author: 'test' }]);
    await store.addMachines(season.machines ?? [machine('C1'), machine('C2')]);
    await store.addStations(season.stations ?? []);
    await store.addFields(season.fields ?? []);
    await store.putSeason(seasonOf(2027, season.demo ?? false));
  }
  const http = createServer();
  // The season stands still at noon, or goes as the test says; the wall clock goes on.
  const standing = new SeasonClock({ seasonAt: NOON, wallAt: Date.now(), speed: 0 }, season.wall ?? Date.now);
  const clock = season.realClock ? SeasonClock.real(season.wall ?? Date.now) : standing;
  if (season.now) clock.season = season.now;
  const app = await createApp({
    http,
    connection,
    clock,
    log: silentLog,
    demo: season.demo ?? false,
    oneClick: true,
    onLoopback: true,
    publicUrl: season.publicUrl ?? null,
    secure: season.secure ?? false,
    tiles: null,
    metricsToken: null,
    trustProxy: season.trustProxy ?? null,
    pages: season.pages ?? null,
    newDemoSeason: null,
    reopen: null,
    watchedFolder: null,
    forecastsOnDemand: season.forecasts !== true,
  });
  http.on('request', app.express);
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const sockets: Socket[] = [];
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    running.delete(close);
    for (const socket of sockets) socket.disconnect();
    await app.close();
    http.close();
    await connection.close();
  };
  running.set(close, expect.getState().testPath);
  afterAll(close);
  const send: TestApp['send'] = async (method, path, body, token, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never, cookie: response.headers.get('set-cookie') };
  };
  return {
    app,
    url,
    uri,
    close,
    send,
    connect: (token, { cookie, origin } = {}) => {
      const extraHeaders = { ...(cookie && { Cookie: cookie }), ...(origin && { Origin: origin }) };
      const socket = io(url, {
        transports: ['websocket'],
        auth: token === null ? {} : { token },
        extraHeaders,
        reconnection: false,
        forceNew: true,
      });
      sockets.push(socket);
      return new Promise((resolve, reject) => socket.once('connect', () => resolve(socket)).once('connect_error', reject));
    },
    token: who => app.book.credentials.newToken(actor({ name: 'test', ...who })),
    get: (path, token) => send('GET', path, undefined, token),
  };
}

/** A request over the socket, answered within two seconds. */
export const ask = (socket: Socket, name: string, input: unknown): Promise<never> =>
  socket.timeout(2000).emitWithAck(name, input) as Promise<never>;
