import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { at, COUNTY, field, machine, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';

/** 100 × 100 m: 15 mu. */
const F1 = field('F1', rectangle(0, 0, 100, 100));
const server = await testApp({ fields: [F1], machines: [machine('C1'), machine('C2'), machine('C3', { drive: 'tracked' })] });
const dispatcher = await server.token({ role: 'dispatcher', name: '调度员甲', division: COUNTY });
const other = await server.token({ role: 'dispatcher', name: '调度员乙', division: '410100' });
const clerk = await server.token({ role: 'clerk', name: '统计员', division: TOWN });
const operator = (id: string) => server.token({ role: 'operator', name: '机手', machine: id });
const [driver1, driver2] = [await operator('C1'), await operator('C2')];

interface Shown {
  id: string;
  state: string;
  version: number;
  times: Record<string, number>;
  [key: string]: unknown;
}
interface Answer {
  status: number;
  body: Shown & { problem?: { message: string; values?: object }; orders?: Shown[] };
}
const send = (...args: Parameters<typeof server.send>) => server.send(...args) as unknown as Promise<Answer>;

const input = (id: string, over: object = {}) => ({
  ...{ id, source: 'farmer', operation: 'harvest', division: TOWN, village: '', contactName: '老李', contactPhone: '13700005678' },
  ...{ fields: [], areaMu: 20, lngLat: at(0, 0), crop: '小麦', from: NOON, to: NOON + 48 * 3_600_000, pricePerMu: 60 },
  ...{ trackedOnly: false, leastWidthM: null, mostWidthM: null, note: '', contract: null, ...over },
});
async function newRequest(over: object = {}): Promise<string> {
  const id = randomUUID();
  const { status } = await send('PUT', `/api/v1/requests/${id}`, input(id, over), clerk);
  expect(status).toBe(200);
  return id;
}
const versionOf = (id: string) => server.app.book.orderLedger.versionOf(id);
const offerOf = (request: string, id: string, over: object = {}) => ({
  ...{ id: randomUUID(), kind: 'work', request, machine: id, division: null, operation: 'harvest', areaMu: null, note: '' },
  ...{ machineVersion: versionOf(id), ...over },
});
const give = (token: string, ...offers: object[]) => send('POST', '/api/v1/orders', { offers }, token);
async function ordered(id: string, over: object = {}): Promise<Shown> {
  const { status, body } = await give(dispatcher, offerOf(await newRequest(), id, over));
  expect(status).toBe(200);
  return body.orders![0];
}
const answer = (token: string, order: string, act: string, over: object = {}) =>
  send('POST', '/api/v1/orders/answer', { id: randomUUID(), order, act, at: NOON, ...over }, token);

test('a request for fields takes area and place from them, and asks for what stands there still', async () => {
  const id = await newRequest({ fields: ['F1'], areaMu: null, lngLat: null });
  const { body } = await send('GET', `/api/v1/requests/${id}`, undefined, clerk);
  expect([body.areaMu, body.openMu, body.village, body.state, body.version]).toEqual([15, 15, '官峪村', 'open', 1]);
});

test('the same request again is the same; another one under its id is refused', async () => {
  const id = await newRequest();
  const again = await send('PUT', `/api/v1/requests/${id}`, input(id), clerk);
  expect([again.status, again.body.version]).toEqual([200, 1]);
  const taken = await send('PUT', `/api/v1/requests/${id}`, input(id, { areaMu: 30 }), clerk);
  expect([taken.status, taken.body.problem?.message]).toEqual([409, 'id: another request has it; make a new one']);
  const changed = await send('PUT', `/api/v1/requests/${id}?version=1`, input(id, { areaMu: 30 }), clerk);
  expect([changed.status, changed.body.areaMu, changed.body.version]).toEqual([200, 30, 2]);
});

test('an order goes from offered to settled, each state with its time', async () => {
  const order = await ordered('C1');
  expect([order.state, order.areaMu, order.sequence, order.contactPhone]).toEqual(['offered', 20, 1, '13700005678']);
  for (const [act, state] of Object.entries({ accept: 'accepted', setOut: 'onTheWay', start: 'working', finish: 'done' }))
    expect((await answer(driver1, order.id, act)).body.state).toBe(state);
  const settled = await send('POST', `/api/v1/orders/${order.id}/settle`, { version: 5, doneMu: 19.5, pricePerMu: 58 }, dispatcher);
  expect([settled.body.state, settled.body.doneMu, settled.body.pricePerMu, settled.body.version]).toEqual(['settled', 19.5, 58, 6]);
  expect(Object.keys(settled.body.times)).toEqual(['offered', 'accepted', 'onTheWay', 'working', 'done', 'settled']);
});

test('an order withdrawn a moment before cannot be accepted, and the operator hears why', async () => {
  const order = await ordered('C1');
  await send('POST', `/api/v1/orders/${order.id}/withdraw`, { version: 1, reason: '农户改期' }, dispatcher);
  const { status, body } = await answer(driver1, order.id, 'accept');
  expect([status, body.problem]).toEqual([
    409,
    {
      code: 'conflict',
      message: 'withdrawn: the order was withdrawn (农户改期); look for another one, 6 Jun 12:00',
      values: { plate: '豫A·C1', reason: '农户改期', state: 'withdrawn', at: NOON, by: '' },
    },
  ]);
});

test('an operator answers for his own machine alone, and reads its farmer’s number', async () => {
  const order = await ordered('C1');
  expect((await answer(driver2, order.id, 'accept')).status).toBe(403);
  expect((await send('GET', `/api/v1/orders/${order.id}`, undefined, driver1)).body.contactPhone).toBe('13700005678');
  expect((await send('GET', `/api/v1/orders/${order.id}`, undefined, driver2)).status).toBe(403);
});

test('a decline frees the work, with its reason', async () => {
  const order = await ordered('C1');
  const declined = await answer(driver1, order.id, 'decline', { declineReason: 'tooFar', note: '太远了' });
  expect([declined.body.state, declined.body.declineReason, declined.body.reason]).toEqual(['declined', 'tooFar', '太远了']);
  const request = await send('GET', `/api/v1/requests/${order.request}`, undefined, clerk);
  expect([request.body.state, request.body.openMu]).toEqual(['open', 20]);
});

test('the same answer again is a retry', async () => {
  const order = await ordered('C1');
  const id = randomUUID();
  const first = await answer(driver1, order.id, 'accept', { id });
  const second = await answer(driver1, order.id, 'accept', { id });
  expect([first.body.version, second.body.version]).toEqual([2, 2]);
});

test('a request is split over machines, and no more of it goes out than there is', async () => {
  const request = await newRequest({ areaMu: 50 });
  const split = await give(dispatcher, offerOf(request, 'C1', { areaMu: 20 }), offerOf(request, 'C2', { areaMu: 20 }));
  expect(split.body.orders!.map(order => order.areaMu)).toEqual([20, 20]);
  const tooMuch = await give(other, offerOf(request, 'C3', { areaMu: 11 }));
  expect([tooMuch.status, tooMuch.body.problem?.message]).toEqual([
    409,
    'requestTaken: only 10 mu of 高村乡 are open: 调度员甲 gave 豫A·C2 20 mu of it, 6 Jun 12:00',
  ]);
  const rest = await give(other, offerOf(request, 'C3'));
  expect(rest.body.orders![0].areaMu).toBe(10);
});

test('all orders of a call go out or none', async () => {
  const [one, two] = [await newRequest(), await newRequest()];
  const before = versionOf('C1');
  const refused = await give(dispatcher, offerOf(one, 'C1'), offerOf(two, 'C2', { machineVersion: 99 }));
  expect(refused.status).toBe(409);
  expect([versionOf('C1'), (await send('GET', `/api/v1/requests/${one}`, undefined, clerk)).body.openMu]).toEqual([before, 20]);
});

test('a machine that somebody else chose meanwhile is refused, with who and when', async () => {
  const [one, two] = [await newRequest(), await newRequest()];
  const [mine, theirs] = [offerOf(one, 'C2'), offerOf(two, 'C2')];
  await give(other, theirs);
  const refused = await give(dispatcher, mine);
  expect(refused.body.problem).toEqual({
    code: 'conflict',
    message: 'machineTaken: 豫A·C2 was given an order by 调度员乙, 6 Jun 12:00; look at it again',
    values: { machine: 'C2', plate: '豫A·C2', what: 'offered', by: '调度员乙', at: NOON },
  });
  const again = await give(other, theirs);
  expect([again.status, again.body.orders![0].id]).toEqual([200, theirs.id]);
});

test('a cancelled request takes its orders with it, but not from under a machine at work', async () => {
  const order = await ordered('C3');
  await answer(await operator('C3'), order.id, 'start');
  const cancel = () => send('POST', `/api/v1/requests/${order.request}/cancel`, { version: 1, reason: '自家收了' }, clerk);
  expect((await cancel()).body.problem?.message).toBe('working: 豫A·C3 is at work there; withdraw or end its order first');
  await send('POST', `/api/v1/orders/${order.id}/withdraw`, { version: 2, reason: '让路' }, dispatcher);
  expect((await cancel()).body.state).toBe('cancelled');
});

test('what was given out is there after a restart', async () => {
  const order = await ordered('C1');
  await server.app.book.orderLedger.load();
  const { body } = await send('GET', `/api/v1/orders/${order.id}`, undefined, dispatcher);
  expect(body).toEqual(order);
});
