import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { type BackupHeader, FORMAT, framesOf, readFrames } from '../backup/frames.ts';
import { StartProblem } from '../database/start-problem.ts';
import type { Connection, Mark } from '../stores/connection.ts';
import { type Part, sizeOf, snapshotOf } from '../stores/snapshot.ts';
import { printJson, runCommand } from './command.ts';
import { onDatabase } from './database-at-hand.ts';
import { progressBar } from './progress-bar.ts';

const usage = `npm run backup -- FILE    writes all that the database holds into one file, as of one instant

Works on DATA_DIR or MONGODB_URI, whether the program runs or not. The file grows as FILE.partial and is read back before it gets its name.

  --json       the last line is { file, documents, bytes, seconds }
`;

/** Tells how many documents went by. */
async function* counted(parts: AsyncIterable<Part>, told: (documents: number) => void): AsyncGenerator<Part> {
  let documents = 0;
  for await (const part of parts) {
    if ('document' in part && ++documents % 1000 === 0) told(documents);
    yield part;
  }
  told(documents);
}

async function write(connection: Connection, mark: Mark | null, partial: string): Promise<number> {
  if (!mark) throw new StartProblem('The database is empty: there is nothing to back up');
  const header: BackupHeader = { format: FORMAT, schemaVersion: mark.schemaVersion, demo: mark.demo, createdAt: Date.now() };
  const about = Math.max(1, await sizeOf(connection));
  const bar = progressBar('documents', process.stderr);
  const parts = counted(snapshotOf(connection), done => bar.show(Math.min(done, about), about));
  // The quickest level: what fills a season is packed already.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await pipeline(Readable.from(framesOf(header, parts), { objectMode: true }), gzip, createWriteStream(partial, { mode: 0o600 }));
  bar.end();
  const file = await open(partial, 'r+');
  await file.sync().finally(() => file.close());
  return await countOf(partial);
}

/** Reads the file back to its end: what cannot be restored is no backup. */
async function countOf(path: string): Promise<number> {
  const { parts } = await readFrames(createReadStream(path).pipe(createGunzip()));
  let documents = 0;
  for await (const part of parts) if ('document' in part) documents++;
  return documents;
}

await runCommand({
  usage,
  options: { json: { type: 'boolean' } },
  operands: 1,
  async run({ json }, [file]) {
    if (existsSync(file)) throw new StartProblem(`${file} is there already: name another file, or move that one away`);
    const began = performance.now();
    const partial = `${file}.partial`;
    try {
      const documents = await onDatabase((connection, mark) => write(connection, mark, partial));
      renameSync(partial, file);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const { size: bytes } = statSync(file);
      if (json) printJson({ file, documents, bytes, seconds });
      else process.stdout.write(`${file}: ${documents} documents, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s\n`);
      return 0;
    } finally {
      rmSync(partial, { force: true });
    }
  },
});
