import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideDatabase } from '../database/provide.ts';
import { StartProblem } from '../database/start-problem.ts';
import { readSettings, type Settings } from '../settings.ts';
import { type Connection, connectStores, isHalfRestored, readMark } from '../stores/connection.ts';
import { runCommand } from './command.ts';

const usage = `npm run reset -- --yes    clears the database in DATA_DIR; the program must not be running

Without --yes it says what would be lost, and exits with 1.
`;

const counted = { fields: 'fields', machines: 'machines', fixbatches: 'batches of fixes', reported: 'reported figures' };

async function contentOf(connection: Connection): Promise<string> {
  if (await isHalfRestored(connection)) return 'a part of a backup, whose restore was cut off';
  const mark = await readMark(connection);
  if (!mark) return 'nothing: it is empty';
  const counts = await Promise.all(
    Object.entries(counted).map(async ([name, what]) => `${await connection.collection(name).estimatedDocumentCount()} ${what}`),
  );
  return `${mark.demo ? 'a demonstration season' : 'a REAL season'} with ${counts.join(', ')}`;
}

/** Holds the data folder all the while, so that no program starts on it in between. */
async function onOwnDatabase<Result>(settings: Settings, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  if (settings.mongodbUri !== null)
    throw new StartProblem('MONGODB_URI is set: only the database in DATA_DIR is cleared; drop that one with its own tools');
  const log = { info: () => undefined, warn: (line: string) => console.error(line) };
  const database = await provideDatabase({ ...settings, mongodPath: settings.mongod, log });
  try {
    const connection = await connectStores(database.uri);
    return await work(connection).finally(() => connection.close());
  } finally {
    await database.stop();
  }
}

await runCommand({
  usage,
  options: { yes: { type: 'boolean' } },
  async run({ yes }) {
    const settings = readSettings(process.env);
    const content = await onOwnDatabase(settings, async connection => {
      const found = await contentOf(connection);
      if (yes) await connection.dropDatabase();
      return found;
    });
    if (yes) for (const name of ['access-key', 'demo-tokens.json']) rmSync(join(settings.dataDir, name), { force: true });
    process.stdout.write(
      yes ? `Cleared ${settings.dataDir}: ${content}\n` : `This would clear ${settings.dataDir}: ${content}. Say --yes to do it.\n`,
    );
    return yes ? 0 : 1;
  },
});
