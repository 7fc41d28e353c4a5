import { describe, expect, test } from 'vitest';
import type { CabNotice } from '../../shared/notice.ts';
import type { OrderAnswer, WorkOrderShown } from '../../shared/work-order.ts';
import { type Inbox, type OrderCalls, OrderDesk } from './order-desk.ts';

const MINUTE = 60_000;
const settle = () => new Promise(resolve => setImmediate(resolve));

const order = (id: string, over: Partial<WorkOrderShown> = {}): WorkOrderShown =>
  ({
    id,
    kind: 'work',
    machine: 'C1',
    division: '410182100',
    lngLat: [113.4, 34.7],
    fields: ['F1'],
    areaMu: 12,
    sequence: 1,
    state: 'offered',
    ...over,
  }) as WorkOrderShown;

/** A server with one inbox for everybody, that writes down what it is told. */
function serverWith(inbox: Partial<Inbox>) {
  const said: string[] = [];
  let isAway = false;
  const calls: OrderCalls = {
    inbox: async machine => {
      said.push(`inbox ${machine}`);
      if (isAway) throw new Error('away');
      return { asOf: 0, orders: [], notices: [], ...inbox };
    },
    answer: async (machine, { order: id, act, at, declineReason }: OrderAnswer) => {
      if (isAway) throw new Error('away');
      said.push([machine, act, id, at / MINUTE, declineReason].filter(one => one !== undefined).join(' '));
      return order(id);
    },
    readNotice: async (machine, notice, at) => void said.push(`${machine} read ${notice} ${at / MINUTE}`),
  };
  const goAway = (away: boolean) => {
    isAway = away;
  };
  return { said, calls, goAway };
}

const deskOf = (calls: OrderCalls, onTrouble: (machine: string, what: string) => void = () => undefined) =>
  new OrderDesk({ calls, seed: 1, countyOf: division => division.slice(0, 6), onTrouble });
const there = () => ({ isThere: true, isBroken: false });

async function play(desk: OrderDesk, minutes: number[], presence = there): Promise<void> {
  for (const minute of minutes) {
    desk.tick(minute * MINUTE, presence);
    await settle();
  }
}

describe('an operator', () => {
  test('thinks for one to five minutes, accepts, and reads a notice', async () => {
    const { said, calls } = serverWith({ orders: [order('A')], notices: [{ id: 'N', readAt: null } as CabNotice] });
    const desk = deskOf(calls);
    desk.heard('C1');
    await play(desk, [0, 0.9]);
    expect(said).toEqual(['inbox C1']);
    await play(desk, [5, 6, 7]);
    expect([...said].sort()).toEqual(['C1 accept A 5', 'C1 read N 5', 'inbox C1']);
    expect(desk.dispatchOf('C1').next()).toEqual({
      id: 'A',
      kind: 'work',
      county: '410182',
      lngLat: [113.4, 34.7],
      fields: ['F1'],
      areaMu: 12,
    });
  });

  test('declines with a reason about one offer in eight, the same ones every time', async () => {
    const verdicts = async () => {
      const ids = Array.from({ length: 400 }, (_, i) => `order-${i}`);
      const { said, calls } = serverWith({ orders: ids.map(id => order(id)) });
      const desk = deskOf(calls);
      desk.heard('C1');
      await play(desk, [0, 10]);
      await settle();
      return said.slice(1);
    };
    const first = await verdicts();
    expect(await verdicts()).toEqual(first);
    const declined = first.filter(line => line.includes(' decline '));
    expect(first.length).toBe(400);
    expect(declined.length).toBeGreaterThan(30);
    expect(declined.length).toBeLessThan(70);
    expect(declined.every(line => / (tooFar|otherWork|price|ground|rest)$/.test(line))).toBe(true);
  });

  test('who stands broken declines, and who sleeps or has no signal says nothing until then', async () => {
    const { said, calls } = serverWith({ orders: [order('A')] });
    const desk = deskOf(calls);
    desk.heard('C1');
    await play(desk, [0, 10, 20], () => ({ isThere: false, isBroken: false }));
    expect(said).toEqual(['inbox C1']);
    await play(desk, [30], () => ({ isThere: true, isBroken: true }));
    expect(said).toEqual(['inbox C1', 'C1 decline A 30 broken']);
  });

  test('takes orders by their sequence, and tells what he does in the order in which he did it, after the server was away', async () => {
    const orders = [order('B', { sequence: 2, state: 'accepted' }), order('A', { state: 'accepted' })];
    const { said, calls, goAway } = serverWith({ orders });
    const troubles: string[] = [];
    const desk = deskOf(calls, (_machine, what) => troubles.push(what));
    desk.heard('C1');
    await play(desk, [0]);
    goAway(true);
    const dispatch = desk.dispatchOf('C1');
    const task = dispatch.next()!;
    expect(task.id).toBe('A');
    dispatch.did(task, 'setOut', 60_000);
    dispatch.did(task, 'start', 120_000);
    dispatch.did(task, 'finish', 180_000);
    expect(dispatch.next()?.id).toBe('B');
    await play(desk, [4]);
    goAway(false);
    await play(
      desk,
      Array.from({ length: 45 }, (_, i) => 5 + i),
    );
    expect(troubles).toEqual(['order: away']);
    expect(said).toEqual(['inbox C1', 'C1 setOut A 1', 'C1 start A 2', 'C1 finish A 3']);
  });

  test('an order that was withdrawn is no task any more', async () => {
    const orders = [order('A', { state: 'accepted' })];
    const inbox = { orders };
    const { calls } = serverWith(inbox);
    const desk = deskOf(calls);
    desk.heard('C1');
    await play(desk, [0]);
    const dispatch = desk.dispatchOf('C1');
    const task = dispatch.next()!;
    expect(dispatch.isOn(task)).toBe(true);
    orders[0] = order('A', { state: 'withdrawn' });
    desk.heard('C1');
    await play(desk, [1]);
    expect([dispatch.next(), dispatch.isOn(task)]).toEqual([undefined, false]);
  });
});

test('a notice to 250 machines makes five of them ask a tick, and each once', async () => {
  const { said, calls } = serverWith({});
  const desk = deskOf(calls);
  for (let i = 0; i < 250; i++) desk.heard(`C${i}`);
  await play(desk, [0]);
  expect(said.length).toBe(5);
  await play(
    desk,
    Array.from({ length: 60 }, () => 0),
  );
  expect([said.length, new Set(said).size]).toEqual([250, 250]);
});
