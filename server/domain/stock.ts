import type { Move, StockRow } from '../../shared/stock.ts';

/** What a movement does to what is there; a count sets it. */
export function changeOf({ kind, quantity }: Pick<Move, 'kind' | 'quantity'>, there: number): number {
  if (kind === 'use') return -quantity;
  return kind === 'count' ? rounded(quantity - there) : quantity;
}

/** To a thousandth, so that litres that come and go add up to what is read. */
export const rounded = (quantity: number): number => Math.round(quantity * 1000) / 1000;

export type NoStock = { reason: 'unknown' } | { reason: 'short'; there: number; unit: string };

/** The shelf after the change, or why it cannot be: it is never below nothing. */
export function moved(row: StockRow | undefined, change: number): { row: StockRow } | NoStock {
  if (!row) return { reason: 'unknown' };
  const quantity = rounded(row.quantity + change);
  if (quantity < 0) return { reason: 'short', there: row.quantity, unit: row.unit };
  return { row: { ...row, quantity, version: row.version + 1 } };
}
