import type { RouteOutput } from '../../shared/rest.ts';
import type { RainInput } from '../../shared/weather.ts';

type RainAnswer = RouteOutput<'rain'>;

/** What was typed, by `unit|day`; cells that are not in it stand as they are stored. */
export type RainDraft = ReadonlyMap<string, string>;

export const cellKey = (division: string, day: string): string => `${division}|${day}`;

/** A typed cell: an amount, nothing (takes an entry back), or wrong. */
export function readCell(text: string): number | null | 'wrong' {
  const bare = text
    .trim()
    .replace(/[０-９．]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/毫米|mm$/i, '')
    .trim();
  if (bare === '' || bare === '—' || bare === '-') return null;
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(bare)) return 'wrong';
  const mm = Number(bare.replace(',', '.'));
  return mm <= 500 ? mm : 'wrong';
}

/** How a stored amount is typed. */
export const printCell = (rainMm: number | null | undefined): string => (rainMm === null || rainMm === undefined ? '' : String(rainMm));

const storedAt = ({ units, days }: RainAnswer, division: string, day: string): number | null =>
  units.find(unit => unit.division === division)?.rain[days.indexOf(day)]?.rainMm ?? null;

/** What differs from what is stored, and how many cells are wrong. */
export function changesOf(answer: RainAnswer, draft: RainDraft): { rows: RainInput[]; wrong: number } {
  const rows: RainInput[] = [];
  let wrong = 0;
  for (const [key, text] of draft) {
    const [division, day] = key.split('|');
    const rainMm = readCell(text);
    if (rainMm === 'wrong') wrong++;
    else if (rainMm !== storedAt(answer, division, day)) rows.push({ division, day, rainMm });
  }
  return { rows, wrong };
}

/** Rows and cells of a block that was copied from a spreadsheet. */
export const blockOf = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map(row => row.split('\t'));

/** A block laid over the grid from a cell on; what lies outside, or may not be written, is counted and left out. */
export function pasted(answer: RainAnswer, draft: RainDraft, { row, column, text }: { row: number; column: number; text: string }) {
  const next = new Map(draft);
  let outside = 0;
  for (const [down, cells] of blockOf(text).entries()) {
    for (const [across, cell] of cells.entries()) {
      const unit = answer.units[row + down];
      const day = answer.days[column + across];
      if (unit?.mayWrite && day !== undefined) next.set(cellKey(unit.division, day), cell.trim());
      else outside++;
    }
  }
  return { draft: next, outside };
}
