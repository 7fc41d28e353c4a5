import { StartProblem } from './database/start-problem.ts';
import { type Connection, type Mark, readMark, SCHEMA_VERSION, writeMark } from './stores/connection.ts';

/**
 * What the database is; null: it is empty.
 * @throws StartProblem when its shapes are of another program
 */
export async function knownMark(connection: Connection): Promise<Mark | null> {
  const mark = await readMark(connection);
  if (!mark || mark.schemaVersion === SCHEMA_VERSION) return mark;
  throw new StartProblem(
    `The database has shapes of version ${mark.schemaVersion}; this program knows version ${SCHEMA_VERSION}: run the program that belongs to it`,
  );
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
