import { describe, expect, test } from 'vitest';
import { compileProblem } from './compiled-problem.ts';
import { planFaults } from './plan-check.ts';
import { lookBudget, planOf, problemOf } from './plan-for-test.ts';
import { planRouting } from './plan-routing.ts';
import { seededRandom } from './random.ts';
import { search } from './search.ts';

const order = (id: string, x: number, more: object = {}) => ({ id, x, y: 0, serviceH: 1, readyH: 0, dueH: 50, ...more });
const machine = (id: string, x: number, more: object = {}) => ({ id, x, y: 0, ...more });
const routes = (...list: [string, ...string[]][]) => list.map(([id, ...orders]) => ({ machine: id, orders }));

describe('known best plans', () => {
  test('one machine goes along a line, not to and fro', () => {
    // 0 → 10 → 20 → 30 km.
    expect(planOf({ machines: [machine('A', 0)], orders: [order('c', 30), order('a', 10), order('b', 20)] })).toEqual({
      routes: routes(['A', 'a', 'b', 'c']),
      latenessH: 0,
      travelKm: 30,
      unassigned: [],
    });
  });

  test('each of two takes what lies on its side', () => {
    const problem = { machines: [machine('A', 0), machine('B', 100)], orders: [order('far', 90), order('near', 20), order('mid', 10)] };
    expect(planOf(problem)).toEqual({ routes: routes(['A', 'mid', 'near'], ['B', 'far']), latenessH: 0, travelKm: 30, unassigned: [] });
  });

  test('what is due first comes first, although the way is longer', () => {
    // To 40 first: done at 5 h, then 50 km back to −10: done at 11 h. The short way round would be done with 40 at 1 + 1 + 5 + 1 = 8 h.
    const problem = { machines: [machine('A', 0)], orders: [order('b', 40, { dueH: 5 }), order('a', -10, { dueH: 30 })] };
    expect(planOf(problem)).toEqual({ routes: routes(['A', 'b', 'a']), latenessH: 0, travelKm: 90, unassigned: [] });
  });

  test('work waits for its ready hour, and what cannot be in time is late by the least', () => {
    // Ready at 6, done at 7, due at 5: 2 h late. Nothing helps.
    const problem = { machines: [machine('A', 0)], orders: [order('a', 10, { readyH: 6, dueH: 5 })] };
    expect(planOf(problem)).toEqual({ routes: routes(['A', 'a']), latenessH: 2, travelKm: 10, unassigned: [] });
  });

  test('a machine that returns drives back, one that does not stays', () => {
    expect(planOf({ machines: [machine('A', 0, { return: true })], orders: [order('a', 10)] }).travelKm).toBe(20);
    expect(planOf({ machines: [machine('A', 0)], orders: [order('a', 10)] }).travelKm).toBe(10);
  });

  test('on the earth a degree of latitude is 111.195 km', () => {
    const there = { id: 'a', lng: 113, lat: 35, serviceH: 1 };
    const { travelKm } = planOf({ machines: [{ id: 'A', lng: 113, lat: 34 }], orders: [there] });
    expect(travelKm).toBeCloseTo(111.195, 3);
  });

  test('a long order is divided, and two machines do it at the same time', () => {
    // 4 h in two parts of 2 h: both done at 2 h, in time; one alone would be done at 4 h.
    const problem = { machines: [machine('A', 0), machine('B', 0)], orders: [order('a', 0, { serviceH: 4, shareH: 2, dueH: 2 })] };
    expect(planOf(problem)).toEqual({ routes: routes(['A', 'a'], ['B', 'a']), latenessH: 0, travelKm: 0, unassigned: [] });
  });
});

