import { connect as connectSocket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { type Mongod, replicaSetName } from './mongod-process.ts';

const { MongoClient, MongoNetworkError } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;

export const databaseName = 'harvest';
const userName = 'harvest';
const authenticationFailed = 18;
const notYetInitialized = 94;
const alreadyInitialized = 23;
/** NotWritablePrimary, PrimarySteppedDown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary */
const stateChanges = [10107, 189, 11602, 13435, 13436];

/** The address the program uses. Direct, so that it holds on whatever port the next start finds free. */
export function addressOf(port: number, secret: string): string {
  return `mongodb://${userName}:${secret}@127.0.0.1:${port}/${databaseName}?authSource=admin&directConnection=true`;
}

/**
 * Makes a running mongod a writable replica set of one node with a user for the program. Every step may have been done before, and the
 * process may have been killed after any of them. Rejects when the mongod ends meanwhile or when `signal` aborts.
 */
export async function makeReplicaSet(mongod: Mongod, secret: string, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const ended = mongod.gone.then(end => Promise.reject(new Error(end.sentence)));
  ended.catch(() => over.abort());
  try {
    await Promise.race([ended, configureAtLast(mongod, secret, AbortSignal.any([signal, over.signal]))]);
    // It may have been done at the very moment it was not wanted any more: whoever broke it off must hear of no success.
    signal.throwIfAborted();
  } finally {
    over.abort();
  }
}

/** A member that changes its state drops its connections: then it is asked again. */
async function configureAtLast(mongod: Mongod, secret: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await configure(mongod, secret, signal);
    } catch (error) {
      if (!(error instanceof MongoNetworkError) && !stateChanges.some(code => hasServerCode(error, code))) throw error;
      await delay(50, undefined, { signal });
    }
  }
}

async function configure(mongod: Mongod, secret: string, signal: AbortSignal): Promise<void> {
  const client = await connect(mongod.port, secret, signal);
  try {
    const admin = client.db('admin');
    await initiate(client, `127.0.0.1:${mongod.port}`);
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) await delay(20, undefined, { signal });
    const { users } = await admin.command({ usersInfo: userName });
    // Set anew at every start: files that came back without their secret get the present one.
    const command = users.length === 0 ? { createUser: userName, roles: ['root'] } : { updateUser: userName };
    await admin.command({ ...command, pwd: secret });
  } finally {
    await client.close();
  }
}

/** Connects as the member that the key file makes us, the only one there is before the first user. Recovery may take minutes. */
async function connect(port: number, secret: string, signal: AbortSignal): Promise<Client> {
  const address = `mongodb://__system:${secret}@127.0.0.1:${port}/?authSource=local&directConnection=true`;
  for (;;) {
    while (!(await answers(port))) await delay(30, undefined, { signal });
    const client = new MongoClient(address, { serverSelectionTimeoutMS: 5000, maxPoolSize: 1 });
    try {
      await client.db('admin').command({ ping: 1 });
      return client;
    } catch (error) {
      await client.close();
      if (hasServerCode(error, authenticationFailed)) throw error;
      await delay(50, undefined, { signal });
    }
  }
}

/** Asked by a bare socket, since the driver looks again only every half second. */
function answers(port: number): Promise<boolean> {
  return new Promise(settle => {
    const socket = connectSocket(port, '127.0.0.1', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}

/**
 * The member's own address is written in the set's configuration: with a new port it must be rewritten, by force, as it has no vote yet. A
 * mongod that is still reading its configuration says that it has none, but knows better when it is to be given one.
 */
async function initiate(client: Client, host: string): Promise<void> {
  const admin = client.db('admin');
  const config = (await readConfiguration(client)) ?? (await give(client, host)) ?? (await readConfiguration(client));
  if (config === null) throw new Error('the replica set has a configuration and does not tell it');
  if (config.members[0].host === host) return;
  const members = [{ ...config.members[0], host }];
  await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
}

interface Configuration {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

async function readConfiguration(client: Client): Promise<Configuration | null> {
  try {
    return (await client.db('admin').command({ replSetGetConfig: 1 })).config as Configuration;
  } catch (error) {
    if (hasServerCode(error, notYetInitialized)) return null;
    throw error;
  }
}

/** @returns the configuration given, or null when there was one already */
async function give(client: Client, host: string): Promise<Configuration | null> {
  const configuration = { version: 1, members: [{ _id: 0, host }] };
  try {
    await client.db('admin').command({ replSetInitiate: { _id: replicaSetName, ...configuration } });
    return configuration;
  } catch (error) {
    if (hasServerCode(error, alreadyInitialized)) return null;
    throw error;
  }
}

/** Whether the mongod on this port is that process, knows our secret and can be written to now. */
export async function isServing(running: { pid: number; port: number }, secret: string, commandLine?: readonly string[]): Promise<boolean> {
  const client = new MongoClient(addressOf(running.port, secret), {
    serverSelectionTimeoutMS: 2000,
    connectTimeoutMS: 2000,
    maxPoolSize: 1,
  });
  try {
    const admin = client.db('admin');
    const [status, options, hello] = await Promise.all([
      admin.command({ serverStatus: 1, repl: 0, metrics: 0, wiredTiger: 0, tcmalloc: 0 }),
      admin.command({ getCmdLineOpts: 1 }),
      admin.command({ hello: 1 }),
    ]);
    const isSame = commandLine === undefined || options.argv.join('\n') === commandLine.join('\n');
    return Number(status.pid) === running.pid && hello.isWritablePrimary === true && isSame;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

/** Tells mongod to reopen its log after that was renamed. */
export async function reopenLog(port: number, secret: string): Promise<void> {
  const client = new MongoClient(addressOf(port, secret), { serverSelectionTimeoutMS: 5000, maxPoolSize: 1 });
  try {
    await client.db('admin').command({ logRotate: 'server' });
  } finally {
    await client.close();
  }
}

function hasServerCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
