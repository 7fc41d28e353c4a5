import { describe, expect, test } from 'vitest';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from './connection.ts';
import { StagedChange } from './staged-change.ts';

describe('a change too large for a transaction', async () => {
  const connection = await connectStores(testDatabase());
  const fields = connection.collection('fields');
  const change = new StagedChange(connection);
  const put = (id: string, over: object = {}) => ({
    collection: 'fields',
    keys: ['id'],
    document: { id, version: 2, ripeDate: null, reportedHarvested: null, ...over },
  });
  const puts = Array.from({ length: 2500 }, (_, i) => put(`F${i}`));
  const known = () =>
    fields
      .find({}, { projection: { _id: 0, id: 1, version: 1 } })
      .sort({ id: 1 })
      .toArray();

  test('puts everything into its place, in the place of what was there', async () => {
    await fields.insertMany([
      { id: 'F1', version: 1 },
      { id: 'other', version: 1 },
    ]);
    await change.make(puts, false);
    const now = await known();
    expect([now.length, now.find(one => one.id === 'F1'), now.find(one => one.id === 'other')]).toEqual([
      2501,
      { id: 'F1', version: 2 },
      { id: 'other', version: 1 },
    ]);
    expect(await connection.collection('stagedchanges').countDocuments()).toBe(0);
  });

  test('killed before the mark it was never made, killed after it the next start brings it to its end', async () => {
    await fields.deleteMany({});
    const staged = puts.slice(0, 1500).map((one, _id) => ({ _id: _id as never, ...one }));
    await connection.collection('stagedchanges').insertMany(staged);
    await change.finish();
    expect(await known()).toEqual([]);
    await connection.collection('stagedchanges').insertMany(staged);
    await connection.collection('marks').insertOne({ _id: 'staged' as never, freshFields: false });
    // Some of it had been put into its place already.
    await fields.insertMany([
      { id: 'F3', version: 2 },
      { id: 'F4', version: 1 },
    ]);
    await change.finish();
    const now = await known();
    expect([now.length, now.every(one => one.version === 2)]).toEqual([1500, true]);
    await change.finish();
    expect((await known()).length).toBe(1500);
  });

  test('of seasons: fields stand again, without a day on which they ripen', async () => {
    await fields.deleteMany({});
    await fields.insertOne({ id: 'F1', version: 3, ripeDate: '2027-06-01', reportedHarvested: { at: 1, author: 'x' } });
    await change.make([], true);
    expect(await fields.findOne({}, { projection: { _id: 0 } })).toEqual({ id: 'F1', version: 3, ripeDate: null, reportedHarvested: null });
    await connection.close();
  });
});
