import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PlanAnswer, type PlanProblem, planProblemSchema } from '../../shared/plan.ts';
import { planFaults } from '../domain/plan/plan-check.ts';
import { planFor } from '../services/plan-for.ts';
import { Planning } from '../services/planning.ts';
import { numberFrom, printJson, runCommand, WrongUse, wholeNumberFrom } from './command.ts';

const usage = `npm run plan -- --problem P.json [--seconds 10] [--seed 1] [--threads 2] [--json]

Machines to work orders in sequence: late hours first, then km. The form of P.json is in README, with what may stand in it beside.

  --seconds S  how long to search, from 0.1 to 3600
  --seed N     where the search begins; the same seed does not give the same plan, as the clock ends it
  --threads N  1 or 2
  --json       the last line is { routes: [{ machine, orders }], latenessH, travelKm, unassigned: [{ order, cause }] }
`;

/** A start that takes longer than this is taken off the search, so that the answer comes about when it is expected. */
const MOST_START_MS = 1500;

/** @throws WrongUse that says what is wrong in the file, and where */
function readProblem(path: string): PlanProblem {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new WrongUse(`--problem ${path}: ${(error as Error).message}`);
  }
  const parsed = planProblemSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const shown = issues.slice(0, 10).map(({ path: at, message }) => `  ${z.core.toDotPath(at) || 'problem'}: ${message}`);
  const more = issues.length > shown.length ? `\n  and ${issues.length - shown.length} more` : '';
  throw new WrongUse(`--problem ${path} is not a problem to plan:\n${shown.join('\n')}${more}`);
}

function print(answer: PlanAnswer): void {
  for (const { machine, orders } of answer.routes) process.stdout.write(`${machine}: ${orders.join(' ')}\n`);
  for (const { order, cause } of answer.unassigned) process.stdout.write(`${order} is done by nobody: ${cause}\n`);
  process.stdout.write(`late ${answer.latenessH.toFixed(2)} h, ${answer.travelKm.toFixed(1)} km\n`);
}

await runCommand({
  usage,
  options: {
    problem: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ problem: path, seconds, seed, threads, json }) {
    if (path === undefined) throw new WrongUse('--problem is missing: a file with the problem');
    const forMs = 1000 * numberFrom(seconds, 10, { name: 'seconds', from: 0.1, to: 3600 });
    const wantedSeed = wholeNumberFrom(seed, 1, { name: 'seed', from: 0, to: 1e6 });
    const threadCount = wholeNumberFrom(threads, 2, { name: 'threads', from: 1, to: 2 });
    const problem = readProblem(path);
    const planning = new Planning(threadCount);
    try {
      await planning.ready();
      const untilMs = Math.min(Date.now(), performance.timeOrigin + MOST_START_MS) + forMs;
      const answer = await planFor(planning, problem, { seed: wantedSeed, untilMs });
      const faults = planFaults(problem, answer);
      if (faults.length > 0) throw new Error(`The plan breaks its own rules: ${faults.slice(0, 5).join('; ')}`);
      if (json) printJson(answer);
      else print(answer);
      return 0;
    } finally {
      await planning.close();
    }
  },
});
