import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type BackupHeader, NoBackup, readFrames } from '../backup/frames.ts';
import { provideDatabase } from '../database/provide.ts';
import { codeOf, messageOf, StartProblem } from '../database/start-problem.ts';
import { readSettings } from '../settings.ts';
import { type Connection, connectStores, SCHEMA_VERSION } from '../stores/connection.ts';
import { emptinessOf, type Part, restoreInto } from '../stores/snapshot.ts';
import { printJson, runCommand } from './command.ts';
import { progressBar } from './progress-bar.ts';

const usage = `npm run restore -- FILE   puts a backup into the empty database of DATA_DIR or MONGODB_URI; the program must not be running

All of it or nothing: the file is read to its end before the database is touched, and a restore that was cut off is seen as such
by the program and begun again by this command.

  --json       the last line is { file, documents, seconds, demo }
`;

/** Opens the file from its start. */
async function read(file: string): Promise<{ header: BackupHeader; parts: AsyncGenerator<Part> }> {
  const bytes = createReadStream(file);
  const plain = createGunzip();
  bytes.on('error', error => plain.destroy(error));
  return readFrames(bytes.pipe(plain));
}

/**
 * Reads it to its end.
 * @throws StartProblem when it is not there, not a backup, not whole, or of a newer program
 */
async function check(file: string): Promise<{ header: BackupHeader; documents: number }> {
  try {
    const { header, parts } = await read(file);
    let documents = 0;
    for await (const part of parts) if ('document' in part) documents++;
    if (header.schemaVersion <= SCHEMA_VERSION) return { header, documents };
    throw new NoBackup(`its shapes are of version ${header.schemaVersion}, this program knows version ${SCHEMA_VERSION}`);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'ENOENT') throw new StartProblem(`There is no file ${file}`);
    if (error instanceof NoBackup) throw new StartProblem(`${file} cannot be restored: ${error.message}`);
    if (code.startsWith('Z_')) throw new StartProblem(`${file} cannot be restored: it is damaged, or no backup (${messageOf(error)})`);
    throw error;
  }
}

async function fill(connection: Connection, { file, documents }: { file: string; documents: number }): Promise<void> {
  const emptiness = await emptinessOf(connection);
  if (emptiness === 'in use')
    throw new StartProblem(
      'The database is not empty: take another DATA_DIR or MONGODB_URI, or clear this one with "npm run reset -- --yes"',
    );
  if (emptiness === 'cut off') process.stderr.write('A restore was cut off here: beginning again\n');
  const bar = progressBar('documents', process.stderr);
  const { parts } = await read(file);
  await restoreInto(connection, parts, { now: Date.now(), stored: done => bar.show(done, Math.max(1, documents)) });
  bar.end();
}

await runCommand({
  usage,
  options: { json: { type: 'boolean' } },
  operands: 1,
  async run({ json }, [file]) {
    const began = performance.now();
    const { header, documents } = await check(file);
    const settings = readSettings(process.env);
    const log = { info: () => undefined, warn: (line: string) => console.error(line) };
    // Holds the data folder, so that no program starts on it in between.
    const database = await provideDatabase({ ...settings, mongodPath: settings.mongod, log });
    try {
      const connection = await connectStores(database.uri);
      await fill(connection, { file, documents }).finally(() => connection.close());
    } finally {
      await database.stop();
    }
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    if (json) printJson({ file, documents, seconds, demo: header.demo });
    else
      process.stdout.write(
        `${documents} documents restored in ${seconds} s: ${header.demo ? 'a demonstration season' : 'a REAL season'}\n`,
      );
    return 0;
  },
});
