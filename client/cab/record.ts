import type { ObjectionInput, RecordRow } from '../../shared/claim.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Errand } from './store.ts';

export type OwnRecord = RouteOutput<'record'>;

/** A row as the operator sees it: with the objection that still waits on this phone. */
export interface ShownRow extends RecordRow {
  waits: ObjectionInput | null;
}

export interface Totals {
  mu: number;
  hours: number;
  fields: number;
  yuan: number;
  /** Without a price: not in the money. */
  unpricedMu: number;
}

/** What is paid for: what was agreed, else what is measured. */
export const billedMu = ({ agreedMu, mu }: Pick<RecordRow, 'agreedMu' | 'mu'>): number => agreedMu ?? mu;

/** Null: no price was agreed. */
export const yuanOf = (row: Pick<RecordRow, 'agreedMu' | 'mu' | 'pricePerMu'>): number | null =>
  row.pricePerMu === null ? null : billedMu(row) * row.pricePerMu;

export function totalsOf(rows: readonly RecordRow[]): Totals {
  const fields = new Set(rows.map(({ field, operation }) => `${field}|${operation}`));
  const totals: Totals = { mu: 0, hours: 0, fields: fields.size, yuan: 0, unpricedMu: 0 };
  for (const row of rows) {
    totals.mu += row.mu;
    totals.hours += row.hours;
    const yuan = yuanOf(row);
    if (yuan === null) totals.unpricedMu += billedMu(row);
    else totals.yuan += yuan;
  }
  return totals;
}

export const isSameRow = (
  one: Pick<RecordRow, 'field' | 'operation' | 'day'>,
  other: Pick<RecordRow, 'field' | 'operation' | 'day'>,
): boolean => one.field === other.field && one.operation === other.operation && one.day === other.day;

export function rowsShown(record: OwnRecord, errands: readonly Errand[]): ShownRow[] {
  const waiting = errands.flatMap(({ route, state, body }) => (route === 'object' && state === 'waiting' ? [body as ObjectionInput] : []));
  return record.rows.map(row => ({ ...row, waits: waiting.find(one => isSameRow(one, row)) ?? null }));
}

/** The server has an objection: the row says so before the record is asked for again. */
export const withObjection = (record: OwnRecord | null, { id, reason, claimedMu, at, ...row }: ObjectionInput): OwnRecord | null =>
  record && {
    ...record,
    rows: record.rows.map(one =>
      isSameRow(one, row) ? { ...one, objection: { id, reason, claimedMu, at, state: 'open' as const, decision: null } } : one,
    ),
  };

/** A typed number of mu; null: nothing, `wrong`: not a number that could be. */
export function muTyped(typed: string): number | null | 'wrong' {
  const text = typed.trim().replace(',', '.').replace('，', '.').replace('。', '.');
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 && value <= 10_000 ? value : 'wrong';
}
