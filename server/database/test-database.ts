import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, expect, inject } from 'vitest';
import { withDatabaseName } from './address.ts';

/** The address of an empty database for this test file, or for this one caller in it; dropped after the file. */
export function testDatabase(): string {
  const uri = newAddress();
  afterAll(() => inDatabase(uri, db => db.dropDatabase()));
  return uri;
}

/** Those that the files of this worker have used, with the last file. */
const used: { uri: string; file: string | undefined }[] = [];

/**
 * As `testDatabase`, but the collections and indexes of the program may be there, without a document: most of what a database costs is to
 * make them. It is emptied when the next file takes it, as a program of the last one may write until its end.
 */
export async function emptyDatabase(): Promise<string> {
  if (!inject('mayReuse')) return testDatabase();
  const file = expect.getState().testPath;
  const of = used.find(one => one.file !== file);
  if (!of) {
    used.push({ uri: newAddress(), file });
    return used.at(-1)!.uri;
  }
  of.file = file;
  await inDatabase(of.uri, async db => {
    const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
    await Promise.all(collections.map(({ name }) => db.collection(name).deleteMany()));
  });
  return of.uri;
}

const newAddress = () => withDatabaseName(inject('mongodUri'), `test-${randomBytes(6).toString('hex')}`);

async function inDatabase(uri: string, act: (db: mongoose.mongo.Db) => Promise<unknown>): Promise<void> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  await act(client.db());
  await client.close();
}
