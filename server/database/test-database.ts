import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, inject } from 'vitest';
import { withDatabaseName } from './address.ts';

/** The address of an empty database for this test file, or for this one caller in it; dropped after the file. */
export function testDatabase(): string {
  const uri = withDatabaseName(inject('mongodUri'), `test-${randomBytes(6).toString('hex')}`);
  afterAll(async () => {
    const client = await mongoose.mongo.MongoClient.connect(uri);
    await client.db().dropDatabase();
    await client.close();
  });
  return uri;
}
