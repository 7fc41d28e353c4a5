import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { FixRow } from '../../shared/fix.ts';
import { ask, at, COUNTY, field, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';
import { testDatabase } from '../database/test-database.ts';
import { demonstrationOrReal, upgradeOlder } from '../database-mark.ts';
import { digestOf } from '../services/digest.ts';
import { connectStores, readMark, writeMark } from '../stores/connection.ts';
import { command } from './command-for-test.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'harvest-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const file = (name: string): string => join(folder, name);
const on = (uri: string) => ({ MONGODB_URI: uri, DATA_DIR: mkdtempSync(join(folder, 'data-')) });

/** Every document of every collection, by the bytes that the database holds. */
async function contentOf(uri: string): Promise<Record<string, string[]>> {
  const connection = await connectStores(uri);
  const content: Record<string, string[]> = {};
  for (const { name } of await connection.db!.listCollections({ type: 'collection' }).toArray()) {
    const documents = (await connection.db!.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray()) as unknown as Buffer[];
    if (documents.length > 0) content[name] = documents.map(document => createHash('sha256').update(document).digest('hex'));
  }
  await connection.close();
  return content;
}

const rows = (from: number, count: number): FixRow[] =>
  Array.from({ length: count }, (_, i) => [
    from + i,
    NOON - 3_600_000 + (from + i) * 1000,
    ...at(1.25, (from + i) % 100),
    3.6,
    0,
    1,
    2.5,
    1,
  ]);

describe('a backup', async () => {
  const server = await testApp({ fields: [field('F1', rectangle(0, 0, 2.5, 100)), field('F2', rectangle(50, 0, 20, 100))] });
  const source = await connectStores(server.uri);
  await writeMark(source, false, 1);
  await source.close();
  const token = await server.token({ role: 'device', machine: 'C1' });
  const clerk = await server.token({ role: 'clerk', division: TOWN, name: '王统计' });
  const device = await server.connect(token);
  const report = (from: number, count = 100) => ask(device, 'fix:report', { v: 1, outbox: 'outbox-in-a-backup', rows: rows(from, count) });
  const target = testDatabase();

  test('taken while devices report is of one instant: with what is sent again it comes to the same digest', async () => {
    await server.send(
      'POST',
      '/api/v1/reported',
      { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 40, handMu: 2 },
      clerk,
    );
    await report(1);
    let from = 101;
    let goesOn = true;
    const reporting = (async () => {
      for (; goesOn; from += 100) await report(from);
    })();
    const taken = await command('backup', [file('live'), '--json'], on(server.uri));
    goesOn = false;
    await reporting;
    expect([taken.code, taken.result()], taken.problems).toEqual([
      0,
      { file: file('live'), documents: expect.any(Number), bytes: expect.any(Number), seconds: expect.any(Number) },
    ]);
    expect(existsSync(`${file('live')}.partial`)).toBe(false);
    expect((await command('restore', [file('live')], on(target))).out).toContain('a REAL season');
    const restored = await testApp({ uri: target });
    const again = await restored.connect(token);
    for (let seq = 1; seq < from; seq += 500) {
      const resent = rows(seq, Math.min(500, from - seq));
      expect(await ask(again, 'fix:report', { v: 1, outbox: 'outbox-in-a-backup', rows: resent })).toMatchObject({ ok: true });
    }
    for (const one of [server, restored]) await one.app.book.fold.evaluateAll();
    const digests = await Promise.all([server, restored].map(one => digestOf(one.app.book.log, one.app.book.fold)));
    expect(digests[1]).toEqual(digests[0]);
    expect(restored.app.book.board.unitNow(COUNTY).harvest.reportedMachineMu).toBe(40);
    await restored.close();
  });

  test('restored elsewhere is the same in every document: accounts, sessions, reports, log, checkpoints', async () => {
    await server.close();
    const other = testDatabase();
    expect((await command('backup', [file('still')], on(server.uri))).code).toBe(0);
    const restored = await command('restore', [file('still')], on(other));
    expect(restored.code, restored.problems).toBe(0);
    const content = await contentOf(server.uri);
    expect(Object.keys(content)).toEqual(
      expect.arrayContaining(['audit', 'coverage', 'credentials', 'fields', 'fixbatches', 'marks', 'reported']),
    );
    expect(await contentOf(other)).toEqual(content);
  });

  test('is not written over, and not taken of an empty database', async () => {
    const [there, empty] = await Promise.all([
      command('backup', [file('still')], on(server.uri)),
      command('backup', [file('none')], on(testDatabase())),
    ]);
    expect([there.code, there.problems]).toEqual([1, expect.stringContaining('is there already')]);
    expect([empty.code, empty.problems, existsSync(file('none'))]).toEqual([1, expect.stringContaining('is empty'), false]);
  });

  test('is refused where something is, and when it is damaged, cut off, foreign, newer or not there; nothing is touched then', async () => {
    const whole = readFileSync(file('still'));
    const plain = gunzipSync(whole);
    const flipped = Buffer.from(plain);
    flipped[plain.length >> 1] ^= 1;
    writeFileSync(file('damaged'), gzipSync(flipped));
    writeFileSync(file('cut'), whole.subarray(0, whole.length - 100));
    writeFileSync(file('cut-inside'), gzipSync(plain.subarray(0, plain.length - 500)));
    writeFileSync(file('foreign'), gzipSync(Buffer.from('{"some":"thing"}\n')));
    writeFileSync(
      file('newer'),
      gzipSync(Buffer.from(plain.toString('latin1').replace('"schemaVersion":3', '"schemaVersion":9'), 'latin1')),
    );
    const empty = testDatabase();
    const refusals = {
      damaged: 'damaged',
      cut: 'damaged',
      'cut-inside': '(cut off|damaged)',
      foreign: 'no backup',
      newer: '(version 9|damaged)',
      nowhere: 'no file',
    };
    const tried = Object.entries(refusals).map(async ([name, why]) => ({
      name,
      why,
      ...(await command('restore', [file(name)], on(empty))),
    }));
    for (const { name, why, code, problems } of await Promise.all(tried))
      expect([name, code, problems]).toEqual([name, 1, expect.stringMatching(why)]);
    expect(await contentOf(empty)).toEqual({});
    const { code, problems } = await command('restore', [file('still')], on(target));
    expect([code, problems]).toEqual([1, expect.stringContaining('not empty')]);
  });

  test('whose restore was cut off is seen as such by the program, and begun again by the command', async () => {
    const uri = testDatabase();
    const connection = await connectStores(uri);
    await connection.collection('marks').insertOne({ _id: 'restoring' as never, at: 1 });
    await connection.collection('fields').insertOne({ id: 'half' });
    await expect(demonstrationOrReal(connection, true)).rejects.toThrow('A restore into this database was cut off');
    const { code, problems } = await command('restore', [file('still')], on(uri));
    expect([code, problems]).toEqual([0, expect.stringContaining('beginning again')]);
    expect(await demonstrationOrReal(connection, true)).toBe(false);
    await connection.close();
    expect(await contentOf(uri)).toEqual(await contentOf(server.uri));
  });
});

describe('the version of the shapes', async () => {
  const uri = testDatabase();
  const connection = await connectStores(uri);
  afterAll(() => connection.close());
  const said: string[] = [];

  test('of an older database is brought up at the start, in one line, once', async () => {
    await writeMark(connection, false, 1);
    await connection.collection('marks').updateOne({ _id: 'database' as never }, { $set: { schemaVersion: 1 } });
    await connection.collection('seasons').insertOne({ year: 2027 });
    await connection.collection('repairs').insertMany([
      { id: 'r1', author: '东站', calledAt: 10, startedAt: 20, finishedAt: null },
      { id: 'r2', author: '东站', calledAt: 10, startedAt: 20, finishedAt: 30 },
    ]);
    await expect(demonstrationOrReal(connection, true)).rejects.toThrow('start the program once');
    for (const _ of [1, 2]) await upgradeOlder(connection, line => said.push(line));
    expect(said).toEqual([
      'The database is now of version 2: stations have unique ids, and a season says after which batch of the fix log it begins',
      'The database is now of version 3: repairs have their steps, and say when the machine was back',
    ]);
    const repairs = await connection.collection('repairs').find({}).sort({ id: 1 }).toArray();
    const steps = [
      { stage: 'called', at: 10, by: '东站' },
      { stage: 'diagnosing', at: 20, by: '东站' },
      { stage: 'closed', at: 30, by: '东站' },
    ];
    expect(repairs.map(repair => [repair.backAt, repair.steps])).toEqual([
      [null, steps.slice(0, 2)],
      [30, steps],
    ]);
    expect(await connection.collection('seasons').findOne({})).toMatchObject({ year: 2027, fromBatch: 0 });
    expect((await readMark(connection))?.schemaVersion).toBe(3);
  });

  test('of a newer database is refused', async () => {
    await connection.collection('marks').updateOne({ _id: 'database' as never }, { $set: { schemaVersion: 4 } });
    await upgradeOlder(connection, line => said.push(line));
    expect(said.length).toBe(2);
    await expect(demonstrationOrReal(connection, true)).rejects.toThrow('run the program that belongs to it');
  });
});
