import { type OrderConflict, orderConflicts } from '../../shared/work-order.ts';
import type { RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { orderWords } from './words.ts';

/** What the server refused, in the words of the page. */
export function problemText(failed: RequestFailed): string {
  const text = orderWords.value;
  const { field, code, message, values } = failed;
  const conflict = orderConflicts.find(one => one === field) as OrderConflict | undefined;
  if (conflict) return text.conflicts[conflict](values);
  if (field === 'version') return text.version;
  if (field === 'working') return text.working;
  if ((code === 'conflict' || code === 'invalid') && field !== null) return text.refused(message);
  return words.value.problems[code];
}
