import { joinDatabase } from '../database/provide.ts';
import { knownMark } from '../database-mark.ts';
import { readSettings } from '../settings.ts';
import { type Connection, connectStores, type Mark } from '../stores/connection.ts';

const say = (line: string): void => console.error(line);

/** Works on the database of DATA_DIR or MONGODB_URI, the program running or stopped; brought up for as long as the work takes. */
export async function onDatabase<Result>(work: (connection: Connection, mark: Mark | null) => Promise<Result>): Promise<Result> {
  const settings = readSettings(process.env);
  const database = await joinDatabase({ ...settings, mongodPath: settings.mongod, log: { info: () => undefined, warn: say } });
  // A mongod of our own is not left running by Ctrl-C.
  const leave = (): void => void database.stop().finally(() => process.exit(1));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    const connection = await connectStores(database.uri);
    try {
      return await work(connection, await knownMark(connection));
    } finally {
      await connection.close();
    }
  } finally {
    await database.stop();
  }
}
