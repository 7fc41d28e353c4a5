import { beforeAll, describe, expect, test } from 'vitest';
import type { RouteOutput } from '../../shared/rest.ts';
import { dayStart } from '../../shared/season.ts';
import { ask, at, COUNTY, field, machine, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';

const HOUR = 3_600_000;
const NOON = dayStart('2027-06-06') + 12 * HOUR;
const CITY = '410100';

describe('rain', () => {
  let server: TestApp;
  let city: string;
  let county: string;
  const rain = async (token: string) =>
    (await server.get('/api/v1/rain?from=2027-06-06&days=3', token)).body as unknown as RouteOutput<'rain'>;
  const put = (rows: object[], token: string) => server.send('PUT', '/api/v1/rain', { rows }, token);

  beforeAll(async () => {
    server = await testApp();
    city = await server.token({ role: 'dispatcher', name: '李调度', division: CITY });
    county = await server.token({ role: 'dispatcher', name: '荥阳调度', division: COUNTY });
  });

  test('is typed in for a unit and day; a unit without its own has its county’s, else the city’s', async () => {
    expect((await put([{ division: CITY, day: '2027-06-08', rainMm: 12 }], city)).body).toEqual({ changed: 1 });
    expect((await put([{ division: COUNTY, day: '2027-06-08', rainMm: 30.5 }], county)).body).toEqual({ changed: 1 });
    const { rain: book } = server.app.book;
    expect([book.of(TOWN, '2027-06-08')?.rainMm, book.of('410185100', '2027-06-08')?.rainMm, book.of(TOWN, '2027-06-07')]).toEqual([
      30.5,
      12,
      null,
    ]);
    const shown = await rain(county);
    expect(shown).toEqual({
      today: '2027-06-06',
      days: ['2027-06-06', '2027-06-07', '2027-06-08'],
      units: [
        {
          division: CITY,
          name: '郑州市',
          mayWrite: false,
          rain: [null, null, { division: CITY, day: '2027-06-08', rainMm: 12, at: NOON, author: '李调度' }],
        },
        {
          division: COUNTY,
          name: '荥阳市',
          mayWrite: true,
          rain: [null, null, { division: COUNTY, day: '2027-06-08', rainMm: 30.5, at: NOON, author: '荥阳调度' }],
        },
      ],
    });
  });

  test('the same again is no change; null takes an entry back', async () => {
    expect((await put([{ division: COUNTY, day: '2027-06-08', rainMm: 30.5 }], county)).body).toEqual({ changed: 0 });
    expect((await put([{ division: COUNTY, day: '2027-06-08', rainMm: null }], county)).body).toEqual({ changed: 1 });
    expect(server.app.book.rain.of(TOWN, '2027-06-08')?.rainMm).toBe(12);
  });

  test('of another county nobody writes, and one row that may not be written refuses them all', async () => {
    const rows = [
      { division: COUNTY, day: '2027-06-09', rainMm: 5 },
      { division: '410185', day: '2027-06-09', rainMm: 5 },
    ];
    expect((await put(rows, county)).status).toBe(403);
    expect((await rain(city)).units[1].rain).toEqual([null, null, null]);
    expect((await put([{ division: CITY, day: '2026-06-09', rainMm: 5 }], city)).body).toMatchObject({
      problem: { code: 'invalid', message: "day: 2026-06-09 is not of this season's year" },
    });
    expect((await put([{ division: CITY, day: '2027-06-09', rainMm: -1 }], city)).status).toBe(400);
  });

  test('every change is in the audit trail, with what stood there before', async () => {
    const administrator = await server.token({ role: 'administrator', name: '管理员' });
    const { body } = await server.get('/api/v1/audit?action=putRain', administrator);
    const objects = JSON.stringify(body);
    expect(objects).toContain('"object":"rain:410182:2027-06-08","before":30.5,"after":null');
  });
});

describe('forecasts', () => {
  let server: TestApp;
  let now = NOON;
  let viewer: string;
  let clerk: string;
  const forecastOf = async (division: string, operation = 'harvest') =>
    (await server.get(`/api/v1/forecasts?division=${division}&operation=${operation}`, viewer)).body as unknown as RouteOutput<'forecast'>;

  beforeAll(async () => {
    server = await testApp({
      now: () => now,
      fields: [field('F1', rectangle(0, 0, 2.5, 100)), field('F2', rectangle(50, 0, 20, 100))],
      machines: [machine('C1'), machine('C2'), machine('C3', { division: '410185' })],
    });
    viewer = await server.token({ role: 'viewer', name: '看客' });
    clerk = await server.token({ role: 'clerk', name: '王统计', division: COUNTY });
  });

  test('a county in which no day is known is told so, one without area too', async () => {
    expect((await forecastOf(COUNTY)).forecast).toMatchObject({ state: 'noData', chanceInTime: null, finish: { p50: null } });
    expect((await forecastOf('410185')).forecast).toMatchObject({ state: 'noArea', chanceInTime: null });
  });

  test('the series holds what was reported and the machines that were out, with how much of the day is over', async () => {
    const report = (day: string, machineMu: number) =>
      server.send('POST', '/api/v1/reported', { division: TOWN, operation: 'harvest', day, machineMu, handMu: 0 }, clerk);
    expect((await report('2027-06-05', 30)).status).toBe(200);
    for (const id of ['C1', 'C2']) {
      const device = await server.connect(await server.token({ role: 'device', machine: id }));
      const rows = [[1, NOON - 2 * HOUR, ...at(10, 10), 4, 0, 1, 2.5, 0]];
      expect(await ask(device, 'fix:report', { v: 1, outbox: `outbox-${id}`, rows })).toMatchObject({ ok: true });
    }
    const { series } = await forecastOf(COUNTY);
    expect(series).toEqual({
      operation: 'harvest',
      totalMu: 100,
      deadline: '2027-06-12',
      asOf: '2027-06-06',
      days: [
        // Before the first fix of all: only where the work stood.
        { date: '2027-06-05', doneMu: 30, machines: null, rainMm: null, share: 0 },
        // Watched from 10:00 to 12:00, of the 14.5 workable hours between two cut-offs.
        { date: '2027-06-06', doneMu: 30, machines: 2, rainMm: null, share: 0.138 },
      ],
      outlook: [],
      firstDay: '2027-05-28',
      // From 12:00 to 17:00.
      dayLeft: 0.345,
    });
  });

  test('what is measured after the day of a report is added to it, until the next one comes', async () => {
    // F1 is 2.5 m × 100 m: 0.375 mu, beside the 30 mu reported the day before.
    const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
    const rows = Array.from({ length: 103 }, (_, i) => [i + 1, NOON - HOUR + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-work', rows })).toMatchObject({ ok: true });
    await server.app.book.fold.evaluateAll();
    expect(server.app.book.board.doneKnownBy(COUNTY, 'harvest', { day: '2027-06-06', knownBy: NOON })).toBeCloseTo(30.375, 2);
    expect(server.app.book.board.standingOn(COUNTY, 'harvest', '2027-06-06').headline.headlineMu).toBe(30);
  });

  test('a machine in repair is not counted as out', async () => {
    const administrator = await server.token({ role: 'administrator', name: '管理员' });
    const repair = {
      id: '00000000-0000-4000-8000-000000000001',
      machine: 'C2',
      plate: '',
      station: null,
      fault: 'engine',
      note: '',
      parts: '',
    };
    const times = { lngLat: null, calledAt: NOON - HOUR, startedAt: null, finishedAt: null };
    const logged = await server.send('POST', '/api/v1/repairs', { ...repair, ...times }, administrator);
    expect(logged.status).toBe(200);
    expect((await forecastOf(COUNTY)).series.days.at(-1)?.machines).toBe(1);
  });

  test('rain goes into the days that are known and into the outlook', async () => {
    const dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: CITY });
    const rows = [
      { division: CITY, day: '2027-06-05', rainMm: 3 },
      { division: CITY, day: '2027-06-06', rainMm: 0 },
      { division: COUNTY, day: '2027-06-08', rainMm: 25 },
    ];
    await server.send('PUT', '/api/v1/rain', { rows }, dispatcher);
    const { series, forecast } = await forecastOf(COUNTY);
    expect([series.days.map(({ rainMm }) => rainMm), series.outlook]).toEqual([
      [3, 0],
      [
        { date: '2027-06-06', rainMm: 0 },
        { date: '2027-06-08', rainMm: 25 },
      ],
    ]);
    expect(forecast.state).toBe('running');
    expect(forecast.terms).toMatchObject({ remainingMu: 69.6, machinesNow: 1, priorFrom: null, priorMuPerMachineDay: { p50: 38 } });
  });

  test('the city learns from its machines, and the county begins with what it learned', async () => {
    now = dayStart('2027-06-06') + 16 * HOUR;
    const report = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 50, handMu: 0 };
    expect((await server.send('POST', '/api/v1/reported', report, clerk)).status).toBe(200);
    expect((await forecastOf(CITY)).forecast.terms?.priorFrom).toBe(null);
    expect((await forecastOf(COUNTY)).forecast.terms?.priorFrom).toBe(CITY);
  });

  test('a past day is replayed from what was known at its end: a report that came later is not in it', async () => {
    now = dayStart('2027-06-07') + 9 * HOUR;
    const corrected = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 55, handMu: 0 };
    expect((await server.send('POST', '/api/v1/reported', corrected, clerk)).status).toBe(200);
    const replay = (day: string) => server.get(`/api/v1/forecasts/replay?division=${COUNTY}&day=${day}`, viewer);
    const answer = (await replay('2027-06-06')).body as unknown as RouteOutput<'replay'>;
    expect(answer.series.days.map(({ date, doneMu }) => [date, doneMu])).toEqual([
      ['2027-06-05', 30],
      ['2027-06-06', 50],
    ]);
    expect(answer.came).toEqual([]);

    expect(((await replay('2027-06-05')).body as unknown as RouteOutput<'replay'>).came).toEqual([{ date: '2027-06-06', doneMu: 55 }]);
    expect((await replay('2027-06-07')).body).toMatchObject({
      problem: { code: 'invalid', message: 'day: 2027-06-07 is not over; replay a day before 2027-06-07' },
    });
  });

  test('after midnight the bulletin’s day still runs; after 17:00 the next one begins with the machines of the last', async () => {
    now = dayStart('2027-06-08');
    expect((await forecastOf(COUNTY)).series.asOf).toBe('2027-06-08');
    now = dayStart('2027-06-07') + 17 * HOUR + 60_000;
    const { series } = await forecastOf(COUNTY);
    expect([series.asOf, series.days.at(-1)?.share]).toEqual(['2027-06-08', 0.001]);
  });

  test('when the deadline has passed it says so, and still when it will be through', async () => {
    now = dayStart('2027-06-14');
    const { forecast } = await forecastOf(COUNTY);
    expect(forecast.state === 'overdue' || forecast.state === 'noMachines').toBe(true);
    expect(forecast.chanceInTime).toBe(0);
  });

  test('before the first day nothing is expected', async () => {
    now = dayStart('2027-05-20');
    expect((await forecastOf(COUNTY, 'sow')).forecast).toMatchObject({
      state: 'notBegun',
      notes: [{ code: 'notBegun', values: { day: '2027-05-30' } }],
    });
  });
});

