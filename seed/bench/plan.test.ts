import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readInstance } from './plan-instance.ts';
import { judgeRoutes } from './plan-route-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'harvest-bench-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A depot at 0/0 open until 100; stops at 3/4 and 6/8, 5 from each other and from the depot, the second only from 50 to 60. */
const solomon = `T1\r
\r
VEHICLE\r
NUMBER     CAPACITY\r
  2         10\r
\r
CUSTOMER\r
CUST NO.   XCOORD.   YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME\r
\r
    0      0         0          0          0       100          0\r
    1      3         4          6          0       100         10\r
    2      6         8          4         50        60         10\r
`;

/** Two depots with one machine each, at −10/0 and 10/0, room for 3, routes no longer than 14; a stop beside each. */
const cordeau = '2 1 2 2\n14 3\n14 3\n1 -12 0 5 2 1 2 1 2\n2 12.5 0 5 2 1 2 1 2\n3 -10 0 0 0\n4 10 0 0 0\n';

test('a file in the form of Solomon is one depot, windows for the begin of work, and as many machines as it says', () => {
  const { problem, depotOf, stopOf } = readInstance(solomon);
  expect({ depotOf, stopOf }).toEqual({ depotOf: [0, 0], stopOf: [1, 2] });
  expect(problem.orders[1]).toMatchObject({ at: [6, 8], demand: 4, readyH: 50, latestStartH: 60, serviceH: 10 });
  expect(problem.machines[1]).toMatchObject({ start: [0, 0], end: [0, 0], capacity: 10, hours: [{ fromH: 0, toH: 100 }] });
});

test('a file in the form of Cordeau has several depots, capacity and the longest route of each', () => {
  const { problem, depotOf, stopOf } = readInstance(cordeau);
  expect({ depotOf, stopOf }).toEqual({ depotOf: [3, 4], stopOf: [1, 2] });
  expect(problem.orders[1]).toMatchObject({ at: [12.5, 0], demand: 2, serviceH: 5 });
  expect(problem.machines[1]).toMatchObject({ start: [10, 0], capacity: 3, hours: [{ fromH: 0, toH: 14 }] });
});

test('anything else is refused', () => {
  expect(() => readInstance('hello')).toThrow('Neither Solomon nor a Cordeau file');
  expect(() => readInstance('2 1 2 2\n14 3\n14 3\n1 -12 0 5 2\n')).toThrow('ends early: 3 rows instead of 6');
});

test('routes are judged stop by stop', () => {
  const { problem } = readInstance(solomon);
  // 5 to the first, 5 on, 10 back.
  expect(judgeRoutes(problem, [[0, 1]])).toEqual({ distance: 20, faults: [] });
  // The second is done at 60 at the earliest, the first at 75, and back at 80.
  expect(judgeRoutes(problem, [[1, 0]])).toEqual({ distance: 20, faults: [] });
  expect(judgeRoutes(problem, [[0], [0, 1]]).faults).toEqual(['stop 0 is visited 2 times']);
  expect(judgeRoutes(problem, [[0]]).faults).toEqual(['stop 1 is visited 0 times']);
  const tight = { ...problem, orders: [{ ...problem.orders[0], demand: 7, latestStartH: 4 }, problem.orders[1]] };
  expect(judgeRoutes(tight, [[0, 1]]).faults).toEqual(['stop 0 begins at 5, after 4', 'route 0 carries 11, more than 10']);
  const { problem: long } = readInstance(cordeau);
  expect(judgeRoutes(long, [[], [0, 1]]).faults).toContain('route 1 ends at 59, after 14');
});

test('the command plans every file below a folder against the best known, and its routes can be recomputed', async () => {
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'T1.txt'), solomon);
  writeFileSync(join(folder, 'sub/T2.txt'), cordeau);
  writeFileSync(
    join(folder, 'best-known.json'),
    JSON.stringify({ T1: { 'hierarchical (…)': { distance: 1 }, distance_only: { distance: 16 } }, T2: { best_known_cost: 9 } }),
  );
  const args = ['--import', 'tsx', join(import.meta.dirname, 'plan.ts'), folder, '--seconds', '0.3', '--json'];
  const out = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout)));
  });
  const { instances, meanGap } = JSON.parse(out.trimEnd().split('\n').at(-1)!);
  // T1: 20 against 16; T2: 4 + 5 against 9.
  expect(meanGap).toBe(0.125);
  expect(instances).toMatchObject([
    { name: 'T1', vehicles: 1, distance: 20, bestKnown: 16, gap: 0.25, feasible: true, routes: [{ depot: 0 }] },
    {
      name: 'T2',
      vehicles: 2,
      distance: 9,
      bestKnown: 9,
      gap: 0,
      feasible: true,
      routes: [
        { depot: 3, stops: [1] },
        { depot: 4, stops: [2] },
      ],
    },
  ]);
});
