import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { at, divisions, field, machine, NOON, rectangle, TOWN, testApp } from '../../server/app-for-test.ts';
import type { WorkOrderShown } from '../../shared/work-order.ts';
import { Fleet } from './fleet.ts';
import { JobBoard } from './job-board.ts';
import type { FleetSeason } from './muster.ts';
import { countyByCode, driversOf, fieldsOf, serviceOf } from './muster.ts';
import { OrderDesk } from './order-desk.ts';
import { ServerView } from './server-view.ts';

const CITY = '410100';
const FAR = '410185';
/** Four strips at home, and two 3 km to the north in the other county. */
const strips = [
  ...[0, 40, 80, 120].map((north, i) => field(`F${i}`, rectangle(0, north, 144, 33))),
  ...[3000, 3040].map((north, i) => field(`V${i}`, rectangle(0, north, 144, 33), { county: FAR, town: '410185100' })),
];
const machines = [machine('C1')];
const season: FleetSeason = { divisions, plannedAreas: [], stations: [], machines, reported: [], fields: () => strips };

test('an order to named fields and a move are heard, accepted, carried out and told over the public contract', async () => {
  let now = NOON - 4 * 3_600_000;
  const app = await testApp({ fields: strips, machines, now: () => now });
  const tokens = new Map([['C1', await app.token({ role: 'device', machine: 'C1' })]]);
  const dispatcher = await app.token({ role: 'dispatcher', name: '调度员', division: CITY });
  const give = async (offer: object): Promise<string> => {
    const machineVersion = app.app.book.orderLedger.versionOf('C1');
    const whole = { machine: 'C1', machineVersion, areaMu: null, note: '', operation: 'harvest', ...offer };
    const { status, body } = await app.send('POST', '/api/v1/orders', { offers: [whole] }, dispatcher);
    expect([status, body]).toEqual([200, expect.anything()]);
    return (body as { orders: WorkOrderShown[] }).orders[0].id;
  };
  const request = randomUUID();
  await app.send(
    'PUT',
    `/api/v1/requests/${request}`,
    {
      ...{ id: request, source: 'farmer', operation: 'harvest', division: TOWN, village: '', contactName: '', contactPhone: '' },
      ...{ fields: ['F3'], areaMu: null, lngLat: null, crop: '小麦', from: now, to: now + 36_000_000, pricePerMu: 60 },
      ...{ trackedOnly: false, leastWidthM: null, mostWidthM: null, note: '', contract: null },
    },
    dispatcher,
  );
  // Ids by which, with the seed below, the operator declines neither.
  const work = await give({ id: '00000000-0000-4000-8000-000000000001', kind: 'work', request, division: null });
  const move = await give({ id: '00000000-0000-4000-8000-000000000002', kind: 'move', request: null, division: FAR });

  const server = new ServerView(app.url, { viewer: await app.token({ role: 'viewer' }), clerk: '', service: '' });
  const underWay = new Set<Promise<unknown>>();
  const followed = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    underWay.add(answer);
    return answer;
  };
  /** One answer may lead to the next question. */
  const answered = async () => {
    do {
      for (const answer of underWay) await Promise.allSettled([answer]).then(() => underWay.delete(answer));
      await new Promise(resolve => setImmediate(resolve));
    } while (underWay.size > 0);
  };
  const troubles: string[] = [];
  const onTrouble = (_: string, what: string) => void troubles.push(what);
  const counties = countyByCode(divisions);
  const desk = new OrderDesk({
    calls: {
      inbox: id => followed(server.inbox(tokens.get(id)!)),
      answer: (id, answer) => followed(server.answerOrder(answer, tokens.get(id)!)),
      readNotice: (id, notice, readAt) => followed(server.readNotice(notice, readAt, tokens.get(id)!)),
    },
    seed: 1,
    countyOf: division => counties.get(division) ?? division,
    onTrouble,
  });
  const known = { stages: new Map(), places: new Map([['C1', at(0, -50)]]), counties: new Map() };
  const fields = fieldsOf(season, 1, known);
  const drivers = driversOf(season, machines, fields, { seed: 1, known });
  const board = new JobBoard(fields, serviceOf(drivers, fields));
  const fleet = new Fleet({
    url: app.url,
    tokens,
    board,
    stations: new Map(),
    newOutbox: () => 'first-outbox',
    onClock: () => undefined,
    onTrouble,
    desk,
  });
  for (const driver of drivers) fleet.join(driver, now);
  // Connected, it has heard that there may be something.
  await expect
    .poll(() => {
      fleet.tick(now);
      return underWay.size;
    })
    .toBeGreaterThan(0);
  const stateOf = (id: string) => app.app.book.orders.find(id).state;
  for (const until = now + 8 * 3_600_000; now < until && stateOf(move) !== 'done'; now += 60_000) {
    fleet.tick(now);
    await answered();
  }
  fleet.close();
  expect(troubles).toEqual([]);
  expect([stateOf(work), stateOf(move)]).toEqual(['done', 'done']);
  const { times } = app.app.book.orders.find(work);
  expect(Object.keys(times)).toEqual(['offered', 'accepted', 'onTheWay', 'working', 'done']);
  expect(times.accepted! - times.offered!).toBeGreaterThanOrEqual(60_000);
  // 7.1 mu at 13 mu an hour.
  expect(times.done! - times.working!).toBeGreaterThan(20 * 60_000);
  expect(fields.find(({ id }) => id === 'F3')?.stage).toBe('harvested');
});
