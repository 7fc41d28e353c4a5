import { main } from '../../server/main.ts';

/** The program as `npm run serve` starts it, without the install and the pages that come before. */
process.exit(await main({ serve: true, env: process.env }));
