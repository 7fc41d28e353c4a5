import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../shared/permissions.ts';
import type { RepairLog, RepairShown } from '../../shared/repair.ts';
import { ask, at, COUNTY, machine, NOON, station, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { connectStores } from '../stores/connection.ts';

const MINUTE = 60_000;
let server: TestApp;
let tokens: Record<'operator1' | 'operator2' | 'east' | 'north' | 'county' | 'otherCounty' | 'administrator' | 'viewer' | 'clerk', string>;

beforeAll(async () => {
  const machines = [machine('C1'), machine('C2'), machine('C3', { division: '410185', plate: '豫A·C3' })];
  const stations = [
    station('east', 3000, 0),
    station('north', 0, 9000),
    station('far', 0, 0, { division: '410185100', location: [113.1, 34.4] }),
  ];
  server = await testApp({ machines, stations });
  const token = (who: Partial<Actor> & Pick<Actor, 'role'>) => server.token(who);
  tokens = {
    operator1: await token({ role: 'operator', machine: 'C1', name: '机手一' }),
    operator2: await token({ role: 'operator', machine: 'C2' }),
    east: await token({ role: 'station', station: 'east', name: '东站' }),
    north: await token({ role: 'station', station: 'north' }),
    county: await token({ role: 'dispatcher', division: COUNTY }),
    otherCounty: await token({ role: 'dispatcher', division: '410185' }),
    administrator: await token({ role: 'administrator' }),
    viewer: await token({ role: 'viewer' }),
    clerk: await token({ role: 'clerk', division: COUNTY }),
  };
});

const send = async (method: string, path: string, body: unknown, token: string) => {
  const { status, body: answer } = await server.send(method, `/api/v1${path}`, body, token);
  return { status, body: answer as RepairShown & { problem: { code: string; message: string } } };
};
const call = (token: string, over: object = {}) =>
  send('POST', '/repairs/call', { id: randomUUID(), fault: 'engine', note: '冒黑烟', lngLat: at(100, 0), calledAt: NOON, ...over }, token);
/** Of a machine on no list, another one each time: a machine has one repair at a time. */
const logged = (over: Partial<RepairLog> = {}): RepairLog => ({
  id: randomUUID(),
  machine: null,
  plate: `鲁P·${randomUUID().slice(0, 8)}`,
  station: 'east',
  fault: 'header',
  note: '',
  parts: '',
  lngLat: null,
  calledAt: NOON,
  startedAt: null,
  finishedAt: null,
  ...over,
});
const log = (token: string, over: Partial<RepairLog> = {}) => send('POST', '/repairs', logged(over), token);
const edit = (token: string, { id, version }: RepairShown, changes: object) => send('PUT', `/repairs/${id}`, { version, changes }, token);
const list = async (token: string, query = '') => {
  const { status, body } = await server.get(`/api/v1/repairs${query}`, token);
  const { total, repairs = [] } = body as { total: number; repairs: RepairShown[] };
  return { status, total, ids: repairs.map(repair => repair.id) };
};

describe('a call from the cab', () => {
  test('lies where the phone says, goes to the nearest station, and a retry is the same call', async () => {
    const id = randomUUID();
    const first = await call(tokens.operator1, { id });
    expect(first).toMatchObject({
      status: 200,
      body: {
        machine: 'C1',
        plate: '豫A·C1',
        station: 'east',
        stationName: 'east三夏服务站',
        division: COUNTY,
        source: 'cab',
        author: '机手一',
        version: 1,
      },
    });
    expect(await call(tokens.operator1, { id, note: 'sent again' })).toEqual(first);
    expect(await call(tokens.operator2, { id })).toMatchObject({ status: 409, body: { problem: { code: 'conflict' } } });
    const connection = await connectStores(server.uri);
    expect(await connection.collection('audit').countDocuments({ object: `repair:${id}` })).toBe(1);
    await connection.close();
  });

  test('without a place of the phone lies where the machine was last', async () => {
    const device = await server.connect(await server.token({ role: 'device', machine: 'C2' }));
    const [lng, lat] = at(0, 8500);
    await ask(device, 'fix:report', { v: 1, outbox: 'outbox-place', rows: [[1, NOON - MINUTE, lng, lat, null, null, null, null, null]] });
    await expect.poll(() => server.app.book.fleet.machines.has('C2')).toBe(true);
    const { body } = await call(tokens.operator2, { lngLat: null });
    expect(body).toMatchObject({ station: 'north', lngLat: [expect.closeTo(lng, 6), expect.closeTo(lat, 6)] });
  });

  test('a phone ahead of the clock does not call from the future', async () => {
    expect(await call(tokens.operator1, { calledAt: NOON + 3 * 3_600_000 })).toMatchObject({ status: 200, body: { calledAt: NOON } });
  });

  test('comes from the operator alone', async () => {
    for (const token of [tokens.east, tokens.county, tokens.administrator, tokens.viewer, tokens.clerk]) {
      expect(await call(token)).toMatchObject({ status: 403 });
    }
  });
});

describe('a repair written down at a station', () => {
  test('names a machine of the list by its plate, however it is typed, and any other by the plate alone', async () => {
    expect((await log(tokens.east, { plate: ' 豫a c3 ' })).body).toMatchObject({
      machine: 'C3',
      plate: '豫A·C3',
      station: 'east',
      source: 'station',
    });
    expect((await log(tokens.east, { plate: '皖K·00001' })).body).toMatchObject({ machine: null, plate: '皖K·00001', division: TOWN });
    expect(await log(tokens.east, { plate: '  ' })).toMatchObject({
      status: 400,
      body: { problem: { message: 'plate: name the machine, or type its plate' } },
    });
    expect(await log(tokens.east, { machine: 'NONE' })).toMatchObject({ status: 400 });
  });

  test('a retry is the same repair', async () => {
    const input = logged();
    const first = await send('POST', '/repairs', input, tokens.east);
    expect(await send('POST', '/repairs', input, tokens.east)).toEqual(first);
  });

  test('instants out of order or in the future are refused by name', async () => {
    const { body } = await log(tokens.east);
    const problem = async (changes: object) => (await edit(tokens.east, body, changes)).body.problem.message.split(':')[0];
    expect(await problem({ startedAt: NOON - 1 })).toBe('startedAt');
    expect(await problem({ finishedAt: NOON })).toBe('finishedAt');
    expect(await problem({ startedAt: NOON, finishedAt: NOON + 11 * MINUTE })).toBe('finishedAt');
    expect(await log(tokens.east, { calledAt: NOON + 11 * MINUTE })).toMatchObject({ status: 400 });
  });

  test('is started, finished and opened again, each by a version; an old version is a conflict, the same edit again is not', async () => {
    const { body } = await log(tokens.east, { calledAt: NOON - 60 * MINUTE });
    const started = await edit(tokens.east, body, { startedAt: NOON - 50 * MINUTE });
    expect(started.body).toMatchObject({ startedAt: NOON - 50 * MINUTE, version: 2 });
    expect(await edit(tokens.east, body, { startedAt: NOON - 50 * MINUTE })).toEqual(started);
    expect(await edit(tokens.east, body, { note: 'on an old version' })).toMatchObject({
      status: 409,
      body: { problem: { code: 'conflict' } },
    });
    const finished = await edit(tokens.east, started.body, { finishedAt: NOON, parts: '皮带 2 根' });
    expect(finished.body).toMatchObject({ finishedAt: NOON, parts: '皮带 2 根', version: 3 });
    expect((await list(tokens.east, '?state=closed')).ids[0]).toBe(body.id);
    expect((await list(tokens.east)).ids).not.toContain(body.id);
    expect((await edit(tokens.east, finished.body, { finishedAt: null })).body).toMatchObject({ finishedAt: null, version: 4 });
    expect((await list(tokens.east)).ids).toContain(body.id);
  });

  test('two stations offline write down the same machine: one repair, both notes, nothing twice, whoever was first', async () => {
    const mine = logged({ plate: '鄂F·同一台', station: 'north', note: '北站的话', calledAt: NOON - 9 * MINUTE });
    const theirs = logged({
      plate: '鄂f 同一台',
      note: '东站的话',
      parts: '皮带',
      calledAt: NOON - 30 * MINUTE,
      addSteps: [{ stage: 'taken', at: NOON - 20 * MINUTE }],
    });
    const [one, other] = await Promise.all([log(tokens.north, mine), log(tokens.east, theirs)]);
    expect(one.body.id).toBe(other.body.id);
    const again = await log(tokens.north, mine);
    expect(again.body).toMatchObject({ id: one.body.id, version: 2, calledAt: NOON - 30 * MINUTE, parts: '皮带' });
    const notes = [again.body.note, ...again.body.alsoLogged.map(({ note }) => note)];
    expect([notes.sort(), again.body.steps.map(({ stage }) => stage)]).toEqual([
      ['东站的话', '北站的话'],
      ['called', 'taken'],
    ]);
  });

  test('two edits of the same version at once: one wins, the other is told', async () => {
    const { body } = await log(tokens.east);
    const both = await Promise.all(['a', 'b'].map(note => edit(tokens.east, body, { note })));
    expect(both.map(answer => answer.status).sort()).toEqual([200, 409]);
  });
});

describe('whose repair it is', () => {
  test('a station reads and writes its own only, until it is handed over', async () => {
    const { body } = await log(tokens.east);
    expect((await server.get(`/api/v1/repairs/${body.id}`, tokens.north)).status).toBe(403);
    expect((await edit(tokens.north, body, { note: 'x' })).status).toBe(403);
    expect((await log(tokens.north, { station: 'east' })).status).toBe(403);
    expect((await list(tokens.north, '?station=east')).status).toBe(403);
    expect((await edit(tokens.north, body, { station: 'north' })).status).toBe(403);
    expect((await edit(tokens.east, body, { station: 'nowhere' })).status).toBe(400);
    expect((await edit(tokens.east, body, { station: 'north' })).body).toMatchObject({ station: 'north', version: 2 });
    expect((await server.get(`/api/v1/repairs/${body.id}`, tokens.east)).status).toBe(403);
    expect((await list(tokens.north)).ids).toContain(body.id);
  });

  test('an operator reads those of the own machine and writes none', async () => {
    const { body } = await call(tokens.operator1);
    expect((await server.get(`/api/v1/repairs/${body.id}`, tokens.operator1)).status).toBe(200);
    expect((await server.get(`/api/v1/repairs/${body.id}`, tokens.operator2)).status).toBe(403);
    expect((await list(tokens.operator1)).ids).toContain(body.id);
    expect((await list(tokens.operator2)).ids).not.toContain(body.id);
    expect((await list(tokens.operator2, '?machine=C1')).status).toBe(403);
    expect((await edit(tokens.operator1, body, { note: 'x' })).status).toBe(403);
    expect((await log(tokens.operator1)).status).toBe(403);
  });

  test('a dispatcher reads, writes and hands over in the own units only', async () => {
    const { body } = await log(tokens.county, { station: null, lngLat: at(0, 8900) });
    expect(body).toMatchObject({ station: 'north' });
    expect((await edit(tokens.county, body, { station: 'east' })).body).toMatchObject({ station: 'east' });
    expect((await list(tokens.county)).ids).toContain(body.id);
    expect((await list(tokens.otherCounty)).ids).not.toContain(body.id);
    expect((await list(tokens.otherCounty, `?division=${COUNTY}`)).status).toBe(403);
    expect((await list(tokens.otherCounty, '?station=east')).status).toBe(403);
    expect((await list(tokens.otherCounty, '?machine=C1')).status).toBe(403);
    expect((await server.get(`/api/v1/repairs/${body.id}`, tokens.otherCounty)).status).toBe(403);
    expect((await edit(tokens.otherCounty, body, { note: 'x' })).status).toBe(403);
    expect((await log(tokens.otherCounty, { station: 'east' })).status).toBe(403);
  });

  test('viewers and clerks see none', async () => {
    for (const token of [tokens.viewer, tokens.clerk]) {
      expect((await list(token)).status).toBe(403);
      expect((await log(token)).status).toBe(403);
      expect((await server.get('/api/v1/repairs/desk', token)).status).toBe(403);
    }
  });

  test('a station finds any machine by its plate, and neither fields nor units', async () => {
    const { body } = await server.get('/api/v1/search?q=C', tokens.east);
    const { machines, fields, divisions } = body as { machines: { id: string }[]; fields: object[]; divisions: object[] };
    expect([machines.map(one => one.id).sort(), fields, divisions]).toEqual([['C1', 'C2', 'C3'], [], []]);
    expect((await server.get('/api/v1/search?q=C', tokens.operator1)).status).toBe(403);
  });

  test('the desk of a station tells its name, the others, and the machines it wrote down lately', async () => {
    const { body } = await server.get('/api/v1/repairs/desk', tokens.east);
    const { station: own, stations, recent } = body as { station: { id: string }; stations: { id: string }[]; recent: { id: string }[] };
    expect([own.id, stations.map(one => one.id)]).toEqual(['east', ['east', 'north', 'far']]);
    expect(recent.map(one => one.id)).toContain('C3');
  });
});

describe('lists', () => {
  test('open ones wait longest first; closed ones are newest first and searched as plain text', async () => {
    const { body: later } = await log(tokens.north, { station: 'north', plate: 'LIST·2', calledAt: NOON - MINUTE });
    const { body: earlier } = await log(tokens.north, { station: 'north', plate: 'LIST·1', calledAt: NOON - 900 * MINUTE });
    const { ids } = await list(tokens.north);
    expect(ids.indexOf(earlier.id)).toBeLessThan(ids.indexOf(later.id));
    await edit(tokens.north, earlier, { startedAt: NOON - 5 * MINUTE, finishedAt: NOON - 4 * MINUTE, note: '换了 (皮带) 100%.*' });
    await edit(tokens.north, later, { startedAt: NOON - MINUTE, finishedAt: NOON });
    expect((await list(tokens.north, '?state=closed')).ids).toEqual([later.id, earlier.id]);
    expect((await list(tokens.north, `?state=closed&q=${encodeURIComponent('(皮带) 100%.*')}`)).ids).toEqual([earlier.id]);
    expect((await list(tokens.north, `?state=closed&q=${encodeURIComponent('.*')}`)).total).toBe(1);
  });
});

describe('a machine in repair', async () => {
  const stations = [station('east', 3000, 0)];
  const garage = await testApp({ machines: [machine('C1'), machine('C2'), machine('C3')], stations });
  const [operator, east, dispatcher] = await Promise.all([
    garage.token({ role: 'operator', machine: 'C1' }),
    garage.token({ role: 'station', station: 'east' }),
    garage.token({ role: 'dispatcher', division: COUNTY }),
  ]);
  for (const id of ['C1', 'C2']) {
    const device = await garage.connect(await garage.token({ role: 'device', machine: id }));
    const [lng, lat] = at(0, 0);
    await ask(device, 'fix:report', {
      v: 1,
      outbox: `outbox-of-${id}`,
      rows: [[1, NOON - MINUTE, lng, lat, null, null, null, null, null]],
    });
  }

  test('is not available while a repair is open, and every open page learns of it within a second', async () => {
    const page = await garage.connect(dispatcher);
    const bay = await garage.connect(east);
    expect(await ask(bay, 'repairs:watch', { station: 'east' })).toEqual({ ok: true, value: {} });
    expect(await ask(page, 'repairs:watch', { station: 'nowhere' })).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    await ask(page, 'view:open', { division: COUNTY });
    const heard: string[] = [];
    page.on('repairs:changed', () => heard.push('dispatcher'));
    bay.on('repairs:changed', () => heard.push('station'));
    const rows: unknown[] = [];
    const units: unknown[] = [];
    page.on('view:changed', (view: { machines: unknown[][]; units: { code: string; machines: object }[] }) => {
      rows.push(...view.machines.map(row => [row[0], row[9], row[10]]));
      units.push(...view.units.filter(unit => unit.code === COUNTY).map(unit => unit.machines));
    });
    const post = (path: string, body: object, token: string) => garage.send('POST', `/api/v1/repairs${path}`, body, token);
    const { body } = await post('/call', { id: randomUUID(), fault: 'engine', note: '', lngLat: null, calledAt: NOON }, operator);
    await expect.poll(() => rows, { timeout: 2000 }).toContainEqual(['C1', true, NOON]);
    await expect.poll(() => units.at(-1)).toEqual({ registered: 3, online: 2, working: 0, inRepair: 1, available: 1 });
    await expect.poll(() => [...heard].sort()).toEqual(['dispatcher', 'station']);
    // Another station writes the same machine down: it is the same repair, and both notes are there.
    const { body: second } = await post('', { ...logged({ plate: '豫A·C1', note: '皮带也断了', fault: 'header' }) }, east);
    const first = body as RepairShown;
    expect(second).toMatchObject({ id: first.id, fault: 'engine', version: 2, alsoLogged: [{ fault: 'header', note: '皮带也断了' }] });
    const edit = ({ id, version }: RepairShown, changes: object) =>
      garage.send('PUT', `/api/v1/repairs/${id}`, { version, changes }, east).then(answer => answer.body as RepairShown);
    expect((await garage.get('/api/v1/machines/C1', dispatcher)).body).toMatchObject({
      repair: { id: first.id, stationName: 'east三夏服务站' },
    });
    // Tested, it can work again; the paper follows when it is closed.
    const tested = await edit(second as RepairShown, {
      addSteps: [
        { stage: 'diagnosing', at: NOON },
        { stage: 'tested', at: NOON },
      ],
    });
    expect(tested).toMatchObject({ startedAt: NOON, backAt: NOON, finishedAt: null });
    await expect.poll(() => rows.at(-1), { timeout: 2000 }).toEqual(['C1', false, expect.anything()]);
    await expect.poll(() => units.at(-1)).toEqual({ registered: 3, online: 2, working: 0, inRepair: 0, available: 2 });
    expect((await garage.get('/api/v1/machines/C1', dispatcher)).body).toMatchObject({ repair: null });
    expect(await edit(tested, { hours: 1.5, costYuan: 120, finishedAt: NOON })).toMatchObject({
      finishedAt: NOON,
      hours: 1.5,
      costYuan: 120,
    });
  });

  test('the demonstration opens the station where most is going on', async () => {
    expect(garage.app.book.repairs.busiestStation()).toBe(null);
    await garage.send('POST', '/api/v1/repairs', logged({ plate: '皖K·00001' }), east);
    expect(garage.app.book.repairs.busiestStation()).toBe('east');
  });

  test('is still in repair after a restart', async () => {
    await garage.send('POST', '/api/v1/repairs', logged({ plate: '豫A·C2' }), east);
    const again = await testApp({ uri: garage.uri });
    expect([again.app.book.fleet.isInRepair('C1'), again.app.book.fleet.isInRepair('C2')]).toEqual([false, true]);
    expect(again.app.book.board.unitNow('410100').machines).toEqual({ registered: 3, online: 2, working: 0, inRepair: 1, available: 1 });
    await again.close();
  });
});
