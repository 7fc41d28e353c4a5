import { type Fix, readFixRow } from '../../shared/fix.ts';
import type { Season } from '../../shared/season.ts';
import { FixJudge } from '../domain/verdict.ts';

/** Reads a row of the live lane; null when it would be refused. Nothing is stored of it: the outbox brings the same fix later. */
export function readLiveRow(row: unknown, now: number, serviceArea: Season['serviceArea']): Fix | null {
  const fix = readFixRow(row);
  if (!fix || 'raw' in fix) return null;
  return new FixJudge().verdict(fix, { receivedAt: now, serviceArea }).length === 0 ? fix : null;
}
