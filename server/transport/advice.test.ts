import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Advice } from '../../shared/advice.ts';
import { at, COUNTY, field, machine, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';

const FAR = '410185';
const FAR_TOWN = '410185100';
const HOUR = 3_600_000;

/** Xingyang has 100 mu and three combines, Dengfeng 40 km off has 600 mu and none. Six days and a half are left. */
async function unevenCity() {
  const fields = [
    field('near', rectangle(0, 0, 100, 667)),
    field('far', rectangle(-30_000, -20_000, 600, 667), { town: FAR_TOWN, county: FAR }),
  ];
  const server = await testApp({ fields, machines: [machine('C1'), machine('C2'), machine('C3')] });
  const { registry, fleet } = server.app.book;
  const area = { year: 2027, version: 1, at: 0, author: 'test', plannedMu: 0 };
  registry.putAreas([{ ...area, division: FAR_TOWN, plantedMu: 600 }]);
  for (const [id, east] of [
    ['C1', 500],
    ['C2', 900],
    ['C3', 1300],
  ] as const) {
    const [lng, lat] = at(east, 0);
    fleet.seen(id, { fixTime: NOON - 60_000, lng, lat, speedKmh: 0, headingDeg: 0, accuracyM: 3, widthM: null, working: null } as never);
  }
  const token = await server.token({ role: 'dispatcher', division: '410100' });
  const ask = (kind: string, division: string, operation = 'harvest') =>
    server.send('POST', '/api/v1/advice', { kind, division, operation }, token) as Promise<{
      status: number;
      body: { advice: Advice | null; nothing: string | null };
    }>;
  return { server, token, ask };
}

test('machines of a county that is done go where one has none, with reasons; newer advice supersedes it; a refusal is on record', async () => {
  const { server, token, ask } = await unevenCity();
  const first = (await ask('moves', '410100')).body.advice!;
  // Two of the three can be spared from today; one stays for the 100 mu, until the last of them is cut.
  expect(first).toMatchObject({ kind: 'moves', division: '410100', operation: 'harvest', state: 'open', version: 1, staleMachines: [] });
  expect(
    first.steps.map(({ offer, from, to, placeName, day, isLater }) => [offer.kind, offer.division, from, to, placeName, day, isLater]),
  ).toEqual(Array(2).fill(['move', FAR, COUNTY, FAR, '登封市', '2027-06-06', false]));
  expect(first.reasons).toEqual([{ code: 'behind', values: { name: '登封市', deadline: '2027-06-12', lateMu: 600 } }]);
  const second = (await ask('moves', '410100')).body.advice!;
  const states = async () => {
    const { body } = await server.get('/api/v1/advice?division=410100&state=all', token);
    return new Map((body as { advice: Advice[] }).advice.map(one => [one.id, one.state]));
  };
  expect(await states()).toEqual(
    new Map([
      [second.id, 'open'],
      [first.id, 'superseded'],
    ]),
  );
  const refuse = (version: number) => server.send('POST', `/api/v1/advice/${second.id}/refuse`, { version, reason: '路上要半天' }, token);
  expect((await refuse(7)).status).toBe(409);
  const refused = (await refuse(1)).body as Advice;
  expect([refused.state, refused.decision]).toEqual(['refused', { by: 'test', at: NOON, edited: false, reason: '路上要半天', orders: [] }]);
  expect((await refuse(2)).body).toEqual({
    problem: {
      code: 'conflict',
      message: 'refused: this advice is refused by test already; look again',
      values: { state: 'refused', by: 'test', at: NOON },
    },
  });
});

test('an approved move goes out as an order, once; a machine that has changed meanwhile is named, and nothing goes out', async () => {
  const { server, token, ask } = await unevenCity();
  const advice = (await ask('moves', '410100')).body.advice!;
  const [step] = advice.steps;
  const approve = (body: object) => server.send('POST', `/api/v1/advice/${advice.id}/approve`, { version: 1, reason: '', ...body }, token);
  const orders = async () => ((await server.get('/api/v1/orders?division=410100', token)).body as { total: number }).total;
  const other = { ...step.offer, id: randomUUID() };
  expect((await approve({ steps: [{ offer: other, machineVersion: 0 }] })).status).toBe(400);
  const outdated = await approve({ steps: [{ offer: step.offer, machineVersion: 5 }] });
  expect([outdated.status, (outdated.body as { problem: { message: string } }).problem.message]).toEqual([
    409,
    `machineTaken: 豫A·${step.offer.machine} is not as it was; look at it again`,
  ]);
  expect(await orders()).toBe(0);
  const all = advice.steps.map(({ offer }) => ({ offer, machineVersion: 0 }));
  const approved = (await approve({ steps: all, reason: '先救登封' })).body as Advice;
  expect([approved.state, approved.decision]).toEqual([
    'approved',
    { by: 'test', at: NOON, edited: false, reason: '先救登封', orders: advice.steps.map(({ offer }) => offer.id) },
  ]);
  expect(await orders()).toBe(2);
  expect((await approve({ steps: all })).status).toBe(409);
  // They count for where they go now, and are not sent again; the third stays until its own unit is done.
  const next = (await ask('moves', '410100')).body;
  expect([next.advice, next.nothing]).toEqual([null, 'noSpare']);
});

test('an exchanged machine makes it an edit', async () => {
  const { server, token, ask } = await unevenCity();
  const advice = (await ask('moves', '410100')).body.advice!;
  const { offer } = advice.steps[0];
  const machine = offer.machine === 'C1' ? 'C2' : 'C1';
  const steps = [{ offer: { ...offer, machine }, machineVersion: 0 }];
  const approved = (await server.send('POST', `/api/v1/advice/${advice.id}/approve`, { version: 1, reason: '', steps }, token))
    .body as Advice;
  expect(approved.decision).toMatchObject({ edited: true, orders: [offer.id] });
});

test('where there is nothing to advise, it is said why', async () => {
  const { server, token, ask } = await unevenCity();
  const { fleet, registry } = server.app.book;
  expect((await ask('plan', COUNTY)).body).toEqual({ advice: null, nothing: 'noRequests' });
  expect((await ask('moves', '410100', 'sow')).body).toEqual({ advice: null, nothing: 'noMachines' });
  expect((await ask('moves', COUNTY)).status).toBe(400);
  for (const live of fleet.machines.values()) live.fixTime = NOON - 31 * 60_000;
  expect((await ask('moves', '410100')).body).toEqual({ advice: null, nothing: 'allStale' });
  registry.season = { ...registry.season!, deadline: { harvest: '2027-05-20', sow: '2027-05-30' } };
  expect((await ask('moves', '410100')).body).toEqual({ advice: null, nothing: 'seasonOver' });
  registry.season = { ...registry.season!, closedAt: NOON };
  expect((await server.send('POST', '/api/v1/advice', { kind: 'moves', division: '410100', operation: 'harvest' }, token)).status).toBe(
    409,
  );
});

test('a plan for a county comes by itself: a new request, a decline and a breakdown plan it anew and leave the rest alone', async () => {
  const { server, token } = await unevenCity();
  const { book, advice } = server.app;
  const request = async (east: number, over: object = {}) => {
    const id = randomUUID();
    const [lng, lat] = at(east, 0);
    const asked = {
      id,
      source: 'farmer',
      operation: 'harvest',
      division: TOWN,
      village: '官峪村',
      contactName: '老李',
      contactPhone: '',
      fields: [],
    };
    const what = { areaMu: 12.6, lngLat: [lng, lat], crop: '小麦', from: NOON, to: NOON + 6 * HOUR, pricePerMu: 60, trackedOnly: false };
    const rest = { leastWidthM: null, mostWidthM: null, note: '', contract: null };
    const put = await server.send('PUT', `/api/v1/requests/${id}?version=0`, { ...asked, ...what, ...rest, ...over }, token);
    expect(put.status).toBe(200);
    return id;
  };
  const planned = async () => {
    const look = async () => {
      await advice.rolling.look();
      return book.adviceBook.openOf(county)?.id;
    };
    await expect.poll(look, { timeout: 20_000 }).not.toBe(last);
    last = book.adviceBook.openOf(county)?.id;
    return book.adviceBook.openOf(county)!;
  };
  const county = { kind: 'plan', division: COUNTY, operation: 'harvest' } as const;
  let last: string | undefined;
  // 12.6 mu by 2.5 m at 5.04 mu an hour and metre: an hour each.
  const [west, east] = [await request(500), await request(1300)];
  const first = await planned();
  const who = ({ steps }: Pick<Advice, 'steps'>) => new Map(steps.map(({ offer }) => [offer.request, offer.machine]));
  expect(who(first)).toEqual(
    new Map([
      [west, 'C1'],
      [east, 'C3'],
    ]),
  );
  expect(first.steps.map(({ startsAt, endsAt, offer }) => [startsAt, endsAt, offer.areaMu])).toEqual([
    [NOON, NOON + HOUR, 12.6],
    [NOON, NOON + HOUR, 12.6],
  ]);
  expect([first.plan, first.reasons]).toEqual([
    { latenessH: 0, km: 0, unassigned: [] },
    [{ code: 'requests', values: { count: 2, mu: 25.2, more: 0 } }],
  ]);
  const middle = await request(900, { trackedOnly: false });
  const second = await planned();
  expect(who(second)).toEqual(
    new Map([
      [west, 'C1'],
      [east, 'C3'],
      [middle, 'C2'],
    ]),
  );
  expect(second.steps.find(({ offer }) => offer.machine === 'C1')!.why.map(({ code }) => code)).toEqual(['inTime', 'road', 'kept']);
  // Only the middle one goes out; its operator declines: it is offered to another, who is nearest after him.
  const step = second.steps.find(({ offer }) => offer.request === middle)!;
  const steps = [{ offer: step.offer, machineVersion: step.machineVersion }];
  const approved = await server.send('POST', `/api/v1/advice/${second.id}/approve`, { version: 1, reason: '', steps }, token);
  expect((approved.body as Advice).decision).toMatchObject({ edited: true, orders: [step.offer.id] });
  await planned();
  const operator = await server.token({ role: 'operator', machine: 'C2' });
  const answer = { id: randomUUID(), order: step.offer.id, act: 'decline', at: NOON, declineReason: 'rest' };
  expect((await server.send('POST', '/api/v1/orders/answer', answer, operator)).status).toBe(200);
  const third = await planned();
  expect(who(third).get(middle)).not.toBe('C2');
  // C1 breaks down: what it had goes to others.
  const caller = await server.token({ role: 'operator', machine: 'C1' });
  const call = { id: randomUUID(), fault: 'header', note: '', calledAt: NOON, lngLat: null };
  expect((await server.send('POST', '/api/v1/repairs/call', call, caller)).status).toBe(200);
  const fourth = await planned();
  expect([...who(fourth).values()]).not.toContain('C1');
  expect(who(fourth).get(east)).toBe('C3');
});
