import { once } from 'node:events';
import { main } from '../../server/main.ts';

/**
 * The program as `npm run serve` starts it, without the install and the pages that come before. Its code is loaded already when it is told
 * to start, so that kills at the start fall on what the program does and not on the loading of its modules.
 */
process.once('disconnect', () => process.exit());
await once(process, 'message');
process.removeAllListeners('disconnect');
process.disconnect();
process.exit(await main({ serve: true, env: process.env }));
