import * as z from 'zod';
import { faultKinds } from '../../shared/repair.ts';

/** A registration that is not finished: kept in this browser with every key, so that a reload costs nothing. */
const draftSchema = z.object({
  machine: z.string().nullable(),
  plate: z.string(),
  operatorName: z.string().nullable(),
  kind: z.enum(['combine', 'seeder', 'tractor']).nullable(),
  fault: z.enum(faultKinds).nullable(),
  station: z.string().nullable(),
});
export type Draft = z.infer<typeof draftSchema>;

export const emptyDraft: Draft = { machine: null, plate: '', operatorName: null, kind: null, fault: null, station: null };

const placeOf = (owner: string): string => `station-draft:${owner}`;

export function recallDraft(owner: string): Draft {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(placeOf(owner)) ?? 'null'));
  } catch {
    // Nothing kept, or by another version of this page.
    return emptyDraft;
  }
}

export function keepDraft(owner: string, draft: Draft): void {
  try {
    localStorage.setItem(placeOf(owner), JSON.stringify(draft));
  } catch {
    // A browser that forbids storage: the draft lives as long as the page, and the line of what is synced says so.
  }
}
