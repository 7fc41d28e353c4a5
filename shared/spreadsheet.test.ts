import { expect, test } from 'vitest';
import { cellText } from './spreadsheet.ts';

test('what a spreadsheet would run is made harmless; figures and words stay as they are', () => {
  const cells = ['=HYPERLINK("http://x")', '+1+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '-3.25', '+12.5%', '豫A·12345', ''];
  expect(cells.map(cellText)).toEqual([
    '\'=HYPERLINK("http://x")',
    "'+1+cmd|x",
    "'-2+3",
    "'@SUM(A1)",
    "'\t=1",
    '-3.25',
    '+12.5%',
    '豫A·12345',
    '',
  ]);
});
