import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'harvest-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  out: string;
  problems: string;
}

function plan(...args: string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'plan.ts'), ...args], (error, out, problems) =>
      resolve({ code: error ? Number(error.code) : 0, out, problems }),
    );
  });
}

function planned(name: string, problem: unknown): Promise<Ended> {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, typeof problem === 'string' ? problem : JSON.stringify(problem));
  return plan('--problem', path, '--seconds', '0.2', '--json');
}

const place = { x: 0, y: 0 };
const base = {
  name: 'ignored',
  speedKmh: 25,
  detour: 1.3,
  horizonH: 10,
  machines: [{ id: 'A', ...place, colour: 'red' }],
  orders: [
    { id: '1', x: 10, y: 0, serviceH: 1, readyH: 0, dueH: 1 },
    { id: '2', x: 0, y: 0, serviceH: 1, readyH: 0, dueH: 9, skills: ['tracked'] },
  ],
};

test('the plan is the last line, what nobody does has its cause, and unknown members are ignored', async () => {
  const { code, out, problems } = await planned('good', base);
  expect(code, problems).toBe(0);
  // 13 km of road are 0.52 h.
  const { latenessH, ...rest } = JSON.parse(out.trimEnd().split('\n').at(-1)!);
  expect(rest).toEqual({ routes: [{ machine: 'A', orders: ['1'] }], travelKm: 13, unassigned: [{ order: '2', cause: 'skills' }] });
  expect(latenessH).toBeCloseTo(0.52, 9);
});

test('a problem that is none is refused with what and where', async () => {
  const twice = { ...base, orders: [base.orders[0], base.orders[0]] };
  const nowhere = { ...base, machines: [{ id: 'A', lng: 113.6, lat: 34.7 }] };
  const empty = { ...base, machines: [], orders: [] };
  const notANumber = JSON.stringify({ ...base, speedKmh: 'NOT' }).replace('"NOT"', 'null');
  const ended = await Promise.all([
    planned('twice', twice),
    planned('nowhere', nowhere),
    planned('null', notANumber),
    planned('text', '{"x": NaN}'),
    planned('empty', empty),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 0]);
  expect(ended[0].problems).toContain('orders[1].id: "1" is there twice');
  expect(ended[1].problems).toContain('orders[0]: wants lng and lat');
  expect(ended[2].problems).toContain('speedKmh: ');
  expect(ended[3].problems).toContain('text.json');
  expect(JSON.parse(ended[4].out)).toEqual({ routes: [], latenessH: 0, travelKm: 0, unassigned: [] });
});

test('it tells its use, and refuses what it does not know', async () => {
  const ended = await Promise.all([
    plan('--help'),
    plan(),
    plan('--problem', join(folder, 'none.json')),
    plan('--seconds', 'soon', '--problem', 'x'),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([0, 2, 2, 2]);
  expect(ended[0].out).toContain('npm run plan');
  expect(ended[3].problems).toContain('--seconds soon: must be a number');
});
