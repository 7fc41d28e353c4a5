import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RepairShown } from '../../shared/repair.ts';
import { at, COUNTY, machine, NOON, station, testApp } from '../app-for-test.ts';

const HOUR = 3_600_000;
const server = await testApp({ machines: [machine('C1')], stations: [station('east', 3000, 0), station('north', 0, 9000)] });
const [east, north, dispatcher] = await Promise.all([
  server.token({ role: 'station', station: 'east', name: '东站' }),
  server.token({ role: 'station', station: 'north', name: '北站' }),
  server.token({ role: 'dispatcher', division: COUNTY, name: '调度' }),
]);
const post = async (path: string, body: object, token = east, method = 'POST') => {
  const answer = await server.send(method, `/api/v1${path}`, body, token);
  return { status: answer.status, body: answer.body as Record<string, never> & { problem?: { code: string; message: string } } };
};
const move = (over: object, token = east) =>
  post('/stock/movements', { id: randomUUID(), station: 'east', part: 'B1', kind: 'use', quantity: 1, at: NOON, ...over }, token);
const page = async (of: string, token = east) =>
  (await server.get(`/api/v1/stock?station=${of}`, token)).body as {
    rows: { part: string; quantity: number; minimum: number }[];
    movements: { kind: string; change: number; left: number; by: string }[];
    transfers: { id: string; receivedAt: number | null }[];
  };
const quantities = async (of: string, token = east) => (await page(of, token)).rows.map(row => [row.part, row.quantity]);

test('the last one on the shelf goes to one of two who take it at once, and the ledger adds up', async () => {
  expect((await move({ kind: 'receive', quantity: 3, name: '三角带', unit: '根', priceYuan: 45 })).status).toBe(200);
  const taken = { id: randomUUID(), quantity: 2 };
  expect((await move(taken)).status).toBe(200);
  expect((await move(taken)).body).toMatchObject({ quantity: 1 });
  const both = await Promise.all([move({}), move({})]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.problem?.message).toBe(
    'quantity: only 0 根 left of 三角带; take less, or receive some first',
  );
  const { rows, movements } = await page('east');
  expect(rows).toMatchObject([{ part: 'B1', quantity: 0 }]);
  expect(movements.map(({ kind, change, left, by }) => [kind, change, left, by])).toEqual([
    ['use', -1, 0, '东站'],
    ['use', -2, 1, '东站'],
    ['receive', 3, 3, '东站'],
  ]);
});

test('a transfer has left when it is sent, and is there when it is received; what is lost is named', async () => {
  await move({ kind: 'receive', quantity: 5, part: 'K6', name: '动刀片', unit: '片' });
  const id = randomUUID();
  const wish = { id, from: 'east', to: 'north', part: 'K6', quantity: 4, why: '北站缺', at: NOON };
  for (const _ of [1, 2]) expect((await post('/stock/transfers', wish)).status).toBe(200);
  expect([await quantities('east'), await quantities('north', north)]).toEqual([
    [
      ['K6', 1],
      ['B1', 0],
    ],
    [],
  ]);
  expect((await post(`/stock/transfers/${id}/receive`, { quantity: 3, at: NOON })).status).toBe(403);
  for (const _ of [1, 2]) expect((await post(`/stock/transfers/${id}/receive`, { quantity: 3, at: NOON }, north)).status).toBe(200);
  expect((await post(`/stock/transfers/${id}/receive`, { quantity: 4, at: NOON }, north)).status).toBe(409);
  expect(await quantities('north', north)).toEqual([['K6', 3]]);
});

test('a table of parts is taken whole or not at all, and the same file again changes nothing', async () => {
  const upload = async (text: string, apply: boolean) => {
    const path = `${server.url}/api/v1/stock/table?station=north&apply=${apply}`;
    const headers = { Authorization: `Bearer ${north}`, 'Content-Type': 'application/octet-stream' };
    return (await (await fetch(path, { method: 'POST', headers, body: text })).json()) as {
      new: number;
      same: number;
      changed: number;
      bad: object[];
    };
  };
  const good = '配件编号,名称,单位,数量,最低库存,单价\nK6,动刀片,片,3,10,18\nB9,轴承,个,7,2,\n';
  expect(await upload(`${good}X1,坏行,个,很多,1,2\n`, false)).toMatchObject({ badRows: 1, bad: [{ row: 4, reason: 'notNumber' }] });
  expect(await upload(good, true)).toMatchObject({ new: 1, changed: 1, same: 0, applied: true });
  expect(await upload(good, true)).toMatchObject({ new: 0, changed: 0, same: 2 });
  expect((await page('north', north)).rows).toMatchObject([
    { part: 'K6', quantity: 3, minimum: 10 },
    { part: 'B9', quantity: 7, minimum: 2 },
  ]);
});

