import type { RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { regroupWords } from './words.ts';

/** The name at the beginning of the server's sentence. */
const whoIn = (message: string): string => /^\w+: (.+?) (?:has an order|asked for work|said that)/.exec(message)?.[1] ?? '';

/** Why fields cannot be cut or joined, in the words of the page. */
export function refusalText(failed: RequestFailed): string {
  const { refused } = regroupWords.value;
  if (failed.code !== 'invalid' && failed.code !== 'conflict') return words.value.problems[failed.code];
  // The place in the request comes first where its value is refused: `line: missed: …`.
  const sentence = failed.message.replace(/^line: /, '');
  const why = /^(\w+):/.exec(sentence)?.[1] ?? '';
  if (why === 'order' || why === 'request' || why === 'finished') return refused[why](whoIn(sentence));
  if (why in refused && why !== 'other') return refused[why as 'missed'];
  return failed.code === 'conflict' ? refused.changed : refused.other(sentence);
}

/** The line is still being drawn: nothing is wrong with it yet. */
export const isUnderWay = (failed: RequestFailed): boolean => /^line: (missed|unfinished)/.test(failed.message);
