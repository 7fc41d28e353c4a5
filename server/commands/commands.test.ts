import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { keepAccessKey } from '../access-key.ts';
import { ask, at, field, NOON, rectangle, testApp } from '../app-for-test.ts';
import { findMongod } from '../database/find-mongod.ts';
import { provideDatabase } from '../database/provide.ts';
import { testDatabase } from '../database/test-database.ts';
import { readSettings } from '../settings.ts';
import { connectStores, readMark, writeMark } from '../stores/connection.ts';
import { RegistryStore } from '../stores/registry.ts';
import { command } from './command-for-test.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const folders: string[] = [];
function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'harvest-command-')));
  return folders.at(-1)!;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Forty fixes up a field of 2.5 m × 40 m with the header down. */
const pass = Array.from({ length: 40 }, (_, i) => [i + 1, NOON - 3_600_000 + i * 1000, ...at(1.25, i), 3.6, 0, 1, null, 1]);
const report = { v: 1, outbox: 'outbox-of-a-command', rows: pass };

describe('beside a running program', async () => {
  const server = await testApp({ fields: [field('F1', rectangle(0, 0, 2.5, 40))] });
  const dataDir = newFolder();
  await keepAccessKey(server.app.book.credentials, dataDir);
  const beside = { MONGODB_URI: server.uri, DATA_DIR: dataDir };
  const atUrl = ['--url', server.url, '--json'];

  test('enrol makes a machine known to it: what its device reports is covered with the default width', async () => {
    const { code, result } = await command('enrol', ['--machine', 'NEW-1', '--json'], beside);
    expect([code, result()]).toEqual([0, { machine: 'NEW-1', token: expect.stringMatching(/^[\w-]{20,}$/) }]);
    const device = await server.connect((result() as { token: string }).token);
    expect(await ask(device, 'fix:report', report)).toEqual({ ok: true, value: { upTo: 40, refused: [] } });
    await server.app.book.fold.evaluateAll();
    // 39 m × 2.5 m of the field's 100 m², the outermost row of cells perhaps not.
    const coveredDm2 = server.app.book.fold.coverageOf('F1', 'harvest')!.coveredDm2;
    expect(coveredDm2).toBeGreaterThan(9250);
    expect(coveredDm2).toBeLessThanOrEqual(10_000);
  });

  test('enrol by its address gives a token for reading, which may not report', async () => {
    const { code, result } = await command('enrol', ['--viewer', ...atUrl], beside);
    expect([code, result()]).toEqual([0, { token: expect.any(String) }]);
    const { token } = result() as { token: string };
    expect((await server.get('/api/v1/session', token)).body).toMatchObject({ role: 'viewer' });
    expect(await ask(await server.connect(token), 'fix:report', report)).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
  });

  test('digest says the same from its database, from its address, and when it has ended', async () => {
    const [beneath, asked] = await Promise.all([command('digest', ['--json'], beside), command('digest', atUrl, beside)]);
    expect(beneath.result()).toMatchObject({ fixes: 40, totals: { accepted: 40, refused: 0, thinned: 0, fields: 1 } });
    expect(Object.keys(beneath.result())).toEqual(['fixes', 'fixSha256', 'coverageSha256', 'totals']);
    expect(asked.result()).toEqual(beneath.result());
    await server.close();
    expect((await command('digest', ['--json'], beside)).result()).toEqual(beneath.result());
  });
});

test('a program that is not there, or whose key is not in DATA_DIR, is said in one line', async () => {
  const [noKey, misused] = await Promise.all([
    command('digest', ['--url', 'http://127.0.0.1:1'], { DATA_DIR: newFolder() }),
    command('digest', ['--url', 'nowhere'], { DATA_DIR: newFolder() }),
  ]);
  expect([noKey.code, noKey.problems]).toEqual([1, expect.stringMatching(/^There is no access-key in .*\n$/)]);
  expect(misused.code).toBe(2);
});

describe('seed', () => {
  test('loads a season of the wanted size into an empty database, as a demonstration, and no second one', async () => {
    const uri = testDatabase();
    const wanted = ['--scale', '0.005', '--seed', '9'];
    const first = await command('seed', wanted, { MONGODB_URI: uri });
    expect(first.out, first.problems).toMatch(/^\d{3,} fields in [\d.]+ s, at most \d+ MB of memory\n$/);
    const connection = await connectStores(uri);
    const { demo, madeFrom } = (await readMark(connection))!;
    expect({ demo, madeFrom }).toEqual({ demo: true, madeFrom: { scale: 0.005, seed: 9 } });
    expect((await new RegistryStore(connection).season())!.demo).toBe(true);
    await connection.close();
    const second = await command('seed', wanted, { MONGODB_URI: uri });
    expect([second.code, second.problems]).toEqual([1, expect.stringContaining('holds a demonstration season already')]);
  });

  test('leaves a real season alone, also one that is still empty', async () => {
    const uri = testDatabase();
    const connection = await connectStores(uri);
    await writeMark(connection, false, 1);
    const { code, problems } = await command('seed', [], { MONGODB_URI: uri });
    expect([code, problems]).toEqual([1, expect.stringContaining('holds a real season already')]);
    await connection.close();
  });
});

describe('in a data folder of its own', async () => {
  const { dataDir: cache, mongod } = readSettings(process.env);
  const quiet = { info: () => undefined, warn: () => undefined };
  const { path } = await findMongod({ mongodPath: mongod, dataDir: cache, log: quiet });
  const dataDir = newFolder();
  const env = { DATA_DIR: dataDir, MONGOD: path };

  test('enrol and digest bring the database up for themselves; reset says what is there and clears it only when told', async () => {
    expect((await command('enrol', ['--machine', 'C9', '--json'], env)).result()).toMatchObject({ machine: 'C9' });
    expect((await command('digest', ['--json'], env)).result()).toMatchObject({ fixes: 0 });
    const database = await provideDatabase({ dataDir, mongodPath: path, log: quiet });
    const connection = await connectStores(database.uri);
    await writeMark(connection, false, 1);
    const running = await command('reset', ['--yes'], env);
    expect([running.code, running.problems]).toEqual([1, expect.stringContaining('is using')]);
    await connection.close();
    await database.stop();
    const asked = await command('reset', [], env);
    expect([asked.code, asked.out]).toEqual([1, expect.stringContaining('a REAL season with 0 fields, 1 machines')]);
    expect((await command('reset', ['--yes'], env)).code).toBe(0);
    expect((await command('reset', [], env)).out).toContain('it is empty');
    expect(readdirSync(dataDir)).toEqual(['database']);
  });

  test('reset does not touch a database that somebody else runs', async () => {
    const { code, problems } = await command('reset', ['--yes'], { MONGODB_URI: testDatabase() });
    expect([code, problems]).toEqual([1, expect.stringContaining('MONGODB_URI is set')]);
  });
});

test('every command tells its use, and refuses what it does not know with exit code 2', async () => {
  const names = ['enrol', 'digest', 'seed', 'reset', 'backup', 'restore'] as const;
  const asked = await Promise.all(names.map(name => command(name, ['--help'])));
  expect(asked.map(({ code, out }) => [code, out.split(' ').slice(0, 3).join(' ')])).toEqual(names.map(one => [0, `npm run ${one}`]));
  const wrong = [command('enrol', ['--machine', 'no such id']), command('seed', ['--scale', '3']), command('reset', ['please'])];
  expect((await Promise.all(wrong)).map(({ code }) => code)).toEqual([2, 2, 2]);
});
