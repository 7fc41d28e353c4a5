import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ImportReport } from '../../shared/imports.ts';
import { type Permit, permitCode } from '../../shared/permit.ts';
import type { CheckIn, VisitShown } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { COUNTY, NOON, station, TOWN, testApp } from '../app-for-test.ts';
import { connectStores } from '../stores/connection.ts';
import { ReceptionStore } from '../stores/reception.ts';
import { requestOf } from './route-cases.fixture.ts';

const HOUR = 3_600_000;
const server = await testApp({ stations: [station('east', 0, 0), station('west', 3000, 0)] });
const people = {
  dispatcher: await server.token({ role: 'dispatcher', name: '调度员', division: COUNTY }),
  east: await server.token({ role: 'station', name: '东站员', station: 'east' }),
  west: await server.token({ role: 'station', name: '西站员', station: 'west' }),
};
type Who = keyof typeof people;
const post = async <T>(who: Who, path: string, body: unknown = {}) => {
  const { status, body: answer } = await server.send('POST', `/api/v1${path}`, body, people[who]);
  return { status, body: answer as T };
};
const desk = async (who: Who) => (await server.get('/api/v1/reception', people[who])).body as RouteOutput<'reception'>;
const checkIn = (at: string, plate: string, over: Partial<CheckIn> = {}): CheckIn => ({
  ...{ station: at, plate, kind: 'combine', holder: '张三', phone: '13900001234', origin: '安徽省太和县', crew: 2, ...over },
});
const entry = (visit: string, at: number, part: object) => ({ id: randomUUID(), visit, at, ...part });
const record = async (who: Who, body: object) => (await post<VisitShown>(who, '/reception/entries', body)).body;
const arrived = async (who: Who, at: string, plate: string): Promise<string> => {
  const visit = randomUUID();
  await record(who, entry(visit, NOON - HOUR, { kind: 'arrived', checkIn: checkIn(at, plate) }));
  return visit;
};
const permit = {
  ...{ number: '皖0012345', plate: '皖12·00001', holder: '张三', issuedBy: '太和县', operation: 'harvest', crops: '小麦' },
  ...{ from: '2027-05-01', to: '2027-06-30' },
};

test('two stations that were offline log the same machine: one arrival, the earlier, both notes, and a retry changes nothing', async () => {
  const [east, west] = [randomUUID(), randomUUID()];
  const ofEast = [
    entry(east, NOON - 2 * HOUR, { kind: 'arrived', checkIn: checkIn('east', '皖12·34567') }),
    entry(east, NOON - 1.9 * HOUR, { kind: 'note', text: '割台要调' }),
    entry(east, NOON - 1.8 * HOUR, { kind: 'briefed', items: ['road', 'fire'] }),
  ];
  const ofWest = [
    entry(west, NOON - 3 * HOUR, { kind: 'arrived', checkIn: checkIn('west', '皖12 34567', { holder: '' }) }),
    entry(west, NOON - 2.9 * HOUR, { kind: 'note', text: '住两晚' }),
  ];
  for (const one of [...ofEast, ofEast[0]]) await record('east', one);
  for (const one of [...ofWest, ...ofWest]) await record('west', one);
  const { present, counts } = await desk('dispatcher');
  expect(present).toHaveLength(1);
  expect(present[0]).toMatchObject({
    ...{ id: west, station: 'west', stations: ['west', 'east'], machine: 'AH-1234567', arrivedAt: NOON - 3 * HOUR, holder: '张三' },
    alsoArrived: [{ at: NOON - 2 * HOUR, station: 'east', author: '东站员' }],
    notes: [{ text: '住两晚' }, { text: '割台要调' }],
    briefed: [{ item: 'road' }, { item: 'fire' }],
  });
  expect([counts.arrived, counts.present]).toEqual([1, 1]);
  // Each still has it, under the id that it gave.
  expect((await desk('east')).present.map(({ id }) => id)).toEqual([west]);
  expect((await record('east', entry(east, NOON, { kind: 'departed', note: '' }))).departedAt).toBe(NOON);
  expect([(await desk('west')).present, (await desk('west')).departed.map(({ id }) => id)]).toEqual([[], [west]]);
  expect(server.app.book.registry.machines.get('AH-1234567')).toMatchObject({
    origin: 'crossRegion',
    operatorName: '张三',
    division: TOWN,
  });
  // What is stored is what is held.
  await server.app.book.reception.load();
  expect((await desk('west')).departed[0]).toMatchObject({ id: west, departedAt: NOON, notes: [{ text: '住两晚' }, { text: '割台要调' }] });
});