describe('before the rain, and after the harvest', () => {
  let server: TestApp;
  let viewer: string;
  beforeAll(async () => {
    server = await testApp({
      fields: [
        field('F1', rectangle(0, 0, 20, 100), { ripeDate: '2027-06-05' }),
        field('F2', rectangle(50, 0, 40, 100), { ripeDate: '2027-06-08' }),
        field('F3', rectangle(100, 0, 20, 100), { ripeDate: '2027-06-20' }),
        field('F4', rectangle(150, 0, 20, 100)),
        field('F5', rectangle(200, 0, 20, 100), { reportedHarvested: { at: NOON - 60 * HOUR, author: '王统计' } }),
        field('F6', rectangle(250, 0, 20, 100), { reportedHarvested: { at: NOON - 10 * HOUR, author: '王统计' } }),
      ],
    });
    viewer = await server.token({ role: 'viewer', name: '看客' });
    const dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: CITY });
    const rows = [
      { division: CITY, day: '2027-06-07', rainMm: 2 },
      { division: CITY, day: '2027-06-08', rainMm: 12 },
      { division: CITY, day: '2027-06-09', rainMm: 18 },
    ];
    await server.send('PUT', '/api/v1/rain', { rows }, dispatcher);
  });

  test('ripe fields that stand are listed, the ripest first, with how long machines wait afterwards', async () => {
    const { units, fields, total } = (await server.get(`/api/v1/forecasts/before-rain?division=${COUNTY}`, viewer))
      .body as unknown as RouteOutput<'beforeRain'>;
    expect(fields.map(row => [row.field, row.rainDay, row.openMu])).toEqual([
      ['F4', '2027-06-08', expect.closeTo(3, 1)],
      ['F1', '2027-06-08', expect.closeTo(3, 1)],
      ['F2', '2027-06-08', expect.closeTo(6, 1)],
    ]);
    expect(total).toBe(3);
    expect(units).toEqual([
      {
        division: COUNTY,
        name: '荥阳市',
        rainDay: '2027-06-08',
        rainMm: 30,
        ripeMu: expect.closeTo(12, 1),
        canCutMu: null,
        wheeledWaitH: 54,
        trackedWaitH: 31,
      },
    ]);
  });

  test('without rain ahead nothing is urgent', async () => {
    const dispatcher = await server.token({ role: 'dispatcher', name: '登封调度', division: '410185' });
    const rows = ['2027-06-07', '2027-06-08', '2027-06-09'].map(day => ({ division: '410185', day, rainMm: 0 }));
    await server.send('PUT', '/api/v1/rain', { rows }, dispatcher);
    const { body } = await server.get('/api/v1/forecasts/before-rain?division=410185', viewer);
    expect(body).toMatchObject({ units: [], fields: [], total: 0 });
  });

  test('what is cut and not sown waits, and after 48 hours is late', async () => {
    const chain = (await server.get(`/api/v1/chain?division=${COUNTY}`, viewer)).body as unknown as RouteOutput<'chain'>;
    expect(chain).toMatchObject({
      waiting: { fields: 2, mu: expect.closeTo(6, 1) },
      late: { fields: 1, mu: expect.closeTo(3, 1) },
      medianHours: null,
    });
    expect(chain.seeders.map(({ day, needed, present }) => [day, needed, present])).toEqual([
      ['2027-06-06', null, 0],
      ['2027-06-07', null, 0],
      ['2027-06-08', null, 0],
    ]);
    const late = (await server.get(`/api/v1/chain/fields?division=${COUNTY}&late=true`, viewer))
      .body as unknown as RouteOutput<'chainFields'>;
    expect([late.total, late.fields.map(({ field: id, hours, sowingAt }) => [id, hours, sowingAt])]).toEqual([1, [['F5', 60, null]]]);
  });
});
