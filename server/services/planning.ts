import { Worker } from 'node:worker_threads';
import { type Found, isBetter } from '../domain/plan/found.ts';
import type { Assignment, RoutingProblem } from '../domain/plan/routing-problem.ts';
import { PlanBoard } from './plan-board.ts';
import type { PlanJob } from './plan-thread.ts';

export interface PlanningWish {
  readonly routing: RoutingProblem;
  readonly begin?: Assignment | null;
  readonly seed: number;
  /** The plan is there by this hour, epoch ms. */
  readonly untilMs: number;
}

/** Taking the best out of a thread and over to here. */
const HANDING_OVER_MS = 50;

const NOTHING: RoutingProblem = { surface: 'plane', detour: 1, hoursPerKm: 1, orders: [], machines: [] };

/** Threads that plan together, apart from the one that serves. One problem at a time. */
export class Planning {
  private readonly workers: readonly Worker[];

  constructor(threads = 2) {
    this.workers = Array.from({ length: threads }, () => new Worker(new URL('./plan-thread.mjs', import.meta.url)));
  }

  /** @throws what a thread failed with */
  async plan({ routing, begin = null, seed, untilMs }: PlanningWish): Promise<Found> {
    const threads = this.workers.length;
    const { memory } = new PlanBoard({ threads, orders: routing.orders.length, machines: routing.machines.length });
    const job = { routing, begin, seed, threads, memory, fromMs: Date.now(), untilMs: untilMs - HANDING_OVER_MS };
    const found = await Promise.all(this.workers.map((worker, thread) => answerOf(worker, { ...job, thread })));
    return found.reduce((best, one) => (isBetter(one, best) ? one : best));
  }

  /** Resolves when the threads have loaded their code. */
  async ready(): Promise<void> {
    await this.plan({ routing: NOTHING, seed: 0, untilMs: 0 });
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.terminate()));
  }
}

function answerOf(worker: Worker, job: PlanJob): Promise<Found> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      worker.off('message', answered).off('error', failed).off('exit', left);
      settle();
    };
    const answered = (found: Found) => end(() => resolve(found));
    const failed = (error: unknown) => end(() => reject(error));
    const left = (code: number) => end(() => reject(new Error(`A planning thread ended with code ${code}`)));
    worker.on('message', answered).on('error', failed).on('exit', left);
    worker.postMessage(job);
  });
}
