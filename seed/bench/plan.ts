import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Planning } from '../../server/services/planning.ts';
import { readBestKnown } from './plan-best-known.ts';
import { readInstance } from './plan-instance.ts';
import { judgeRoutes } from './plan-route-check.ts';

const HELP = `npm run bench:plan -- DIR [--seconds 10] [--seed 1] [--json]
  Plans every Solomon, Homberger or Cordeau (several depots) file below DIR on two threads: shortest distance, hard windows and capacities,
  Euclidean distances in double precision. Best known distances are read from DIR/best-known.json. The time includes reading.
  Files of another form are named and passed over. Exits 1 when a route breaks a rule.
  --json   the last line is { instances: [{ name, seconds, vehicles, distance, bestKnown, gap, feasible, routes }], meanGap }`;

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
  const options = { seconds: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [seconds, seed] = [Number(values.seconds ?? 10), Number(values.seed ?? 1)];
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) return misused('One folder with instances is wanted');
  if (!(seconds >= 0.1 && seconds <= 3600)) return misused(`--seconds ${values.seconds}: must be a number from 0.1 to 3600`);
  if (!Number.isInteger(seed)) return misused(`--seed ${values.seed}: must be a whole number`);
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

process.exitCode = await main().catch(error => misused((error as Error).message));
