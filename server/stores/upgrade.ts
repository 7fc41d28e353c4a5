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
  {
    to: 3,
    what: 'repairs have their steps, and say when the machine was back',
    run: connection => connection.collection('repairs').updateMany({ steps: { $exists: false } }, repairSteps, DURABLE),
  },
];

/** What was known of a repair were three instants: each becomes a step by whom it was written. */
const step = (stage: string, at: string) => ({ stage, at, by: '$author' });
const stepIf = (stage: string, at: string) => ({ $cond: [{ $eq: [{ $ifNull: [at, null] }, null] }, [], [step(stage, at)]] });
const repairSteps = [
  {
    $set: {
      steps: { $concatArrays: [[step('called', '$calledAt')], stepIf('diagnosing', '$startedAt'), stepIf('closed', '$finishedAt')] },
      backAt: '$finishedAt',
      ...{ team: '', mechanic: '', hours: null, costYuan: null, reworkOf: null, alsoLogged: [] },
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
