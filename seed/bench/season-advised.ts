import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Played } from './season-race.ts';

/** These seasons under advice, several at a time: each is played for itself, so how many threads there are changes no figure. */
export async function playAdvised(seeds: readonly string[], threads: number): Promise<Played[]> {
  const played: Played[] = [];
  const left = [...seeds.keys()];
  let done = 0;
  const playOn = async () => {
    const worker = new Worker(new URL('./season-race-thread.mjs', import.meta.url));
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      worker.postMessage(seeds[at]);
      [played[at]] = (await once(worker, 'message')) as [Played];
      if (++done % 10 === 0) process.stderr.write(`${done} seasons played with advice\n`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, playOn));
  return played;
}