describe('hard limits', () => {
  const one = (machineHas: object, orderHas: object) =>
    planOf({ machines: [machine('A', 0, machineHas)], orders: [order('a', 10, orderHas)] }).unassigned;

  test('each has its cause', () => {
    expect(one({}, { skills: ['tracked'] })).toEqual([{ order: 'a', cause: 'skills' }]);
    expect(one({ capacity: 4 }, { demand: 5 })).toEqual([{ order: 'a', cause: 'capacity' }]);
    expect(one({ workingHours: [{ fromH: 0, toH: 0.5 }] }, {})).toEqual([{ order: 'a', cause: 'unreachable' }]);
    expect(one({ workingHours: [{ fromH: 0, toH: 1.5 }] }, {})).toEqual([{ order: 'a', cause: 'hours' }]);
    // Done at 2 h, but back only at 3 h.
    expect(one({ return: true, workingHours: [{ fromH: 0, toH: 2 }] }, {})).toEqual([{ order: 'a', cause: 'hours' }]);
    expect(one({ skills: ['tracked'], capacity: 5, workingHours: [{ fromH: 0, toH: 2 }] }, { skills: ['tracked'], demand: 5 })).toEqual([]);
    expect(planOf({ orders: [order('a', 10)] }).unassigned).toEqual([{ order: 'a', cause: 'noMachine' }]);
  });

  test('where not all fit, as many as possible are served, and the rest says what it lacks', () => {
    const full = {
      machines: [machine('A', 0, { capacity: 5 })],
      orders: [order('a', 1, { demand: 5 }), order('b', 2, { demand: 3 }), order('c', 3, { demand: 2 })],
    };
    expect(planOf(full)).toMatchObject({ routes: routes(['A', 'b', 'c']), unassigned: [{ order: 'a', cause: 'capacity' }] });
    const short = {
      machines: [machine('A', 0, { workingHours: [{ fromH: 0, toH: 2 }] })],
      orders: [order('a', 0), order('b', 0), order('c', 0)],
    };
    expect(planOf(short)).toMatchObject({ latenessH: 0, unassigned: [{ cause: 'hours' }] });
  });

  test('what a span does not hold goes on with the next', () => {
    // An hour on the road and two of the three hours of work until 18, the last from 30 to 31: an hour after it is due.
    const spans = [
      { fromH: 15, toH: 18 },
      { fromH: 30, toH: 40 },
    ];
    const problem = { machines: [machine('A', 0, { workingHours: spans })], orders: [order('a', 10, { serviceH: 3, dueH: 30 })] };
    expect(planOf(problem)).toEqual({ routes: routes(['A', 'a']), latenessH: 1, travelKm: 10, unassigned: [] });
  });
});

describe('a plan at hand', () => {
  const orders = [order('a', 10), order('b', 20), order('c', 80), order('d', 90)];
  const machines = [machine('A', 0), machine('B', 100)];

  test('frozen orders come first and stay, however long the way', () => {
    const frozen = [machine('A', 0, { frozen: ['d'] }), machine('B', 100)];
    // A: 90 km to d, 10 on to c; B: 80 km to b, 10 on to a, or all by A on its way back. Any way d is A's first.
    expect(planOf({ machines: frozen, orders }).routes[0]).toMatchObject({ machine: 'A', orders: expect.arrayContaining(['d']) });
    expect(planOf({ machines: frozen, orders }).routes[0].orders[0]).toBe('d');
  });

  test('an order stays where it is unless taking it away saves more than stayKm', () => {
    const present = routes(['A', 'a', 'b', 'c'], ['B', 'd']);
    // A drives 80 km and B 10; c at B would be 20 km and 20: 50 km less.
    expect(planOf({ machines, orders, present, stayKm: 100 }).routes).toEqual(present);
    expect(planOf({ machines, orders, present, stayKm: 10 }).routes).toEqual(routes(['A', 'a', 'b'], ['B', 'd', 'c']));
  });

  test('of four orders one may leave its machine when a quarter may, and it is the one that saves most', () => {
    // A goes the whole line, 90 km; without d 80, and B 5. With c and d at B it would be 20 + 15 km.
    const present = routes(['A', 'a', 'b', 'c', 'd']);
    const near = [machine('A', 0), machine('B', 95)];
    const planned = (mostMovedShare: number) => planOf({ machines: near, orders, present, stayKm: 0, mostMovedShare }).routes;
    expect(planned(0)).toEqual(present);
    expect(planned(0.25)).toEqual(routes(['A', 'a', 'b', 'c'], ['B', 'd']));
    expect(planned(0.5)).toEqual(routes(['A', 'a', 'b'], ['B', 'd', 'c']));
  });

  test('what cannot stay goes, however few may leave, and others are not made to follow', () => {
    const able = [machine('A', 0), machine('B', 100, { skills: ['tracked'] })];
    const present = routes(['A', 'a', 'b', 'd', 'c']);
    const orders = [order('a', 10, { skills: ['tracked'] }), order('b', 20), order('c', 80, { skills: ['tracked'] }), order('d', 90)];
    // B drives to c and on to a, 20 + 70 km; A 20 and 70.
    expect(planOf({ machines: able, orders, present, stayKm: 0, mostMovedShare: 0 }).routes).toEqual(
      routes(['A', 'b', 'd'], ['B', 'c', 'a']),
    );
  });

  test('a machine or order that is gone is left out of it, and a new order finds a place', () => {
    const present = routes(['A', 'a', 'gone', 'b'], ['broken', 'c', 'd']);
    expect(planOf({ machines, orders, present, stayKm: 100 })).toEqual({
      routes: routes(['A', 'a', 'b'], ['B', 'd', 'c']),
      latenessH: 0,
      travelKm: 40,
      unassigned: [],
    });
  });

  test('what breaks a hard limit by now is taken away', () => {
    const able = [machine('A', 0), machine('B', 100, { skills: ['tracked'] })];
    const present = routes(['A', 'a']);
    expect(planOf({ machines: able, orders: [order('a', 10, { skills: ['tracked'] })], present }).routes).toEqual(routes(['B', 'a']));
  });
});

