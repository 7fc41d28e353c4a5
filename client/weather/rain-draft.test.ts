import { expect, test } from 'vitest';
import type { RouteOutput } from '../../shared/rest.ts';
import { blockOf, changesOf, pasted, readCell } from './rain-draft.ts';

const word = (division: string, day: string, rainMm: number) => ({ division, day, rainMm, at: 0, author: '李调度' });
const answer: RouteOutput<'rain'> = {
  today: '2027-06-06',
  days: ['2027-06-06', '2027-06-07'],
  units: [
    { division: '410100', name: '郑州市', mayWrite: false, rain: [word('410100', '2027-06-06', 3), null] },
    { division: '410182', name: '荥阳市', mayWrite: true, rain: [null, word('410182', '2027-06-07', 12.5)] },
  ],
};

test('amounts are read as people type them, full-width digits and the unit too', () => {
  expect(['12', ' 2.5 ', '１２．５', '8毫米', '3 mm', '', '—', '0'].map(readCell)).toEqual([12, 2.5, 12.5, 8, 3, null, null, 0]);
  expect(['-3', '501', 'abc', '1e3', '12.345'].map(readCell)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong']);
});

test('only what differs from what is stored is sent; an emptied cell takes its entry back', () => {
  const draft = new Map([
    ['410182|2027-06-06', '4'],
    ['410182|2027-06-07', '12.5'],
  ]);
  expect(changesOf(answer, draft)).toEqual({ rows: [{ division: '410182', day: '2027-06-06', rainMm: 4 }], wrong: 0 });
  expect(changesOf(answer, new Map([['410182|2027-06-07', '']]))).toEqual({
    rows: [{ division: '410182', day: '2027-06-07', rainMm: null }],
    wrong: 0,
  });
  expect(changesOf(answer, new Map([['410182|2027-06-07', 'x']]))).toEqual({ rows: [], wrong: 1 });
});

test('a block from a spreadsheet is laid from the cell on; what falls outside or may not be written is counted', () => {
  expect(blockOf('1\t2\r\n3\t4\r\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  const { draft, outside } = pasted(answer, new Map(), { row: 1, column: 0, text: '5\t6\t7\r\n8\t9\t10' });
  expect([...draft]).toEqual([
    ['410182|2027-06-06', '5'],
    ['410182|2027-06-07', '6'],
  ]);
  expect(outside).toBe(4);
  expect(pasted(answer, new Map(), { row: 0, column: 0, text: '5' }).outside).toBe(1);
});
