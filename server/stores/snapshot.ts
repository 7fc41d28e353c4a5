import mongoose from 'mongoose';
import { type Connection, DURABLE, type Mark } from './connection.ts';
import { LARGE_WRITE } from './time-limit.ts';

/** All that a database holds, as of one instant: each collection's name, and after it its documents in the bytes of the database. */
export type Part = { collection: string } | { document: Uint8Array };

/** Written before anything else of a restore and taken away after everything: a restore that was cut off is seen by it. */
interface Restoring {
  _id: 'restoring';
  at: number;
}
const MARKS = 'marks';
const { BSON } = mongoose.mongo;
/** Types stay what they are: a 5 that is a double does not become an integer. */
const AS_STORED = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true, useBigInt64: false } as const;
const MOST_DOCUMENTS = 1000;
const MOST_BYTES = 8_000_000;

async function collectionsOf(connection: Connection): Promise<string[]> {
  const found = await connection.db!.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  return found
    .map(({ name }) => name)
    .filter(name => !name.startsWith('system.'))
    .sort();
}

/** About how many documents there are: for the eye. */
export async function sizeOf(connection: Connection): Promise<number> {
  let documents = 0;
  for (const name of await collectionsOf(connection)) documents += await connection.collection(name).estimatedDocumentCount();
  return documents;
}

/** Reads everything as of one instant, the program running or not: all reads are of the same snapshot. */
export async function* snapshotOf(connection: Connection): AsyncGenerator<Part> {
  const names = await collectionsOf(connection);
  const session = connection.getClient().startSession({ snapshot: true });
  try {
    for (const collection of names) {
      yield { collection };
      const cursor = connection.db!.collection(collection).find({}, { session, raw: true, batchSize: MOST_DOCUMENTS });
      for await (const document of cursor) yield { document: document as unknown as Uint8Array };
    }
  } finally {
    await session.endSession();
  }
}

export type Emptiness = 'empty' | 'cut off' | 'in use';

/** Whether a backup may be restored here. */
export async function emptinessOf(connection: Connection): Promise<Emptiness> {
  if (await connection.collection<Restoring>(MARKS).findOne({ _id: 'restoring' })) return 'cut off';
  for (const name of await collectionsOf(connection)) if (await connection.collection(name).findOne({})) return 'in use';
  return 'empty';
}

/** Puts the parts into an empty database; what a database is comes last. `stored` is told how many documents there are so far. */
export async function restoreInto(connection: Connection, parts: AsyncIterable<Part>, { now, stored }: Restore): Promise<void> {
  await connection.dropDatabase();
  const marks = connection.db!.collection<Mark | Restoring>(MARKS);
  await marks.insertOne({ _id: 'restoring', at: now }, DURABLE);
  let mark: object | null = null;
  let count = 0;
  let [collection, documents, bytes]: [string, object[], number] = ['', [], 0];
  const flush = async () => {
    if (documents.length > 0)
      await connection.db!.collection(collection).insertMany(documents, { ordered: false, ...DURABLE, ...LARGE_WRITE });
    count += documents.length;
    stored(count);
    [documents, bytes] = [[], 0];
  };
  for await (const part of parts) {
    if ('collection' in part) {
      await flush();
      collection = part.collection;
      continue;
    }
    const document = BSON.deserialize(part.document, AS_STORED);
    if (collection === MARKS && document._id === 'database') mark = document;
    else documents.push(document);
    bytes += part.document.length;
    if (documents.length >= MOST_DOCUMENTS || bytes >= MOST_BYTES) await flush();
  }
  await flush();
  if (!mark) throw new Error('the backup does not say what database it is of');
  await marks.insertOne(mark as Mark, DURABLE);
  await marks.deleteOne({ _id: 'restoring' }, DURABLE);
}

interface Restore {
  now: number;
  stored: (documents: number) => void;
}