describe('the search', () => {
  const random = seededRandom(5);
  const place = () => ({ x: 40 * random(), y: 40 * random() });
  const machines = Array.from({ length: 8 }, (_, i) => ({ id: `M${i}`, ...place() }));
  const orders = Array.from({ length: 60 }, (_, i) => ({
    id: `O${i}`,
    ...place(),
    serviceH: 0.5 + random(),
    readyH: 10 * random(),
    dueH: 10 + 10 * random(),
  }));

  test('gives the same plan for the same seed, and only for the same', () => {
    const [once, again, other] = [1, 1, 2].map(seed => planOf({ machines, orders }, { looks: 20, seed }));
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  test('has a whole plan also without any time, and stops when it is told', () => {
    expect(planOf({ machines, orders }, { looks: 0 }).unassigned).toEqual([]);
    const { routing } = planRouting(problemOf({ machines, orders }));
    let asked = 0;
    search(compileProblem(routing), { random, budget: { shouldStop: () => ++asked > 3, spent: () => 0 } });
    expect(asked).toBe(4);
  });

  test('gets better with more time, keeps the rules, and does not touch its arguments', () => {
    const problem = problemOf({ machines, orders });
    const before = structuredClone(problem);
    const [little, much] = [0, 200].map(looks => planOf(problem, { looks }));
    expect(much.latenessH).toBeLessThanOrEqual(little.latenessH);
    expect([little, much].map(answer => planFaults(problem, answer))).toEqual([[], []]);
    expect(problem).toEqual(before);
  });

  test('goes on from what others found, when that is better', () => {
    const { routing } = planRouting(problemOf({ machines, orders }));
    const compiled = compileProblem(routing);
    const good = search(compiled, { random: seededRandom(1), budget: lookBudget(300) });
    const helped = search(compiled, { random: seededRandom(2), budget: lookBudget(13), exchange: () => good });
    expect([helped.lateH, helped.km].map(Math.fround)).toEqual([good.lateH, good.km].map(Math.fround));
  });

  test('plans 5,000 orders: an order for everyone, none twice', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ id: `${i}`, ...place(), serviceH: 0.1 }));
    const problem = problemOf({
      machines: machines.map(one => ({ ...one, capacity: 700 })),
      orders: many.map(one => ({ ...one, demand: 1 })),
    });
    const answer = planOf(problem, { looks: 1 });
    expect(answer.routes.flatMap(route => route.orders).length).toBe(5000);
    expect(planFaults(problem, answer)).toEqual([]);
  });
});
