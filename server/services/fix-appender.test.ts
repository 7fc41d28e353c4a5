import { describe, expect, test } from 'vitest';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from '../stores/connection.ts';
import { FixLog, type StoredBatch } from '../stores/fix-log.ts';
import { type Draft, FixAppender, PlaceTaken } from './fix-appender.ts';
import { silentLog } from './log.ts';

const draft = (outbox: string, firstSeq: number, lastSeq = firstSeq + 9): Draft => ({
  machine: 'C1',
  outbox,
  firstSeq,
  lastSeq,
  firstTime: 1,
  lastTime: 2,
  receivedAt: 3,
  packed: Uint8Array.of(1, 0),
});

describe('the appender', async () => {
  const uri = testDatabase();
  const connection = await connectStores(uri);
  const log = new FixLog(connection);
  await log.prepare();
  const stored = async (outbox: string) => {
    const batches: [number, number][] = [];
    for await (const batch of log.ofOutbox('C1', outbox)) batches.push([batch.firstSeq, batch.lastSeq]);
    return batches;
  };
  let number = 1000;
  const appender = (store: Pick<FixLog, 'append' | 'storedOf'> = log) => {
    number += 1000;
    return new FixAppender(store as FixLog, number, Date.now, silentLog);
  };

  test('tells of each batch when it is durable, in log order', async () => {
    const told: number[] = [];
    const one = appender();
    await Promise.all([1, 11, 21].map(firstSeq => one.append(draft('order', firstSeq), logNumber => told.push(logNumber))));
    await one.drain();
    expect(told).toEqual([number, number + 1, number + 2]);
    expect(await stored('order')).toEqual([
      [1, 10],
      [11, 20],
      [21, 30],
    ]);
  });

  test('writes again what ended without a clear answer, and stores it once', async () => {
    let failures = 2;
    const flaky = {
      storedOf: (group: readonly StoredBatch[]) => log.storedOf(group),
      async append(group: readonly StoredBatch[]) {
        // Once the write is lost, once only its answer.
        if (failures === 2) {
          failures--;
          throw new Error('connection lost before the write');
        }
        const answer = await log.append(group);
        if (failures-- === 1) throw new Error('connection lost after the write');
        return answer;
      },
    };
    const told: number[] = [];
    const one = appender(flaky);
    await Promise.all([1, 11].map(firstSeq => one.append(draft('unclear', firstSeq), logNumber => told.push(logNumber))));
    await one.drain();
    expect(told).toEqual([number, number + 1]);
    expect(await stored('unclear')).toEqual([
      [1, 10],
      [11, 20],
    ]);
  });

  test('refuses a batch whose place another program took, with all that follow it, and stores the others', async () => {
    await appender().append(draft('taken', 1), () => undefined);
    const one = appender();
    const results = await Promise.allSettled([
      one.append(draft('taken', 1, 5), () => undefined),
      one.append(draft('taken', 6), () => undefined),
      one.append(draft('free', 1), () => undefined),
    ]);
    expect(results.map(result => (result.status === 'rejected' ? result.reason instanceof PlaceTaken : 'stored'))).toEqual([
      true,
      true,
      'stored',
    ]);
    expect(await stored('taken')).toEqual([[1, 10]]);
    expect(await stored('free')).toEqual([[1, 10]]);
  });

  test('stores nothing behind a group that it gives up when the program ends', async () => {
    let lose: (error: Error) => void = () => undefined;
    const lost = new Promise<never>((_resolve, reject) => {
      lose = reject;
    });
    let writes = 0;
    const flaky = {
      storedOf: (group: readonly StoredBatch[]) => log.storedOf(group),
      append: (group: readonly StoredBatch[]) => (writes++ === 0 ? lost : log.append(group)),
    };
    const one = appender(flaky);
    void one.append(draft('given-up', 1), () => undefined);
    while (writes === 0) await new Promise(resolve => setImmediate(resolve));
    void one.append(draft('given-up', 11), () => undefined);
    const drained = one.drain();
    lose(new Error('connection lost'));
    await drained;
    expect(await stored('given-up')).toEqual([]);
  });
});
