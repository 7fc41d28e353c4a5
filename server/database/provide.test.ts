import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { projectRoot, readSettings } from '../settings.ts';
import { findMongod } from './find-mongod.ts';
import { lockHolder } from './lock.ts';
import { mongodFolder, readRunning } from './mongod-process.ts';
import { isAlive, signalAndWait } from './process.ts';
import { type Database, databaseFolder, joinDatabase, provideDatabase } from './provide.ts';

const { MongoClient } = mongoose.mongo;
const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
let lines: string[] = [];
let binary: string;
let dataDir: string;
let started: Database[] = [];
let children: ChildProcess[] = [];

beforeAll(async () => {
  const { mongod, dataDir: usual } = readSettings(process.env);
  binary = (await findMongod({ mongodPath: mongod, dataDir: usual, log })).path;
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'provide-'));
  lines = [];
});
afterEach(async () => {
  for (const database of started) await database.stop();
  for (const child of children) child.kill('SIGKILL');
  const left = running();
  if (left !== null) await signalAndWait(left.pid, 'SIGKILL', 5000);
  rmSync(dataDir, { recursive: true, force: true });
  started = [];
  children = [];
});

async function provide(mongodPath = binary): Promise<Database> {
  const database = await provideDatabase({ dataDir, mongodPath, log });
  started.push(database);
  return database;
}

function running(): { pid: number; port: number } | null {
  return readRunning(mongodFolder(databaseFolder(dataDir)));
}

async function withClient<T>(uri: string, use: (client: InstanceType<typeof MongoClient>) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 15_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const write = (uri: string, name: string) => withClient(uri, client => client.db().collection('fields').insertOne({ name }));
const names = (uri: string) =>
  withClient(uri, async client => (await client.db().collection('fields').find().sort({ _id: 1 }).toArray()).map(({ name }) => name));

/** Starts a whole program on the data folder and waits for its database. */
async function startProgram(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'program-for-test.ts')], {
    cwd: projectRoot,
    env: { ...process.env, DATA_DIR: dataDir, MONGOD: binary, MONGODB_URI: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function killProgram(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('what was written is there after a second start, on another port when the old one is taken', async () => {
  const first = await provide();
  await write(first.uri, 'A');
  const { pid, port } = running()!;
  await first.stop();
  expect(isAlive(pid)).toBe(false);

  const squatter = createServer(socket => socket.destroy()).listen(port, '127.0.0.1');
  await once(squatter, 'listening');
  try {
    const second = await provide();
    expect(running()!.port).not.toBe(port);
    await write(second.uri, 'B');
    expect(await names(second.uri)).toEqual(['A', 'B']);
  } finally {
    squatter.close();
  }
});

test('nobody comes in without the secret, which only its owner can read', async () => {
  const { uri } = await provide();
  const { port } = running()!;
  const read = (address: string) => withClient(address, client => client.db('harvest').collection('fields').findOne());
  await expect(read(`mongodb://127.0.0.1:${port}/?directConnection=true`)).rejects.toThrow(/requires authentication/);
  await expect(read(uri.replace(/:\w{64}@/, ':wrong@'))).rejects.toThrow(/Authentication failed/);
  const withoutBypass = withClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, client =>
    client.db('admin').command({ createUser: 'intruder', pwd: 'x', roles: ['root'] }),
  );
  await expect(withoutBypass).rejects.toThrow(/requires authentication/);
  if (process.platform !== 'win32') expect(statSync(mongodFolder(databaseFolder(dataDir)).secret).mode & 0o777).toBe(0o600);
});

test('the database that a killed program left behind is taken over as it is, with its data', async () => {
  const program = await startProgram();
  const { pid } = running()!;
  await killProgram(program);
  expect(isAlive(pid)).toBe(true);

  const { uri, stop } = await provide();
  expect(running()!.pid).toBe(pid);
  expect(lines).toContain(`the database left running by a program that was killed is taken over (process ${pid})`);
  await write(uri, 'A');
  await stop();
  expect(isAlive(pid)).toBe(false);
});

test('a database taken over is brought back too when it dies', async () => {
  await killProgram(await startProgram());
  const { uri } = await provide();
  await write(uri, 'A');
  await signalAndWait(running()!.pid, 'SIGKILL', 5000);
  expect(await names(uri)).toEqual(['A']);
});

test('a database left behind by a killed program that ran another mongod is ended, and its data stays', async () => {
  const program = await startProgram();
  const { pid } = running()!;
  await killProgram(program);

  const otherPath = join(dataDir, 'mongod');
  symlinkSync(binary, otherPath);
  await provide(otherPath);
  expect(isAlive(pid)).toBe(false);
  expect(running()!.pid).not.toBe(pid);
});

test('a program killed together with its database in the middle of the start just starts again', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'program-for-test.ts')], {
    cwd: projectRoot,
    env: { ...process.env, DATA_DIR: dataDir, MONGOD: binary, MONGODB_URI: '' },
    stdio: 'ignore',
  });
  children.push(child);
  while (running() === null) await delay(5);
  await killProgram(child);
  await signalAndWait(running()!.pid, 'SIGKILL', 5000);
  const { uri } = await provide();
  await write(uri, 'A');
  expect(await names(uri)).toEqual(['A']);
});

