import { Worker } from 'node:worker_threads';
import type { Forecast, Series } from '../../../shared/forecast.ts';
import type { MovesAdvice, MovesProblem } from '../../../shared/moves.ts';
import type { Otherwise } from '../../domain/forecast/forecast.ts';
import type { AdviceDone, AdviceJob } from './advice-thread.ts';

type Wish<Job> = Job extends unknown ? Omit<Job, 'id'> : never;

/** The thread in which moves and scenarios are worked out, one after the other; begun when it is first needed. */
export class AdviceWorks {
  private worker: Worker | null = null;
  private last = 0;
  private readonly waiting = new Map<number, { done: (answer: AdviceDone) => void; fail: (error: Error) => void }>();

  /** Loads the code and the solver, so that the first to ask does not wait for it. */
  async warm(): Promise<void> {
    await this.ask({ forecasts: [] });
  }

  async moves(moves: MovesProblem): Promise<MovesAdvice> {
    const answer = await this.ask({ moves });
    return (answer as Extract<AdviceDone, { moves: unknown }>).moves;
  }

  async forecasts(forecasts: { series: Series; otherwise: Otherwise }[]): Promise<Forecast[]> {
    if (forecasts.length === 0) return [];
    const answer = await this.ask({ forecasts });
    return (answer as Extract<AdviceDone, { forecasts: unknown }>).forecasts;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private ask(wish: Wish<AdviceJob>): Promise<AdviceDone> {
    const worker = this.worker ?? this.begin();
    const id = ++this.last;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      worker.postMessage({ id, ...wish });
    });
  }

  private begin(): Worker {
    const worker = new Worker(new URL('./advice-thread.mjs', import.meta.url));
    // It never keeps the program from ending.
    worker.unref();
    worker.on('message', (answer: AdviceDone) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if ('failed' in answer) waiting?.fail(new Error(`advice was not worked out: ${answer.failed}`));
      else waiting?.done(answer);
    });
    worker.on('error', error => this.lost(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', code => this.lost(worker, new Error(`the advice thread ended with code ${code}`)));
    this.worker = worker;
    return worker;
  }

  /** Who waits for it hears of it; the next to ask begins another. */
  private lost(worker: Worker, error: Error): void {
    if (this.worker === worker) this.worker = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of waiting) fail(error);
  }
}