test('a permit with a fault is refused by name: no work until a dispatcher lets it pass, with a reason', async () => {
  const visit = await arrived('east', 'east', '皖12·00001');
  const request = randomUUID();
  const wanted = { ...requestOf({ town: TOWN, lngLat: [113.42, 34.7] }, request), areaMu: 500 };
  await server.send('PUT', `/api/v1/requests/${request}`, wanted, people.dispatcher);
  const lent = await record('east', entry(visit, NOON, { kind: 'permit', permit: { ...permit, holder: '李四', to: '2027-06-05' } }));
  expect(lent.permit?.verdict).toEqual({ faults: ['expired', 'otherHolder'], source: 'shapeOnly' });
  const work = { order: randomUUID(), request };
  expect((await post('east', `/reception/visits/${visit}/work`, work)).status).toBe(409);
  const pass = entry(visit, NOON, { kind: 'allowed', reason: '电话核实，新证在寄' });
  expect((await post('east', '/reception/entries', pass)).status).toBe(403);
  expect((await record('dispatcher', pass)).permit?.allowed).toEqual({ by: '调度员', at: NOON, reason: '电话核实，新证在寄' });
  const near = (await server.get(`/api/v1/reception/visits/${visit}/work`, people.east)).body as RouteOutput<'visitWork'>;
  // 1.83 km as the crow flies (0.02° × 91.6 km), × 1.35; the farmer's name and number are not for the station.
  expect(near.requests.map(({ km, ...rest }) => [Math.round(km * 10) / 10, Object.keys(rest).sort()])).toEqual([
    [2.5, ['id', 'openMu', 'operation', 'placeName', 'pricePerMu', 'shareMu', 'to']],
  ]);
  // 29 workable hours until noon in two days (8 + 14.5 + 6.5) × 1.5 × 4.2 km/h × 0.8 × 2.5 m: the rest stays open for others.
  expect([near.requests[0].openMu, near.requests[0].shareMu]).toEqual([500, 365.4]);
  const given = await post<VisitShown>('east', `/reception/visits/${visit}/work`, work);
  expect([given.status, given.body.order]).toEqual([200, { id: work.order, placeName: '高村乡官峪村', state: 'offered' }]);
  expect((await post('east', `/reception/visits/${visit}/work`, work)).status).toBe(200);
  expect(server.app.book.orderLedger.orders.get(work.order)?.areaMu).toBe(365.4);
  const { path } = (await post<RouteOutput<'enrolVisit'>>('east', `/reception/visits/${visit}/enrol`)).body;
  expect(path).toMatch(/^\/cab#enrol=/);
  expect((await post('west', `/reception/visits/${visit}/enrol`)).status).toBe(403);
});

test('a list of expected machines: bad rows are named and nothing is taken; the same file again changes nothing; who has come is not awaited', async () => {
  const send = async (text: string, apply: boolean) => {
    const response = await fetch(`${server.url}/api/v1/reception/imports/expected?apply=${apply}`, {
      ...{ method: 'POST', body: text, headers: { Authorization: `Bearer ${people.dispatcher}` } },
    });
    return { status: response.status, report: (await response.json()) as ImportReport };
  };
  const head = '牌照,预计到达,接待站,机主,人数\n';
  const bad = `${head}皖1,2027-06-07,north,王五,2\n,2027-06-07,east,王五,2\n皖3,六月七日,east,王五,二\n皖4,2026-06-07,east,王五,2\n皖5,2027-06-07,east,王五,2\n皖5,2027-06-07,west,王五,2\n`;
  const seen = await send(bad, false);
  expect(seen.report.bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [2, '接待站', 'unknownStation'],
    [3, '牌照', 'missing'],
    [4, '预计到达', 'notDay'],
    [4, '人数', 'notNumber'],
    [5, '预计到达', 'outOfRange'],
    [7, '牌照', 'twice'],
  ]);
  expect([(await send(bad, true)).status, (await desk('dispatcher')).awaited]).toEqual([400, []]);
  const good = `${head}皖12·70001,2027-06-06,east三夏服务站,王五,3\n皖12·70002,2027-06-07,west,赵六,2\n皖12·70003,2027-06-20,west,孙七,2\n`;
  expect((await send(good, true)).report).toMatchObject({ applied: true, new: 3, changed: 0, same: 0 });
  expect((await send(good, true)).report).toMatchObject({ new: 0, changed: 0, same: 3 });
  expect((await desk('dispatcher')).awaited.map(({ plate, stationName, crew }) => [plate, stationName, crew])).toEqual([
    ['皖12·70001', 'east三夏服务站', 3],
    ['皖12·70002', 'west三夏服务站', 2],
  ]);
  await arrived('east', 'east', '皖１２70001');
  expect([(await desk('east')).awaited, (await desk('west')).awaited.map(({ plate }) => plate)]).toEqual([[], ['皖12·70002']]);
  expect((await post('east', '/reception/imports/expected')).status).toBe(403);
});

