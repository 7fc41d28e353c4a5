import { Worker } from 'node:worker_threads';
import { Refusal } from '../../../shared/reply.ts';
import type { GroundJob, GroundRead } from './ground-work.ts';

/** The largest file that is taken is read in a fifth of this. */
const MOST_MS = 30_000;
const MOST_HEAP_MB = 768;
/** Whoever corrects a file brings it again soon. */
const KEPT_MS = 120_000;

type Answer = { read: GroundRead } | { refused: string };

/** Reads files in a thread that is ended when one takes too much time or memory. One after the other: its caller sees to that. */
export class GroundReader {
  private worker: Worker | null = null;
  private answered: ((answer: Answer) => void) | null = null;
  private rest: NodeJS.Timeout | undefined;

  /** @throws Refusal when nothing can be made of the file */
  async read(job: GroundJob): Promise<GroundRead> {
    clearTimeout(this.rest);
    this.worker ??= this.start();
    const answer = await this.answerOf(this.worker, job);
    if ('refused' in answer) throw new Refusal('invalid', answer.refused);
    return answer.read;
  }

  private answerOf(worker: Worker, job: GroundJob): Promise<Answer> {
    return new Promise(resolve => {
      const timer = setTimeout(() => this.giveUp('time'), MOST_MS);
      this.answered = answer => {
        clearTimeout(timer);
        this.answered = null;
        resolve(answer);
      };
      // Bytes as they come may lie in a larger piece of memory, all of which would be sent along.
      worker.postMessage({ ...job, bytes: Uint8Array.from(job.bytes) });
    });
  }

  /** It does not keep the program from ending. */
  private start(): Worker {
    const worker = new Worker(new URL('./ground-thread.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    worker.on('message', (answer: Answer) => {
      this.rest = setTimeout(() => this.drop(), KEPT_MS).unref();
      this.answered?.(answer);
    });
    const ended = () => {
      if (this.worker === worker) this.giveUp('memory');
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    worker.unref();
    return worker;
  }

  private giveUp(why: 'time' | 'memory'): void {
    this.drop();
    this.answered?.({ refused: `file: it takes too much ${why} to read; cut it into several files` });
  }

  private drop(): void {
    const { worker } = this;
    this.worker = null;
    void worker?.terminate();
  }
}
