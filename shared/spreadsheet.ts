const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[-+]?[\d.,\s]+%?$/;

/** A text as it may stand in a cell of a CSV file: what a spreadsheet would run as a formula begins with an apostrophe. */
export const cellText = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