test('our own permits: numbered one by one, known by their check, revoked; the public is told nothing but valid or not', async () => {
  const apply = async () => {
    const application = {
      id: randomUUID(),
      machine: 'C1',
      operation: 'harvest',
      crops: '小麦',
      destination: '河北省邯郸市',
      from: '2027-06-01',
      to: '2027-06-30',
    };
    return (await post<Permit>('east', '/permits', application)).body;
  };
  const [one, other] = [await apply(), await apply()];
  const issue = (id: string) => post<Permit>('dispatcher', `/permits/${id}/issue`, { version: 1 });
  expect((await post('east', `/permits/${one.id}/issue`, { version: 1 })).status).toBe(403);
  const [first, again] = await Promise.all([issue(one.id), issue(one.id)]);
  const issued = first.status === 200 ? first.body : again.body;
  expect([issued.number, issued.plate, issued.state]).toEqual(['410100-2027-00001', '豫A·C1', 'issued']);
  expect((await issue(other.id)).body.number).toBe('410100-2027-00002');

  const check = async (code: string) => (await server.send('POST', '/api/v1/permits/check', { code })).body as object;
  const code = permitCode(issued);
  expect(await check(code)).toEqual({ valid: true, until: '2027-06-30' });
  const forged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
  expect(await check(forged)).toEqual({ valid: false, until: null });
  // The check of one is none of another.
  expect(await check(code.replace('-00001-', '-00002-'))).toEqual({ valid: false, until: null });

  const visit = await arrived('east', 'east', '豫A·C1');
  let shown = 0;
  const show = async (over: object) => {
    const own = { ...permit, number: code, plate: '豫A·C1', holder: '', from: '2027-06-01', to: '2027-06-30', ...over };
    return (await record('east', entry(visit, NOON - HOUR + ++shown, { kind: 'permit', permit: own }))).permit?.verdict;
  };
  expect(await show({})).toEqual({ faults: [], source: 'own' });
  expect(await show({ to: '2027-08-30' })).toEqual({ faults: ['altered'], source: 'own' });
  expect(await show({ number: forged })).toEqual({ faults: ['altered'], source: 'own' });
  await post('dispatcher', `/permits/${one.id}/end`, { version: 2, reason: '转借他人' });
  expect([await check(code), await show({})]).toEqual([
    { valid: false, until: null },
    { faults: ['revoked'], source: 'own' },
  ]);
  expect((await server.get('/api/v1/permits', people.west)).body).toMatchObject({ total: 0 });
});

