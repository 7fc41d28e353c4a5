import type { RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { accountWords } from './account-words.ts';

/** The server's refusal in the reader's words, by the field that it is about. */
export function accountProblem({ code, field }: RequestFailed): string {
  const { problems } = accountWords.value;
  if (code === 'conflict' && field === 'role') return problems.lastAdministrator;
  if (code === 'conflict' && field === 'version') return problems.changed;
  if (code === 'conflict' && field === 'account') return problems.disabledFirst;
  if (code === 'invalid' && field !== null && field in problems) return problems[field as keyof typeof problems];
  return words.value.problems[code];
}
