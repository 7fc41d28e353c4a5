import { RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { setupWords } from './words.ts';

/** What the person is told: the server's sentence, in the language of the page where it is known there. */
export function problemText(cause: unknown): string {
  if (!(cause instanceof RequestFailed)) throw cause;
  const { problems } = setupWords.value;
  if (cause.code !== 'invalid' && cause.code !== 'conflict') return words.value.problems[cause.code];
  if (problems === null) return cause.message;
  const known = Object.keys(problems).find(start => cause.message.startsWith(start));
  return known ? problems[known] : `${words.value.problems[cause.code]} (${cause.message})`;
}
