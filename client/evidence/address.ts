import { type Operation, operations } from '../../shared/season.ts';

/** What `/evidence#…` asks for; null: it names no field. */
export type EvidenceAddress = { field: string; operation: Operation } | null;

/** The token of a link. */
export const shareIn = (hash: string): string | null => new URLSearchParams(hash.replace(/^#/, '')).get('share') || null;

export function evidenceAddress(hash: string): EvidenceAddress {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const field = query.get('field');
  if (!field) return null;
  return { field, operation: operations.find(name => name === query.get('operation')) ?? 'harvest' };
}

export const evidencePath = (field: string, operation: Operation): string => `/evidence#${new URLSearchParams({ field, operation })}`;
