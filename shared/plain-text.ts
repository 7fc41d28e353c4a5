/**
 * Characters that are not text: controls but for the line feed, format characters (which turn the direction of writing or hide), and halves
 * of pairs.
 */
const NOT_TEXT = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** What a person wrote, as text of one or more lines and nothing else. */
export const plainText = (text: string): string =>
  text
    .replace(LINE_ENDS, '\n')
    .replace(/\t/g, ' ')
    .replace(NOT_TEXT, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The same in one line, for a place that has only one. */
export const plainLine = (text: string): string => plainText(text).replace(/\s*\n\s*/g, ' ');
