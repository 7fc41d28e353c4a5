import { Worker } from 'node:worker_threads';
import { type EvidenceDone, type EvidenceJob, workOut } from './evidence-work.ts';

/** A usual field is worked out in milliseconds, in place: fewer bytes of swaths and fixes, and less ground, than these. */
const MOST_BYTES_IN_PLACE = 30_000;
const MOST_M2_IN_PLACE = 8000;

interface Waiting {
  job: EvidenceJob;
  resolve(done: EvidenceDone | null): void;
  reject(error: Error): void;
}

/** Works evidence out: of a large field in a thread apart from the one that serves, started with the first, one field after the other. */
export class EvidenceMaker {
  private worker: Worker | null = null;
  private readonly queue: Waiting[] = [];
  private current: Waiting | null = null;
  private isClosed = false;

  make(job: EvidenceJob): Promise<EvidenceDone | null> {
    if (this.isClosed) return Promise.reject(new Error('the program ends'));
    if (isSmall(job)) return Promise.resolve(workOut(job));
    return new Promise((resolve, reject) => {
      this.queue.push({ job, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { worker } = this;
    this.fail(new Error('the program ends'));
    await worker?.terminate();
  }

  private next(): void {
    if (this.current || this.queue.length === 0) return;
    this.current = this.queue.shift()!;
    this.worker ??= this.start();
    this.worker.postMessage(ofItsOwn(this.current.job));
  }

  private start(): Worker {
    const worker = new Worker(new URL('./evidence-thread.mjs', import.meta.url));
    worker.on('message', (answer: { done: EvidenceDone | null } | { failed: string }) => {
      const asked = this.current;
      this.current = null;
      if ('failed' in answer) asked?.reject(new Error(`evidence: ${answer.failed}`));
      else asked?.resolve(answer.done);
      this.next();
    });
    worker.on('error', error => this.fail(error as Error));
    worker.on('exit', code => this.fail(new Error(`the thread for evidence ended with code ${code}`)));
    return worker;
  }

  /** Whoever waits is told; the next one asked for starts a new thread. */
  private fail(error: Error): void {
    this.worker?.removeAllListeners();
    this.worker = null;
    const left = [...(this.current ? [this.current] : []), ...this.queue.splice(0)];
    this.current = null;
    for (const { reject } of left) reject(error);
  }
}

/** Bytes as the database gives them may lie in a far larger piece of memory, all of which would be sent along. */
const ofItsOwn = ({ swaths, batches, ...job }: EvidenceJob): EvidenceJob => ({
  ...job,
  swaths: swaths.map(each => ({ ...each, packed: Uint8Array.from(each.packed) })),
  batches: batches.map(each => ({ ...each, packed: Uint8Array.from(each.packed) })),
});

function isSmall({ shape, swaths, batches }: EvidenceJob): boolean {
  const bytes = [...swaths, ...batches].reduce((sum, { packed }) => sum + packed.length, 0);
  return bytes <= MOST_BYTES_IN_PLACE && shape.areaM2 <= MOST_M2_IN_PLACE;
}
