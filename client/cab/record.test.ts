import { expect, test } from 'vitest';
import type { RecordRow } from '../../shared/claim.ts';
import { muTyped, rowsShown, totalsOf, withObjection } from './record.ts';
import type { Errand } from './store.ts';

const row = (over: Partial<RecordRow>): RecordRow => ({
  ...{ day: '2027-06-06', field: 'F1', operation: 'harvest', village: '官峪村', divisionName: '高村乡', mu: 4, bandMu: [3.9, 4.1] },
  ...{ hours: 0.5, agreedMu: null, pricePerMu: 60, isFinished: true, objection: null },
  ...over,
});

test('money is the agreed mu, else the measured, by the price; mu without a price are told apart', () => {
  const rows = [row({}), row({ day: '2027-06-07', agreedMu: 5 }), row({ field: 'F2', mu: 2.5, pricePerMu: null })];
  // 4 × 60 + 5 × 60, on two fields; what is measured stays 4 + 4 + 2.5
  expect(totalsOf(rows)).toEqual({ mu: 10.5, hours: 1.5, fields: 2, yuan: 540, unpricedMu: 2.5 });
});

test('an objection shows on its row at once, and as received when the server has it', () => {
  const record = { asOf: 1, rows: [row({}), row({ day: '2027-06-07' })] };
  const body = { ...{ id: '1', field: 'F1', operation: 'harvest' as const, day: '2027-06-07', reason: 'less' as const }, claimedMu: 5 };
  const objection = { ...body, note: '', at: 2 };
  const errand: Errand = { id: '1', outbox: 'o', route: 'object', body: objection, at: 2, state: 'waiting' };
  expect(rowsShown(record, [errand]).map(({ waits }) => waits)).toEqual([null, objection]);
  const received = withObjection(record, objection)!;
  expect(received.rows.map(one => one.objection?.state)).toEqual([undefined, 'open']);
});

test('mu are typed with a point or a comma, or not at all', () => {
  expect(['', ' 3.5 ', '3,5', '3。5', '-1', 'x'].map(muTyped)).toEqual([null, 3.5, 3.5, 3.5, 'wrong', 'wrong']);
});
