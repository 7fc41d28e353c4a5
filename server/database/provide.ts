import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withDefaultDatabase } from './address.ts';
import { openDataFolder } from './data-folder.ts';
import { findMongod } from './find-mongod.ts';
import { checkGivenDatabase } from './given-database.ts';
import { lockFolder, lockHolder } from './lock.ts';
import { addressOfRunning, runOwnMongod } from './own-mongod.ts';
import { databaseName } from './replica-set.ts';
import { type Log, StartProblem } from './start-problem.ts';

export interface DatabaseOptions {
  readonly dataDir: string;
  /** MONGODB_URI: used instead of a mongod of our own. */
  readonly mongodbUri?: string | null;
  /** MONGOD: the mongod to run. */
  readonly mongodPath?: string | null;
  readonly log: Log;
  /** Breaks off the bringing up, with nothing left running. */
  readonly signal?: AbortSignal;
}

export interface Database {
  /** With the secret in it: not for any log. */
  readonly uri: string;
  /** Lets go of the data folder and ends an own mongod. */
  stop(): Promise<void>;
}

const joinPatienceMs = 60_000;

/**
 * Takes the data folder for this program and brings up its database: the given one, else a mongod of our own, which then lives as long as
 * the program and is brought back when it dies.
 * @throws StartProblem with the one line to show; the signal's reason when that broke it off
 */
export async function provideDatabase({ dataDir, mongodbUri = null, mongodPath = null, log, signal }: DatabaseOptions): Promise<Database> {
  openDataFolder(dataDir);
  const lock = await lockFolder(dataDir);
  try {
    if (mongodbUri !== null) {
      await checkGivenDatabase(mongodbUri);
      return { uri: withDefaultDatabase(mongodbUri, databaseName), stop: async () => lock.release() };
    }
    const { path } = await findMongod({ mongodPath, dataDir, log, signal });
    const mongod = await runOwnMongod({ binary: path, folder: databaseFolder(dataDir), log, signal });
    return {
      uri: mongod.uri,
      async stop() {
        await mongod.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * For commands that work on the data of a program whether it runs or not: the database of the program that holds the folder, else one
 * brought up for as long as the command takes.
 * @throws StartProblem with the one line to show
 */
export async function joinDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.mongodbUri) {
    await checkGivenDatabase(options.mongodbUri);
    return { uri: withDefaultDatabase(options.mongodbUri, databaseName), stop: async () => undefined };
  }
  for (const end = Date.now() + joinPatienceMs; lockHolder(options.dataDir) !== null; await delay(100)) {
    const uri = await addressOfRunning(databaseFolder(options.dataDir));
    if (uri !== null) return { uri, stop: async () => undefined };
    if (Date.now() > end) throw new StartProblem(`The program on ${options.dataDir} does not answer`);
  }
  return await provideDatabase(options);
}

/** Where the mongod of a data folder keeps everything it has. */
export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'database');
}
