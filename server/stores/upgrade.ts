import { type Connection, DURABLE, type Mark } from './connection.ts';

interface Step {
  to: number;
  what: string;
  run(connection: Connection): Promise<unknown>;
}

/** How a database of an older program becomes one of this: each step leaves it whole, and may be run again when it was cut off. */
const steps: readonly Step[] = [
  {
    to: 2,
    what: 'stations have unique ids, and a season says after which batch of the fix log it begins',
    async run(connection) {
      await connection.collection('stations').createIndex({ id: 1 }, { unique: true });
      await connection.collection('seasons').updateMany({ fromBatch: { $exists: false } }, { $set: { fromBatch: 0 } }, DURABLE);
    },
  },
];

/** Brings an older database up to this program, step by step. Returns what was done, in one line for each step. */
export async function upgrade(connection: Connection, from: number): Promise<string[]> {
  const done: string[] = [];
  for (const { to, what, run } of steps) {
    if (to <= from) continue;
    await run(connection);
    await connection.collection<Mark>('marks').updateOne({ _id: 'database' }, { $set: { schemaVersion: to } }, DURABLE);
    done.push(`The database is now of version ${to}: ${what}`);
  }
  return done;
}
