import { expect, test } from 'vitest';
import { planOf, problemOf } from '../../server/domain/plan/plan-for-test.ts';
import { randomOf } from '../season/random.ts';
import { judged } from './replan.ts';
import { drawCounty, strike } from './replan-county.ts';

/** 10 km/h: A works on a from 0 to 2, drives 10 km and does b from 3 to 5, then c, 10 km on, from 6 to 8. B has d from 0 to 2. */
const problem = problemOf({
  machines: [
    { id: 'A', x: 0, y: 0 },
    { id: 'B', x: 50, y: 0 },
  ],
  orders: [
    { id: 'a', x: 0, y: 0, serviceH: 2 },
    { id: 'b', x: 10, y: 0, serviceH: 2 },
    { id: 'c', x: 20, y: 0, serviceH: 2 },
    { id: 'd', x: 50, y: 0, serviceH: 2 },
  ],
});
const routes = [
  { machine: 'A', orders: ['a', 'b', 'c'] },
  { machine: 'B', orders: ['d'] },
];
const answer = { routes, latenessH: 0, travelKm: 20, unassigned: [] };

test('what is done is gone, what is begun stays with its machine for what remains of it, and the rest is untouched', () => {
  const { problem: left, struck, untouched } = strike(problem, answer, { kind: 'urgent order', atH: 4, random: randomOf('x') });
  expect(left.orders.map(({ id, serviceH }) => [id, serviceH])).toEqual([
    ['b', 1],
    ['c', 2],
    ['urgent', 1],
  ]);
  expect(left.machines).toMatchObject([
    { id: 'A', x: 10, frozen: ['b'], workingHours: [{ fromH: 4 }] },
    { id: 'B', x: 50, frozen: [], workingHours: [{ fromH: 4 }] },
  ]);
  expect([left.present, struck, [...untouched]]).toEqual([
    [
      { machine: 'A', orders: ['b', 'c'] },
      { machine: 'B', orders: [] },
    ],
    ['urgent'],
    [['c', 'A']],
  ]);
});

test('a machine that breaks down leaves all it has not done, also what it had begun', () => {
  const onlyA = { ...answer, routes: routes.slice(0, 1) };
  const { problem: left, struck } = strike(problem, onlyA, { kind: 'breakdown', atH: 4, random: randomOf('x') });
  expect([left.machines.map(({ id }) => id), struck, left.present]).toEqual([['B'], ['b', 'c'], []]);
});

test('a new plan is good when the fault is served, four fifths stay and it is hardly dearer', () => {
  const faulty = { problem, struck: ['b'], untouched: new Map([...'acd'].map(id => [id, id === 'd' ? 'B' : 'A'])) };
  expect(judged(faulty, { scratch: answer, again: answer })).toEqual({ costRatio: 1, kept: 1, served: true, good: true });
  // A drives nowhere, B from d 30 km to c and 10 to b: twice the way.
  const other = { ...answer, travelKm: 40 };
  other.routes = [
    { machine: 'A', orders: ['a'] },
    { machine: 'B', orders: ['d', 'c', 'b'] },
  ];
  expect(judged(faulty, { scratch: answer, again: other })).toEqual({ costRatio: 2, kept: 2 / 3, served: true, good: false });
});

test('in a county under too much load a fault moves at most a fifth of what it does not strike', () => {
  const county = drawCounty('small', 'overloaded', { orders: 60, machines: 12 });
  const faulty = strike(county, planOf(county, { looks: 20 }), { kind: 'breakdown', atH: 0, random: randomOf('fault') });
  const again = planOf(faulty.problem, { looks: 60, seed: 2 });
  const scratch = planOf({ ...faulty.problem, present: [] }, { looks: 60, seed: 3 });
  const { kept, served } = judged(faulty, { scratch, again });
  expect(served).toBe(true);
  expect(kept).toBeGreaterThanOrEqual(0.8);
});
