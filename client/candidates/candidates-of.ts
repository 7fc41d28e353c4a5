import type { CandidateShown } from '../../shared/candidate.ts';
import type { Desk } from '../state/desk.ts';

/** Those that lie in a unit; null: nobody knows yet. */
export function candidatesOf(desk: Desk, division: string): CandidateShown[] | null {
  return desk.candidates.value?.filter(({ town, county }) => isWithin(desk, town ?? county, division)) ?? null;
}

function isWithin(desk: Desk, code: string, division: string): boolean {
  for (let at: string | null = code; at !== null; at = desk.divisions.get(at)?.parent ?? null) if (at === division) return true;
  return false;
}
