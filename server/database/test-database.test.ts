import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { testDatabase } from './test-database.ts';

const first = testDatabase();
const second = testDatabase();

test('two test databases see nothing of each other', async () => {
  const one = await mongoose.createConnection(first).asPromise();
  const other = await mongoose.createConnection(second).asPromise();
  try {
    await one.collection('fields').insertOne({ name: 'A' });
    expect(await one.collection('fields').countDocuments()).toBe(1);
    expect(await other.collection('fields').countDocuments()).toBe(0);
  } finally {
    await one.close();
    await other.close();
  }
});

test('transactions and change streams work', async () => {
  const connection = await mongoose.createConnection(first).asPromise();
  try {
    const changes = connection.collection('orders').watch();
    expect(await changes.tryNext()).toBe(null);
    await connection.transaction(async session => {
      await connection.collection('orders').insertOne({ name: 'A-1' }, { session });
    });
    expect(await changes.next()).toMatchObject({ operationType: 'insert', fullDocument: { name: 'A-1' } });
    await changes.close();
  } finally {
    await connection.close();
  }
});
