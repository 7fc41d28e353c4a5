import { beforeAll, describe, expect, test } from 'vitest';
import type { BulletinDraft, BulletinWeek, IssuedBulletin } from '../../shared/bulletin.ts';
import type { FixRow } from '../../shared/fix.ts';
import { dayStart, seasonOf } from '../../shared/season.ts';
import { ask, at, COUNTY, divisions, field, machine, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from '../stores/connection.ts';
import { RegistryStore } from '../stores/registry.ts';

const hour = (hours: number) => dayStart('2027-06-06') + hours * 3_600_000;
const OTHER_TOWN = '410182101';
const DENGFENG = '410185';
const strip = rectangle(0, 0, 2.5, 100);
/** 100 m × 2.5 m, cut whole at noon: 0.375 mu. */
const cut: FixRow[] = Array.from({ length: 103 }, (_, i) => [i + 1, hour(12) - 110_000 + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);

/** Two counties: one whose towns report, one with a machine that carries a terminal. */
async function smallSeason(): Promise<string> {
  const uri = testDatabase();
  const connection = await connectStores(uri);
  const store = new RegistryStore(connection);
  await store.addDivisions([...divisions, { code: OTHER_TOWN, name: '王村镇', level: 'town', parent: COUNTY, kind: 'statutory' }]);
  const area = (division: string, plantedMu: number, plannedMu: number) => ({ division, plantedMu, plannedMu });
  const areas = [area(TOWN, 100, 90), area(OTHER_TOWN, 200, 180), area('410185100', 10, 8)];
  await store.addPlannedAreas(areas.map(one => ({ ...one, year: 2027, version: 1, at: 0, author: 'test' })));
  await store.addMachines([machine('C1', { division: DENGFENG }), machine('C2', { hasTerminal: false })]);
  await store.addFields([field('F1', strip, { town: '410185100', county: DENGFENG })]);
  await store.putSeason(seasonOf(2027, false));
  await connection.close();
  return uri;
}

describe('the bulletin of 6 June', async () => {
  let now = hour(-8);
  let server: TestApp;
  let clerk: string;
  let dispatcher: string;
  let county: string;
  const report = async (division: string, operation: string, day: string, machineMu: number, handMu: number, more = {}) =>
    expect(await server.send('POST', '/api/v1/reported', { division, operation, day, machineMu, handMu, ...more }, clerk)).toMatchObject({
      status: 200,
    });
  const draft = async () => (await server.get('/api/v1/bulletins/draft?division=410100', dispatcher)).body as BulletinDraft;
  const issue = (more = {}, token = dispatcher) =>
    server.send('POST', '/api/v1/bulletins', { division: '410100', day: '2027-06-06', draftVersion: 1, lastVersion: 0, ...more }, token);

  beforeAll(async () => {
    server = await testApp({ uri: await smallSeason(), now: () => now });
    clerk = await server.token({ role: 'clerk', name: '王统计', division: COUNTY });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    county = await server.token({ role: 'dispatcher', name: '登封调度', division: DENGFENG });
    await report(TOWN, 'harvest', '2027-06-05', 40, 2);
    await report(OTHER_TOWN, 'harvest', '2027-06-05', 100, 0);
    now = hour(16);
    await report(TOWN, 'harvest', '2027-06-06', 60, 3);
    await report(OTHER_TOWN, 'harvest', '2027-06-06', 196, 10, { confirmAbove: true });
    await report(TOWN, 'sow', '2027-06-06', 45, 5);
    const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-bulletin', rows: cut })).toMatchObject({ ok: true });
    await server.app.book.fold.evaluateAll();
  });

  test('before 17:00 shows the day that runs as not final, and is not issued', async () => {
    expect(await draft()).toMatchObject({
      day: '2027-06-06',
      isFinal: false,
      asOf: hour(16),
      cutOff: hour(17),
      reports: { expected: 3, missing: 2 },
    });
    expect(await issue({ draftVersion: 0 })).toMatchObject({ status: 400, body: { problem: { message: /runs until 17:00/ } } });
  });

  test('has figures of both counties and of the city, as computed by hand', async () => {
    now = hour(17.1);
    const { content } = await draft();
    const close = (value: number) => expect.closeTo(value, 3);
    expect(content.total).toEqual({
      code: '410100',
      name: '郑州市',
      level: 'city',
      terminalShare: 0.5,
      machines: { combines: 1, seeders: 0, inRepair: 0 },
      reception: { arrived: 0, departed: 0, present: 0, permits: 0, permitsAll: 0, accidents: 0, trained: 0, overhauled: 0 },
      harvest: {
        areaMu: 310,
        doneMu: close(263.375),
        machineMu: close(250.375),
        // 263.375/310, 250.375/263.375
        progress: expect.closeTo(0.849597, 5),
        machineRate: expect.closeTo(0.950641, 5),
        todayMu: close(121.375),
        todayMeasuredMu: close(0.375),
        measuredMu: close(0.375),
        reportedMachineMu: 256,
        reportedHandMu: 13,
        gapMu: close(-255.625),
        capped: true,
      },
      sow: {
        areaMu: 278,
        doneMu: 50,
        machineMu: 45,
        progress: 50 / 278,
        machineRate: 0.9,
        todayMu: 50,
        todayMeasuredMu: 0,
        measuredMu: 0,
        reportedMachineMu: 45,
        reportedHandMu: 5,
        gapMu: -45,
        capped: false,
      },
    });
    expect(
      content.units.map(({ name, harvest, machines }) => [name, harvest.doneMu, harvest.todayMu, harvest.capped, machines.combines]),
    ).toEqual([
      ['荥阳市', 263, 121, true, 0],
      ['登封市', close(0.375), close(0.375), false, 1],
    ]);
  });

  test('takes remarks as plain text, saved on the version that was seen', async () => {
    const save = (version: number, general: string) =>
      server.send(
        'PUT',
        '/api/v1/bulletins/draft',
        { division: '410100', day: '2027-06-06', version, remarks: { general, units: { [COUNTY]: '=1+1\r\n第二行\u0000' } } },
        dispatcher,
      );
    expect(await save(0, '晴\u202e')).toMatchObject({ status: 200, body: { version: 1, author: '李调度' } });
    expect(await save(0, '另一人')).toMatchObject({ status: 409, body: { problem: { message: /李调度 has saved remarks in between/ } } });
    expect((await draft()).content.remarks).toEqual({ general: '晴', units: { [COUNTY]: '=1+1 第二行' } });
  });

  test('is issued once as version 1, by whoever may, on what was seen', async () => {
    expect(await issue({}, clerk)).toMatchObject({ status: 403 });
    expect(await issue({}, county)).toMatchObject({ status: 403 });
    expect(await issue({ draftVersion: 0 })).toMatchObject({ status: 409 });
    const answers = await Promise.all([issue(), issue()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { content, ...head } = (await server.get('/api/v1/bulletins/410100/2027-06-06/1', dispatcher)).body as IssuedBulletin;
    expect(head).toEqual({
      division: '410100',
      day: '2027-06-06',
      version: 1,
      cutOff: hour(17),
      issuedAt: hour(17.1),
      author: '李调度',
      reason: null,
      changes: [],
      seasonYear: 2027,
      seasonName: '2027 三夏',
      areaSource: '',
      demo: false,
    });
    expect(content).toEqual((await draft()).content);
    expect(await issue({ lastVersion: 1, reason: '再发' })).toMatchObject({
      status: 400,
      body: { problem: { message: /nothing differs/ } },
    });
  });

  test('notices late figures, changes nothing by itself, and is corrected with a reason by a new version that says what changed', async () => {
    expect((await draft()).sinceIssue).toEqual([]);
    await report(TOWN, 'harvest', '2027-06-06', 58, 3, { reason: '重复统计' });
    const change = (code: string, name: string, figure: string, before: number, after: number) => ({
      code,
      name,
      operation: 'harvest',
      figure,
      before,
      after,
    });
    const changes = [
      change('410100', '郑州市', 'doneMu', 263.4, 261.4),
      change('410100', '郑州市', 'machineMu', 250.4, 248.4),
      // 261.375/310, 248.375/261.375
      change('410100', '郑州市', 'progress', 0.8496, 0.8431),
      change('410100', '郑州市', 'machineRate', 0.9506, 0.9503),
      change('410100', '郑州市', 'todayMu', 121.4, 119.4),
      change('410100', '郑州市', 'reportedMachineMu', 256, 254),
      change(COUNTY, '荥阳市', 'doneMu', 263, 261),
      change(COUNTY, '荥阳市', 'machineMu', 250, 248),
      change(COUNTY, '荥阳市', 'progress', 0.8767, 0.87),
      change(COUNTY, '荥阳市', 'machineRate', 0.9506, 0.9502),
      change(COUNTY, '荥阳市', 'todayMu', 121, 119),
      change(COUNTY, '荥阳市', 'reportedMachineMu', 256, 254),
    ];
    expect((await draft()).sinceIssue).toEqual(changes);
    const first = (await server.get('/api/v1/bulletins/410100/2027-06-06/1', dispatcher)).body as IssuedBulletin;
    expect(first.content.units[0].harvest.doneMu).toBe(263);
    expect(await issue({ lastVersion: 1 })).toMatchObject({ status: 400, body: { problem: { message: /a correction says why/ } } });
    expect(await issue({ lastVersion: 1, reason: '高村乡更正' })).toMatchObject({
      status: 200,
      body: { version: 2, reason: '高村乡更正', changes },
    });
    const { bulletins } = (await server.get('/api/v1/bulletins?division=410100', dispatcher)).body as { bulletins: IssuedBulletin[] };
    expect(bulletins.map(({ day, version, reason }) => [day, version, reason])).toEqual([
      ['2027-06-06', 2, '高村乡更正'],
      ['2027-06-06', 1, null],
    ]);
    expect((await draft()).sinceIssue).toEqual([]);
  });

  test('stands in its week: daily amounts by unit', async () => {
    const week = (await server.get('/api/v1/bulletins/week?division=410100&day=2027-06-06', dispatcher)).body as BulletinWeek;
    expect(week.days.map(({ day, issuedVersion }) => [day, issuedVersion])).toEqual([
      ['2027-05-31', null],
      ['2027-06-01', null],
      ['2027-06-02', null],
      ['2027-06-03', null],
      ['2027-06-04', null],
      ['2027-06-05', null],
      ['2027-06-06', 2],
    ]);
    expect(week.units[0]).toEqual({
      code: COUNTY,
      name: '荥阳市',
      harvest: { dailyMu: [0, 0, 0, 0, 0, 142, 119], doneMu: 261, areaMu: 300, progress: 0.87 },
      sow: { dailyMu: [0, 0, 0, 0, 0, 0, 50], doneMu: 50, areaMu: 270, progress: 50 / 270 },
    });
  });

  test('of a county is its own; another county sees none of it', async () => {
    expect(await server.get(`/api/v1/bulletins/draft?division=${COUNTY}`, clerk)).toMatchObject({ status: 200, body: { issued: [] } });
    for (const path of [`draft?division=${COUNTY}`, `week?division=${COUNTY}`, '410100/2027-06-06/1']) {
      expect(await server.get(`/api/v1/bulletins/${path}`, county)).toMatchObject({ status: 403 });
    }
    expect(await server.get('/api/v1/bulletins?division=410100', county)).toMatchObject({ status: 403 });
    expect(await server.get('/api/v1/bulletins/410100/2027-06-06/9', dispatcher)).toMatchObject({ status: 404 });
  });

  test('knows which machines were out also after a restart, and says so when it does not know', async () => {
    await server.app.book.machineDays.flush();
    const again = await testApp({ uri: server.uri, now: () => now });
    expect((await again.app.book.machineDays.countsOn('2027-06-06'))(DENGFENG)).toEqual({ combines: 1, seeders: 0 });
    expect((await again.app.book.machineDays.countsOn('2027-06-01'))(DENGFENG)).toEqual({ combines: null, seeders: null });
    await again.close();
  });
});
