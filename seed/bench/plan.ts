import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Planning } from '../../server/services/planning.ts';
import { readBestKnown } from './plan-best-known.ts';
import { readInstance } from './plan-instance.ts';
import { judgeRoutes } from './plan-route-check.ts';
import { benchReplan, replanLine } from './replan.ts';

const HELP = `npm run bench:plan -- DIR [--seconds 10] [--seed 1] [--json]
  Plans every Solomon, Homberger or Cordeau (several depots) file below DIR on two threads: shortest distance, hard windows and capacities,
  Euclidean distances in double precision. Best known distances are read from DIR/best-known.json. The time includes reading.
  Files of another form are named and passed over. Exits 1 when a route breaks a rule.
  --json   the last line is { instances: [{ name, seconds, vehicles, distance, bestKnown, gap, feasible, routes }], meanGap }

npm run bench:plan -- --replan [--counties 4] [--seconds 2] [--seed 1] [--json]
  Counties of 300 orders and 60 machines at three loads: a machine breaks down or an urgent order comes, at the beginning or on the way, and
  the new plan is set beside one from scratch. Exits 1 when one leaves an order of the fault undone, keeps less than 80 % of the other orders
  on their machines, or costs more than 5 % more: late hours, and also km and late hours together at an hour's drive each.
  --json   the last line is { replanned: [{ county, fault, passed, orders, seconds, lateH, km, costRatio, kept, served, good }] }`;

interface Result {
  name: string;
  seconds: number;
  vehicles: number;
  distance: number;
  bestKnown: number | null;
  /** Fraction of the best known. */
  gap: number | null;
  feasible: boolean;
  routes: { depot: number; stops: number[] }[];
}

/** Writing a result down, on top of what handing it over takes. */
const WRITING_MS = 10;

async function solve(
  planning: Planning,
  path: string,
  wish: { seconds: number; seed: number; bestKnown: ReadonlyMap<string, number> },
): Promise<Result> {
  const beganMs = Date.now();
  const { problem, depotOf, stopOf } = readInstance(readFileSync(path, 'utf8'));
  const { routes } = await planning.plan({ routing: problem, seed: wish.seed, untilMs: beganMs + 1000 * wish.seconds - WRITING_MS });
  const { distance, faults } = judgeRoutes(problem, routes);
  const seconds = (Date.now() - beganMs) / 1000;
  const name = basename(path, extname(path));
  const bestKnown = wish.bestKnown.get(name.toLowerCase()) ?? null;
  const gap = bestKnown === null ? null : distance / bestKnown - 1;
  for (const fault of faults.slice(0, 5)) console.error(`${name}: ${fault}`);
  const used = routes.map((stops, k) => ({ depot: depotOf[k], stops: stops.map(i => stopOf[i]) })).filter(({ stops }) => stops.length > 0);
  return { name, seconds, vehicles: used.length, distance, bestKnown, gap, feasible: faults.length === 0, routes: used };
}

const instanceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => extname(path) !== '.json' && !basename(path).startsWith('.') && statSync(path).isFile())
    .sort();

function misused(message: string): number {
  console.error(`${message}\n\n${HELP}`);
  return 2;
}

async function main(): Promise<number> {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const options = { seconds: text, seed: text, counties: text, replan: flag, json: flag, help: flag };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [seconds, seed] = [Number(values.seconds ?? (values.replan ? 2 : 10)), Number(values.seed ?? 1)];
  const counties = Number(values.counties ?? 4);
  const [folder] = positionals;
  if (positionals.length !== (values.replan ? 0 : 1)) return misused('One folder with instances is wanted, or --replan');
  if (!(Number.isInteger(counties) && counties >= 1 && counties <= 1000))
    return misused(`--counties ${values.counties}: must be a whole number from 1 to 1000`);
  if (!(seconds >= 0.1 && seconds <= 3600)) return misused(`--seconds ${values.seconds}: must be a number from 0.1 to 3600`);
  if (!Number.isInteger(seed)) return misused(`--seed ${values.seed}: must be a whole number`);
  if (values.replan) return await runReplan({ seconds, seed: `${seed}`, counties, json: values.json ?? false });
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return misused(`${folder} is no folder`);
  const files = instanceFiles(folder);
  if (files.length === 0) return misused(`There are no instances below ${folder}`);
  return await run(files, { seconds, seed, json: values.json ?? false, bestKnown: readBestKnown(folder) });
}

async function run(
  files: readonly string[],
  wish: { seconds: number; seed: number; json: boolean; bestKnown: Map<string, number> },
): Promise<number> {
  const planning = new Planning(2);
  const instances: Result[] = [];
  await planning.ready();
  for (const path of files) {
    try {
      const result = await solve(planning, path, wish);
      instances.push(result);
      const gap = result.gap === null ? 'no best known' : `${(100 * result.gap).toFixed(2)} %`;
      console.error(
        `${result.name}: ${result.distance.toFixed(2)} (${gap}), ${result.vehicles} machines, ${result.seconds.toFixed(2)} s${result.feasible ? '' : ', NOT FEASIBLE'}`,
      );
    } catch (error) {
      console.error(`${path} is passed over: ${(error as Error).message}`);
    }
  }
  await planning.close();
  const gaps = instances.flatMap(({ gap }) => gap ?? []);
  const meanGap = gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  console.error(`mean gap ${meanGap === null ? 'unknown' : `${(100 * meanGap).toFixed(2)} %`} over ${gaps.length} instances`);
  if (wish.json) console.log(JSON.stringify({ instances, meanGap }));
  return instances.length > 0 && instances.every(({ feasible }) => feasible) ? 0 : 1;
}

async function runReplan({ json, ...wish }: { seconds: number; seed: string; counties: number; json: boolean }): Promise<number> {
  const planning = new Planning(2);
  await planning.ready();
  const replanned = await benchReplan(planning, wish, one => console.error(replanLine(one)));
  await planning.close();
  const good = replanned.filter(one => one.good).length;
  const [dearest, leastKept] = [Math.max(...replanned.map(one => one.costRatio)), Math.min(...replanned.map(one => one.kept))];
  console.error(
    `${good} of ${replanned.length} good, cost at most × ${dearest.toFixed(3)}, kept at least ${(100 * leastKept).toFixed(1)} %`,
  );
  if (json) console.log(JSON.stringify({ replanned }));
  return good === replanned.length ? 0 : 1;
}

process.exitCode = await main().catch(error => misused((error as Error).message));
