import type { Candidate, ProgramReason } from '../../shared/candidate.ts';
import { candidateWords } from './words.ts';

/** What became of a candidate, in words. */
export function outcomeOf({ state, decided }: Pick<Candidate, 'state' | 'decided'>): string {
  const text = candidateWords.value;
  return state === 'merged' && decided?.field ? text.joinedToField : text.decided[state];
}

/** The words of whoever decided; the program's own are put into the language shown. */
export function reasonOf({ decided }: Pick<Candidate, 'decided'>): string {
  if (!decided) return '';
  if (decided.by !== null) return decided.reason || decided.field || '';
  const said: Partial<Record<string, string>> = candidateWords.value.programReasons satisfies Record<ProgramReason, string>;
  return [said[decided.reason], decided.field].filter(Boolean).join(' · ');
}
