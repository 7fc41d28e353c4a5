import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Refusal } from '../../shared/reply.ts';
import type { WorkRequestInput } from '../../shared/work-order.ts';
import { at, COUNTY, machine, NOON, TOWN, testApp } from '../app-for-test.ts';
import type { Offer } from '../services/offers.ts';

const RACES = 1000;
const MINUTE = 60_000;
const machines = Array.from({ length: RACES }, (_, i) => machine(`M${i}`));
const server = await testApp({ machines: [...machines, machine('C1')] });
const { requests, offers, orders, orderLedger } = server.app.book;
const inputOf = (areaMu: number): WorkRequestInput => ({
  ...{ id: randomUUID(), source: 'farmer', operation: 'harvest', division: TOWN, village: '', contactName: '', contactPhone: '' },
  ...{ fields: [], areaMu, lngLat: at(0, 0), crop: '', from: NOON, to: NOON + 1, pricePerMu: null, trackedOnly: false },
  ...{ leastWidthM: null, mostWidthM: null, note: '', contract: null },
});
async function asked(areaMu: number): Promise<string> {
  const { after } = await requests.put(inputOf(areaMu), { version: 0, author: '统计员' });
  return after.id;
}
const offerOf = (request: string, id: string, over: Partial<Offer> = {}): Offer => ({
  ...{ id: randomUUID(), kind: 'work', request, machine: id, division: null, operation: 'harvest', areaMu: 1, note: '' },
  ...{ machineVersion: orderLedger.versionOf(id), ...over },
});
const offer = (one: Offer, author: string) => offers.offer([one], { author, advice: null });
const wordOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === 'fulfilled' ? 'given' : (settled.reason as Refusal).message.split(':')[0];

test(
  'a thousand times two dispatchers give the same machine an order at once: one gets it, the other hears who did',
  async () => {
    const request = await asked(5000);
    const ends: string[] = [];
    const races = machines.map(async ({ id }) => {
      const [a, b] = [offerOf(request, id), offerOf(request, id)];
      const both = await Promise.allSettled([offer(a, '调度员甲'), offer(b, '调度员乙')]);
      ends.push(both.map(wordOf).sort().join(' '));
    });
    await Promise.all(races);
    expect(ends).toEqual(Array.from({ length: RACES }, () => 'given machineTaken'));
    expect(machines.every(({ id }) => orderLedger.liveOf(id).length === 1)).toBe(true);
    expect(orderLedger.ordersOf(request)).toHaveLength(RACES);
    expect(requests.openMu(requests.find(request))).toBe(4000);
    // And it is so in the database.
    await orderLedger.load();
    expect([...orderLedger.liveOrders()]).toHaveLength(RACES);
  },
  5 * MINUTE,
);

test('two programs on one database give a machine one order too', async () => {
  const twin = await testApp({ uri: server.uri });
  const request = await asked(100);
  const machineVersion = orderLedger.versionOf('C1');
  await twin.app.book.orderLedger.load();
  const mine = offerOf(request, 'C1', { machineVersion });
  const theirs = offerOf(request, 'C1', { machineVersion });
  const both = await Promise.allSettled([
    offer(mine, '调度员甲'),
    twin.app.book.offers.offer([theirs], { author: '调度员乙', advice: null }),
  ]);
  expect(both.map(wordOf).sort()).toEqual(['given', 'machineTaken']);
  await orderLedger.load();
  expect(orderLedger.liveOf('C1')).toHaveLength(1);
  await twin.close();
});

test('more machines at once than there is work: as many get it as there is work for', async () => {
  const request = await asked(3);
  const all = await Promise.allSettled(machines.slice(0, 20).map(({ id }) => offer(offerOf(request, id), '调度员')));
  const words = all.map(wordOf);
  expect([words.filter(word => word === 'given').length, words.filter(word => word === 'requestTaken').length]).toEqual([3, 17]);
});

test('an acceptance and a withdrawal at once end in one of two ways, never in both', async () => {
  const request = await asked(1000);
  const ends = await Promise.all(
    machines.slice(0, 200).map(async ({ id }) => {
      const given = await offer(offerOf(request, id), '调度员');
      const order = given.orders[0].id;
      const accept = () => orders.answer({ id: randomUUID(), order, act: 'accept', at: NOON });
      const withdraw = () => orders.withdraw(order, { version: 1, reason: '改派' });
      const [accepted, gone] = await Promise.allSettled(id.endsWith('1') ? [accept(), withdraw()] : [withdraw(), accept()]);
      const both = id.endsWith('1') ? [wordOf(accepted), wordOf(gone)] : [wordOf(gone), wordOf(accepted)];
      return `${both.join(' ')} → ${orders.find(order).state}`;
    }),
  );
  expect(new Set(ends)).toEqual(new Set(['given version → accepted', 'withdrawn given → withdrawn']));
});

test('nothing is held that was refused', () => {
  expect(() => requests.find(randomUUID())).toThrow(Refusal);
  expect(orderLedger.liveOf(COUNTY)).toEqual([]);
});
