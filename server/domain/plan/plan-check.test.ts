import { expect, test } from 'vitest';
import { planFaults } from './plan-check.ts';
import { problemOf } from './plan-for-test.ts';

const problem = problemOf({
  machines: [
    { id: 'A', x: 0, y: 0, capacity: 5, workingHours: [{ fromH: 0, toH: 6 }], frozen: ['f'] },
    { id: 'B', x: 0, y: 0, skills: ['tracked'], return: true },
  ],
  orders: [
    { id: 'f', x: 10, y: 0, serviceH: 1 },
    { id: 'a', x: 20, y: 0, serviceH: 1, demand: 5 },
    { id: 't', x: 0, y: 10, serviceH: 1, dueH: 1, skills: ['tracked'], demand: 1 },
  ],
});
const good = {
  routes: [
    { machine: 'A', orders: ['f', 'a'] },
    { machine: 'B', orders: ['t'] },
  ],
  latenessH: 1,
  travelKm: 40,
  unassigned: [],
};
const route = (machine: string, ...orders: string[]) => ({ machine, orders });
const faultsOf = (change: object) => planFaults(problem, { ...good, ...change });

test('a plan that keeps all rules has no fault', () => {
  expect(faultsOf({})).toEqual([]);
});

test('each broken rule is told', () => {
  expect(faultsOf({ latenessH: 0 })).toEqual(['lateness is 1 h, not 0']);
  expect(faultsOf({ travelKm: 39 })).toEqual(['the way is 40 km, not 39']);
  expect(faultsOf({ routes: [...good.routes, route('X')] })).toEqual(['machine X is unknown']);
  expect(faultsOf({ routes: [...good.routes, route('B')] })).toEqual(['machine B has two routes']);
  expect(faultsOf({ routes: [route('A', 'f', 'a', 'a'), route('B', 't')] })).toContain('order a is done 2 times instead of 1');
  expect(faultsOf({ routes: [route('A', 'f', 'x'), route('B', 't')] })).toContain('order x is unknown');
  expect(faultsOf({ routes: [route('A', 'f'), route('B', 't')], travelKm: 30 })).toEqual(['order a is left out without a cause']);
  expect(faultsOf({ unassigned: [{ order: 'a', cause: 'hours' }] })).toEqual(['order a is done and said to be left out']);
  expect(faultsOf({ routes: [route('A', 'a', 'f'), route('B', 't')] })).toContain('machine A does a where f is frozen');
  expect(faultsOf({ routes: [route('B', 't')] })).toContain('machine A lost its frozen orders');
  expect(faultsOf({ routes: [route('A', 'f', 'a', 't')] })).toEqual(
    expect.arrayContaining([
      'machine A lacks tracked for order t',
      'machine A has 6, with room for 5',
      'machine A is not done with order t in its hours',
    ]),
  );
});
