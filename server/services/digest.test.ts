import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import { packFixes } from '../../shared/packing.ts';
import type { StoredBatch } from '../stores/fix-log.ts';
import { digestOf } from './digest.ts';

const fix = (seq: number, fixTime: number): Fix => {
  return { seq, fixTime, lng: 113.5, lat: 34.7, speedKmh: 4.5, headingDeg: null, accuracyM: 1, widthM: null, working: 1 };
};
let number = 0;
const batch = (machine: string, outbox: string, firstSeq: number, lastSeq: number, over: Partial<StoredBatch>): StoredBatch => {
  return {
    _id: ++number,
    machine,
    outbox,
    firstSeq,
    lastSeq,
    firstTime: null,
    lastTime: null,
    receivedAt: 9,
    packed: packFixes([]),
    ...over,
  };
};
const logOf = (batches: readonly StoredBatch[]) => ({
  outboxes: async () => [...new Map(batches.map(({ machine, outbox }) => [`${machine}/${outbox}`, { machine, outbox }])).values()],
  async *ofOutbox(machine: string, outbox: string) {
    yield* batches.filter(one => one.machine === machine && one.outbox === outbox).sort((a, b) => a.firstSeq - b.firstSeq);
  },
});
const nothingCovered = { results: new Map(), holds: () => true };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('the digest is over machines, their outboxes by first fixTime, and in them a line for each fix or thinned run', async () => {
  const digest = await digestOf(
    logOf([
      batch('B', 'random-1', 1, 1, { packed: packFixes([fix(1, 500)]) }),
      batch('A', 'random-2', 1, 2, { packed: packFixes([fix(1, 2000), fix(2, 3000)]), refused: [{ seq: 2, reasons: ['jump', 'future'] }] }),
      batch('A', 'random-3', 1, 4, {
        packed: packFixes([fix(4, 1000)]),
        thinned: [[1, 2]],
        refused: [{ seq: 3, reasons: ['malformed'], raw: '[3,"noon"]' }],
      }),
    ]),
    nothingCovered,
  );
  const row = (seq: number, fixTime: number) => `[${seq},${fixTime},113.5,34.7,4.5,null,1,null,1]`;
  const early = sha256(`1-2 thinned\n[3,"noon"] malformed\n${row(4, 1000)} \n`);
  const late = sha256(`${row(1, 2000)} \n${row(2, 3000)} jump,future\n`);
  expect(digest).toEqual({
    fixes: 5,
    fixSha256: sha256(`A\n${early}\n${late}\nB\n${sha256(`${row(1, 500)} \n`)}\n`),
    coverageSha256: sha256(''),
    totals: { accepted: 3, refused: 2, thinned: 2, fields: 0, harvestDm2: 0, sowDm2: 0 },
  });
});

test('neither the cutting into batches nor that of thinned runs shows, however long a run is', async () => {
  const far = 2 ** 50;
  const whole = [batch('A', 'one', 1, far, { packed: packFixes([fix(1, 1000)]), thinned: [[2, far]] })];
  const pieces = [
    batch('A', 'two', 4, far, {
      thinned: [
        [4, 9],
        [10, far],
      ],
    }),
    batch('A', 'two', 1, 3, { packed: packFixes([fix(1, 1000)]), thinned: [[2, 3]] }),
  ];
  expect(await digestOf(logOf(pieces), nothingCovered)).toEqual(await digestOf(logOf(whole), nothingCovered));
});
