import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, inject } from 'vitest';
import { withDatabaseName } from './address.ts';

/** The address of an empty database for this test file, or for this one caller in it; dropped after the file. */
export function testDatabase(): string {
  const uri = newAddress();
  afterAll(() => inDatabase(uri, db => db.dropDatabase()));
  return uri;
}

/** Emptied ones of earlier files of this worker: most of what a new one costs is its collections and indexes, and those they have. */
const emptied: string[] = [];

/** As `testDatabase`, but the collections and indexes of the program may be there, without a document. */
export function emptiedDatabase(): string {
  const uri = emptied.pop() ?? newAddress();
  afterAll(async () => {
    await inDatabase(uri, async db => {
      const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
      await Promise.all(collections.map(({ name }) => db.collection(name).deleteMany()));
    });
    emptied.push(uri);
  });
  return uri;
}

const newAddress = () => withDatabaseName(inject('mongodUri'), `test-${randomBytes(6).toString('hex')}`);

async function inDatabase(uri: string, act: (db: mongoose.mongo.Db) => Promise<unknown>): Promise<void> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  await act(client.db());
  await client.close();
}
