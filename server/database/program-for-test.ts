import { readSettings } from '../settings.ts';
import { provideDatabase } from './provide.ts';

/** A program with a database and nothing else, for tests that kill it: says `ready` and stays. */
const { dataDir, mongod, mongodbUri } = readSettings(process.env);
const quiet = { info: () => undefined, warn: () => undefined };
await provideDatabase({ dataDir, mongodPath: mongod, mongodbUri, log: quiet });
console.log('ready');
setInterval(() => undefined, 60_000);