test('a database killed in the middle of its own start is tried again', async () => {
  const providing = provide();
  while (running() === null) await delay(5);
  await signalAndWait(running()!.pid, 'SIGKILL', 5000);
  await write((await providing).uri, 'A');
});

test('a database that dies is brought back at the same address, with everything that was acknowledged', async () => {
  const { uri } = await provide();
  await write(uri, 'A');
  const { pid } = running()!;
  await signalAndWait(pid, 'SIGKILL', 5000);
  expect(await names(uri)).toEqual(['A']);
  expect(running()!.pid).not.toBe(pid);
  expect(lines).toContain('mongod was ended by SIGKILL; it is started again');
});

test.each([0, 300, 600])('stopping while the database is being brought back leaves no process (%i ms into it)', async waitMs => {
  const database = await provide();
  const dead = running()!.pid;
  await signalAndWait(dead, 'SIGKILL', 5000);
  while (running()!.pid === dead) await delay(5);
  await delay(waitMs);
  const { pid } = running()!;
  await database.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a start that is broken off leaves no process and no lock', async () => {
  const stopping = new AbortController();
  const providing = provideDatabase({ dataDir, mongodPath: binary, log, signal: stopping.signal });
  providing.catch(() => undefined);
  while (running() === null) await delay(5);
  stopping.abort(new Error('not any more'));
  await expect(providing).rejects.toThrow('not any more');
  expect(isAlive(running()!.pid)).toBe(false);
  expect(lockHolder(dataDir)).toBe(null);
});

test('a foreign process whose pid stands in the folder is left alone', async () => {
  const foreign = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(foreign);
  await once(foreign, 'spawn');
  const folder = mongodFolder(databaseFolder(dataDir));
  mkdirSync(folder.files, { recursive: true });
  writeFileSync(folder.running, JSON.stringify({ pid: foreign.pid, port: 1 }));
  writeFileSync(join(folder.files, 'mongod.lock'), `${foreign.pid}\n`);
  await provide();
  expect(isAlive(foreign.pid!)).toBe(true);
});

test('a second program on the same folder is refused, and a command joins the database that runs there', async () => {
  const program = await startProgram();
  await expect(provide()).rejects.toThrow(`Another program (process ${program.pid}) is using ${dataDir}; end it, or set another DATA_DIR`);
  const joined = await joinDatabase({ dataDir, mongodPath: binary, log });
  await write(joined.uri, 'A');
  await joined.stop();
  expect(isAlive(running()!.pid)).toBe(true);
  expect(isAlive(program.pid!)).toBe(true);
});

test('a command on a folder that nobody uses brings the database up and ends it', async () => {
  const database = await joinDatabase({ dataDir, mongodPath: binary, log });
  const { pid } = running()!;
  await write(database.uri, 'A');
  await database.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a folder that lost its secret gets a new one', async () => {
  const first = await provide();
  await write(first.uri, 'A');
  await first.stop();
  rmSync(mongodFolder(databaseFolder(dataDir)).secret);
  const { uri } = await provide();
  expect(uri).not.toBe(first.uri);
  expect(await names(uri)).toEqual(['A']);
});

test('a folder that cannot be made is refused in one line', async () => {
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  await expect(provideDatabase({ dataDir: join(file, 'data'), mongodPath: binary, log })).rejects.toThrow(
    `DATA_DIR ${join(file, 'data')} cannot be written: a part of the path is a file`,
  );
});

test('files that mongod cannot read are reported in one line, and the folder is let go', async () => {
  const { files } = mongodFolder(databaseFolder(dataDir));
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'WiredTiger.wt'), 'not a database');
  writeFileSync(join(files, 'storage.bson'), 'not a document');
  await expect(provide()).rejects.toThrow(/^The database could not be started: mongod .*\(.*mongod\.log says more\)$/);
  expect(readFileSync(join(files, 'WiredTiger.wt'), 'utf8')).toBe('not a database');
});

test('a given database that cannot be reached is reported in one line without its password', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  await new Promise(closed => silent.close(closed));
  const given = `mongodb://user:password@127.0.0.1:${port}/?serverSelectionTimeoutMS=300&directConnection=true`;
  await expect(provideDatabase({ dataDir, mongodbUri: given, log })).rejects.toThrow(
    `The database of MONGODB_URI (127.0.0.1:${port}) cannot be used: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('a given database that is no replica set is refused in one line', async () => {
  const files = join(dataDir, 'standalone');
  mkdirSync(files);
  const port = 20_000 + (process.pid % 10_000);
  const child = spawn(binary, ['--dbpath', files, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'], { stdio: 'ignore' });
  children.push(child);
  await expect(provideDatabase({ dataDir, mongodbUri: `mongodb://127.0.0.1:${port}/`, log })).rejects.toThrow(
    'The database of MONGODB_URI is not a replica set; start it with --replSet and run rs.initiate() once',
  );
});
