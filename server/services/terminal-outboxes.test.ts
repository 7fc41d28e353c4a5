import { describe, expect, test } from 'vitest';
import { at, NOON, testApp } from '../app-for-test.ts';
import { acceptedOf } from './outbox.ts';
import { TerminalOutboxes } from './terminal-outboxes.ts';

const OUTBOX = 'jt808-13812345678';
/** A walk north at 1 m/s; `second` is both time and place. */
const fix = (second: number, east = 0) => {
  const [lng, lat] = at(east, second);
  const nothing = { speedKmh: null, headingDeg: null, accuracyM: null, widthM: null, working: null };
  return { fixTime: NOON - 3_600_000 + second * 1000, lng, lat, ...nothing };
};
const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => fix(from + i));

describe('fixes of a terminal that numbers nothing', async () => {
  const { app, uri, close } = await testApp();
  const outboxes = new TerminalOutboxes({ ingest: app.ingest, fold: app.book.fold, log: app.book.log });
  const stored = async () => {
    const byOutbox: Record<string, number[]> = {};
    for await (const batch of app.book.log.ofMachine('C1', 0, NOON)) {
      byOutbox[batch.outbox] = [...(byOutbox[batch.outbox] ?? []), ...acceptedOf(batch).map(one => (one.fixTime - NOON) / 1000 + 3600)];
    }
    return byOutbox;
  };

  test('are stored once, however often they come and however they are cut', async () => {
    expect(await outboxes.take('C1', OUTBOX, span(1, 10))).toEqual({ accepted: 10, refused: 0, known: 0, late: 0 });
    expect(await outboxes.take('C1', OUTBOX, span(6, 15))).toEqual({ accepted: 5, refused: 0, known: 5, late: 0 });
    expect(await outboxes.take('C1', OUTBOX, [fix(20), fix(20), fix(19)])).toEqual({ accepted: 2, refused: 0, known: 1, late: 0 });
    expect(await stored()).toEqual({ [OUTBOX]: [...Array.from({ length: 15 }, (_, i) => i + 1), 19, 20] });
  });

  test('that come late lie in an outbox of their own, in order of their times, and never run backwards', async () => {
    await outboxes.take('C1', OUTBOX, [fix(100)]);
    expect(await outboxes.take('C1', OUTBOX, span(50, 52).reverse())).toEqual({ accepted: 3, refused: 0, known: 0, late: 3 });
    expect(await outboxes.take('C1', OUTBOX, span(52, 54))).toEqual({ accepted: 2, refused: 0, known: 1, late: 2 });
    expect(await outboxes.take('C1', OUTBOX, [fix(30)])).toEqual({ accepted: 1, refused: 0, known: 0, late: 1 });
    expect(await stored()).toMatchObject({ [`${OUTBOX}-late-1`]: [50, 51, 52, 53, 54], [`${OUTBOX}-late-2`]: [30] });
  });

  test('that come back and forth need few outboxes; newest first they need no more than forty, and all are stored', async () => {
    for (const second of [60, 35, 70, 40]) await outboxes.take('C1', OUTBOX, [fix(second)]);
    expect(await stored()).toMatchObject({ [`${OUTBOX}-late-1`]: [50, 51, 52, 53, 54, 60, 70], [`${OUTBOX}-late-2`]: [30, 35, 40] });
    const other = 'jt808-13812345679';
    for (let second = 100; second > 40; second--) expect((await outboxes.take('C1', other, [fix(second)])).accepted).toBe(1);
    const late = Object.entries(await stored()).filter(([outbox]) => outbox.startsWith(`${other}-late-`));
    expect(late).toHaveLength(40);
    expect(late.flatMap(([, seconds]) => seconds).sort((a, b) => a - b)).toEqual(Array.from({ length: 59 }, (_, i) => 41 + i));
  });

  test('at once from two connections are taken one message after the other', async () => {
    const both = await Promise.all([outboxes.take('C1', OUTBOX, span(200, 210)), outboxes.take('C1', OUTBOX, span(205, 215))]);
    expect(both).toEqual([
      { accepted: 11, refused: 0, known: 0, late: 0 },
      { accepted: 5, refused: 0, known: 6, late: 0 },
    ]);
  });

  test('that cannot be are refused by the same rules as any other', async () => {
    // 10 km in a second.
    expect(await outboxes.take('C1', OUTBOX, [fix(216, 10_000)])).toEqual({ accepted: 0, refused: 1, known: 0, late: 0 });
  });

  test('that lie ahead are refused and make none late that comes after them', async () => {
    const other = 'jt808-13812345680';
    await outboxes.take('C1', other, [fix(1)]);
    expect(await outboxes.take('C1', other, [fix(2), fix(90_000)])).toEqual({ accepted: 1, refused: 1, known: 0, late: 0 });
    expect(await outboxes.take('C1', other, span(2, 5))).toEqual({ accepted: 3, refused: 0, known: 1, late: 0 });
    expect(await stored()).toMatchObject({ [other]: [1, 2, 3, 4, 5] });
    expect(Object.keys(await stored()).filter(name => name.startsWith(`${other}-late`))).toEqual([]);
  });

  test('are known again after a restart', async () => {
    await close();
    const again = await testApp({ uri });
    const anew = new TerminalOutboxes({ ingest: again.app.ingest, fold: again.app.book.fold, log: again.app.book.log });
    expect(await anew.take('C1', OUTBOX, [fix(30), fix(51), fix(215), fix(217)])).toEqual({ accepted: 1, refused: 0, known: 3, late: 0 });
  });
});
