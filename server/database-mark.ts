import { StartProblem } from './database/start-problem.ts';
import { type Connection, isHalfRestored, type Mark, readMark, SCHEMA_VERSION, writeMark } from './stores/connection.ts';
import { upgrade } from './stores/upgrade.ts';

/**
 * What the database is; null: it is empty.
 * @throws StartProblem when its shapes are of another program, or it is half of a backup
 */
export async function knownMark(connection: Connection): Promise<Mark | null> {
  const mark = await restoredMark(connection);
  if (!mark || mark.schemaVersion === SCHEMA_VERSION) return mark;
  const advice =
    mark.schemaVersion < SCHEMA_VERSION ? 'start the program once, which brings it up to date' : 'run the program that belongs to it';
  throw new StartProblem(
    `The database has shapes of version ${mark.schemaVersion}; this program knows version ${SCHEMA_VERSION}: ${advice}`,
  );
}

async function restoredMark(connection: Connection): Promise<Mark | null> {
  if (!(await isHalfRestored(connection))) return readMark(connection);
  throw new StartProblem(
    'A restore into this database was cut off: run "npm run restore" with the backup again, or clear it with "npm run reset -- --yes"',
  );
}

/** Brings a database of an older program up to this one, and says so. */
export async function upgradeOlder(connection: Connection, say: (line: string) => void): Promise<void> {
  const mark = await restoredMark(connection);
  if (!mark || mark.schemaVersion >= SCHEMA_VERSION) return;
  for (const line of await upgrade(connection, mark.schemaVersion)) say(line);
}

/**
 * Whether the database is a demonstration; an empty one becomes what is wanted, for ever.
 * @throws StartProblem when the database is of the other kind, or of another program
 */
export async function demonstrationOrReal(connection: Connection, real: boolean): Promise<boolean> {
  const mark = await knownMark(connection);
  if (!mark) {
    await writeMark(connection, !real, Date.now());
    return !real;
  }
  if (mark.demo && real)
    throw new StartProblem(
      'This database is a demonstration, which never becomes real: set another DATA_DIR or MONGODB_URI for the real season',
    );
  if (!mark.demo && !real)
    throw new StartProblem('This database is a real season: start it with "npm run serve"; the demonstration does not play on it');
  return mark.demo;
}