test('an accident of a station is its own; the day is counted', async () => {
  const id = randomUUID();
  const accident = {
    ...{ id, at: NOON - HOUR, division: TOWN, place: '官峪村东', machine: null, plate: '皖12·00001', kind: 'overturn' },
    ...{ injured: 1, dead: 0, what: '下坡侧翻', measures: '' },
  };
  const put = (who: Who, version: number, over: object = {}) =>
    server.send('PUT', `/api/v1/accidents/${id}?version=${version}`, { ...accident, ...over }, people[who]);
  expect([(await put('east', 0)).status, (await put('east', 0)).status, (await put('west', 1, { injured: 2 })).status]).toEqual([
    200, 200, 403,
  ]);
  expect((await put('dispatcher', 1, { measures: '已送医' })).body).toMatchObject({ version: 2, station: 'east', measures: '已送医' });
  expect((await put('east', 1, { injured: 3 })).status).toBe(409);
  expect((await server.get('/api/v1/accidents', people.west)).body).toMatchObject({ total: 0 });
  expect(server.app.book.reception.countsOn('2027-06-06')(COUNTY)).toEqual({
    // Of the four above: one left, three are here; two permits were issued.
    ...{ arrived: 4, departed: 1, present: 3, permits: 2, permitsAll: 2, accidents: 1, trained: 0, overhauled: 0 },
  });
});

test('a plate that was mistyped is put right: the visit is the right machine’s, whoever writes of it, and both keep what was written', async () => {
  const visit = await arrived('east', 'east', '皖12·88881');
  const note = entry(visit, NOON - 0.9 * HOUR, { kind: 'note', text: '先加油' });
  await record('east', note);
  const shown = entry(visit, NOON - 0.8 * HOUR, { kind: 'permit', permit: { ...permit, plate: '皖12·88888' } });
  expect((await record('east', shown)).permit?.verdict.faults).toEqual(['otherMachine']);
  const right = entry(visit, NOON - 0.5 * HOUR, { kind: 'replated', plate: '皖12·88888' });
  expect(await record('east', right)).toMatchObject({
    ...{ id: visit, plate: '皖12·88888', machine: 'AH-1288888', arrivedAt: NOON - HOUR, notes: [{ text: '先加油' }] },
    replated: [{ author: '东站员', from: '皖12·88881' }],
    permit: { verdict: { faults: [] } },
  });
  // What was sent twice, and what another page writes of it, changes nothing of that.
  for (const again of [right, note]) await record('east', again);
  await record('east', entry(visit, NOON, { kind: 'lodged', place: '招待所', nights: 1 }));
  const plates = async () => (await desk('east')).present.filter(({ plate }) => plate.includes('8888'));
  expect((await plates()).map(({ plate, lodging }) => [plate, lodging?.place])).toEqual([['皖12·88888', '招待所']]);
  await server.app.book.reception.load();
  expect(await plates()).toMatchObject([{ id: visit, plate: '皖12·88888', notes: [{ text: '先加油' }] }]);
  const connection = await connectStores(server.uri);
  const stays = await new ReceptionStore(connection).staysOf(2027);
  await connection.close();
  expect(stays.filter(({ plate }) => plate.includes('8888')).map(({ plate, entries }) => [plate, entries.map(({ kind }) => kind)])).toEqual(
    [
      ['皖1288881', ['arrived', 'note', 'permit', 'replated']],
      ['皖1288888', ['arrived', 'note', 'permit', 'replated', 'lodged']],
    ],
  );
  // And back.
  const back = entry(visit, NOON, { kind: 'replated', plate: '皖12 88881' });
  expect(await record('east', back)).toMatchObject({ id: visit, plate: '皖12 88881', machine: 'AH-1288881', lodging: { place: '招待所' } });
  expect(await plates()).toHaveLength(1);
  const same = entry(visit, NOON, { kind: 'replated', plate: '皖12-88881' });
  expect((await post('east', '/reception/entries', same)).status).toBe(400);
});