test('parts of a repair, its load, who is near, its history and what is missing', async () => {
  const id = randomUUID();
  const times = { calledAt: NOON - 3 * HOUR, startedAt: null, finishedAt: null };
  const log = { id, machine: 'C1', plate: '', station: 'north', fault: 'header', note: '', parts: '', lngLat: at(0, 0), ...times };
  await post('/repairs', log, north);
  await move({ station: 'north', part: 'B9', repair: id, quantity: 2 }, north);
  await move({ station: 'north', part: 'B9', repair: id, quantity: 1, kind: 'giveBack' }, north);
  const team = { id: randomUUID(), station: 'east', name: '一队', people: '老王', phone: '', isGone: false };
  expect((await post('/teams', team, east, 'PUT')).status).toBe(200);
  const loads = async () =>
    ((await server.get(`/api/v1/stations/loads?division=${COUNTY}`, dispatcher)).body as { stations: object[] }).stations;
  expect(await loads()).toMatchObject([
    { station: 'east', open: 0 },
    { station: 'north', open: 1, waiting: 1, overdue: 1, meanReturnH: null, partsMissing: ['动刀片'], fuelL: null },
  ]);
  const { body } = await server.get(`/api/v1/repairs/${id}/choices`, dispatcher);
  // 3,000 m and 9,000 m as the crow flies, by road a third more; a van drives 45 km/h.
  expect((body as { choices: object[] }).choices).toMatchObject([
    {
      station: 'east',
      km: expect.closeTo(4.05, 1),
      hours: expect.closeTo(0.09, 2),
      teams: [{ name: '一队', isBusy: false, km: expect.closeTo(4.05, 1) }],
    },
    { station: 'north', km: expect.closeTo(12.15, 1), open: 1 },
  ]);
  const { body: unseen } = await server.get('/api/v1/machines/C1/choices', dispatcher);
  // Nobody knows where the machine is: by name, with what they have to do.
  expect((unseen as { choices: object[] }).choices).toMatchObject([
    { station: 'east', km: null, teams: [{ name: '一队', km: null }] },
    { station: 'north', hours: null, open: 1 },
  ]);
  const steps = [
    { stage: 'diagnosing', at: NOON - 2 * HOUR },
    { stage: 'tested', at: NOON - HOUR },
    { stage: 'closed', at: NOON },
  ];
  await post(`/repairs/${id}`, { version: 1, changes: { addSteps: steps, hours: 1.5, mechanic: '老王' } }, north, 'PUT');
  const history = (await server.get('/api/v1/machines/C1/repairs', east)).body as { repairs: RepairShown[] };
  expect(history.repairs).toMatchObject([{ id, hours: 1.5, used: [{ name: '轴承', quantity: 1 }], backAt: NOON - HOUR }]);
});

test('care that is ticked off begins anew, once', async () => {
  const tick = { id: randomUUID(), machine: 'C1', task: 'engineOil', at: NOON };
  for (const _ of [1, 2]) expect((await post('/maintenance', tick, east)).status).toBe(200);
  expect((await post('/maintenance', { ...tick, id: randomUUID(), task: 'seedPlate' }, east)).status).toBe(400);
  const { rows } = (await server.get('/api/v1/maintenance?machine=C1', east)).body as { rows: { task: string; last: object | null }[] };
  expect(rows.find(({ task }) => task === 'engineOil')).toMatchObject({
    unit: 'h',
    since: 0,
    every: 50,
    state: 'good',
    last: { at: NOON, by: '东站' },
  });
  const phone = await server.token({ role: 'device', name: 'C1', machine: 'C1' });
  expect((await post('/maintenance', { ...tick, id: randomUUID(), task: 'belts' }, phone)).status).toBe(200);
  expect((await post('/maintenance', { ...tick, id: randomUUID(), machine: 'C2' }, phone)).status).toBe(403);
  const cared = (await server.get('/api/v1/maintenance?machine=C1', east)).body as { rows: { task: string; last: object | null }[] };
  expect(cared.rows.find(({ task }) => task === 'belts')?.last).toEqual({ at: NOON, by: '机手 C1' });
});
