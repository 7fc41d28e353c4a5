import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('commas and quotes are quoted, and what a spreadsheet would run is text', () => {
  expect(
    csvOf([
      ['号牌', '备注'],
      ['豫A·C1', '他说 "好", 明天到'],
      ['=1+1', '12.5'],
    ]),
  ).toBe('\uFEFF号牌,备注\r\n豫A·C1,"他说 ""好"", 明天到"\r\n\'=1+1,12.5\r\n');
});
