import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { OpenFound } from '../../domain/candidates/open-search.ts';
import type { CandidateAnswer, CandidateJob } from './candidate-thread.ts';

/** An unneeded thread is given back after so long. */
const IDLE_MS = 60_000;

/** Looks for candidate fields in a thread, apart from the one that serves: one place after the other, started with the first. */
export class CandidateFinder {
  private worker: Worker | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;

  /** Not to be asked again before it has answered. */
  async find(job: CandidateJob): Promise<OpenFound> {
    clearTimeout(this.idle);
    const worker = this.worker ?? new Worker(new URL('./candidate-thread.mjs', import.meta.url));
    this.worker = worker;
    try {
      const answer = await answerOf(worker, job);
      if ('error' in answer) throw new Error(`looking for candidate fields: ${answer.error}`);
      this.idle = setTimeout(() => void this.close(), IDLE_MS);
      this.idle.unref();
      return answer.found;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}

async function answerOf(worker: Worker, job: CandidateJob): Promise<CandidateAnswer> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    // An 'error' rejects either of them.
    const message = once(worker, 'message', { signal }) as Promise<[CandidateAnswer]>;
    const exit = once(worker, 'exit', { signal }).then(([code]): never => {
      throw new Error(`the thread that looks for candidate fields ended with code ${code}`);
    });
    worker.postMessage(job);
    const [answer] = await Promise.race([message, exit]);
    return answer;
  } finally {
    stop.abort();
  }
}
