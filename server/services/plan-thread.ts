import { parentPort } from 'node:worker_threads';
import { compileProblem } from '../domain/plan/compiled-problem.ts';
import { type Found, isBetter } from '../domain/plan/found.ts';
import { seededRandom } from '../domain/plan/random.ts';
import type { Assignment, RoutingProblem } from '../domain/plan/routing-problem.ts';
import { search } from '../domain/plan/search.ts';
import { PlanBoard } from './plan-board.ts';

/** One piece of work for a thread. Times are epoch ms. */
export interface PlanJob {
  readonly routing: RoutingProblem;
  readonly begin: Assignment | null;
  readonly seed: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly thread: number;
  readonly threads: number;
  readonly memory: SharedArrayBuffer;
}

function work(job: PlanJob): Found {
  const { routing, thread, threads, fromMs, untilMs } = job;
  const size = { threads, orders: routing.orders.length, machines: routing.machines.length };
  const board = new PlanBoard(size, job.memory);
  const shown = (best: Found): Found | null => {
    board.write(thread, best);
    const others = Array.from({ length: threads }, (_, other) => (other === thread ? null : board.read(other, size)));
    return others.reduce((top, one) => (one && (top === null || isBetter(one, top)) ? one : top), null);
  };
  return search(compileProblem(routing), {
    random: seededRandom(job.seed * threads + thread),
    begin: job.begin,
    budget: { shouldStop: () => Date.now() >= untilMs, spent: () => (Date.now() - fromMs) / (untilMs - fromMs) },
    exchange: threads > 1 ? shown : undefined,
  });
}

parentPort!.on('message', (job: PlanJob) => parentPort!.postMessage(work(job)));
