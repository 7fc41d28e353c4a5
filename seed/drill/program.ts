import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { main } from '../../server/main.ts';
import type { Memory } from './program-under-test.ts';

/**
 * The program as `npm run serve` starts it, without the install and the pages that come before. Its code is loaded already when it is told
 * to start, so that kills at the start fall on what the program does and not on the loading of its modules.
 */
process.once('disconnect', () => process.exit());
await once(process, 'message');
process.removeAllListeners('disconnect');
process.on('message', tellMemory);
process.channel?.unref();
process.exit(await main({ serve: true, env: process.env }));

/** Asked for it, collects what nobody needs and tells what is left. */
function tellMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const memory: Memory = { heapMb: Math.round((heapUsed + external) / 1e6), residentMb: Math.round(rss / 1e6) };
  process.send?.(memory);
}
