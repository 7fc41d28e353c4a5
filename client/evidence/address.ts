import type { Operation } from '../../shared/season.ts';

// Every page loads this file: nothing with a schema is imported here.

/** What `/evidence#…` asks for; null: it names no field. */
export type EvidenceAddress = { field: string; operation: Operation } | null;

/** The token of a link. */
export const shareIn = (hash: string): string | null => new URLSearchParams(hash.replace(/^#/, '')).get('share') || null;

export function evidenceAddress(hash: string): EvidenceAddress {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const field = query.get('field');
  if (!field) return null;
  return { field, operation: query.get('operation') === 'sow' ? 'sow' : 'harvest' };
}

export const evidencePath = (field: string, operation: Operation): string => `/evidence#${new URLSearchParams({ field, operation })}`;
