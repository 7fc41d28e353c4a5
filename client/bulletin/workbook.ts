import type { CellObject, Sheet, SheetData } from 'write-excel-file/universal';
import { plainLine, plainText } from '../../shared/plain-text.ts';
import { roundHalfUp } from '../../shared/units.ts';
import { NONE } from '../state/format.ts';
import { type BulletinTable, comparedTable, groupsOf, progressTable, receptionTable, type TableCell } from './bulletin-table.ts';
import { changeLine } from './change-line.ts';
import type { PaperHead, Shown } from './paper-head.ts';

/**
 * Every text goes in as a shared string with its type said, never as a formula, whatever it begins with; figures go in as numbers with a
 * format, rounded as they are printed.
 */
const text = (value: string, style: Partial<CellObject> = {}): CellObject => ({ value: plainText(value), type: String, ...style });

function cellOf(cell: TableCell, inWan: boolean): CellObject {
  const style = { align: 'right', borderStyle: 'thin' } as const;
  if (cell.kind === 'text') return text(cell.text, { borderStyle: 'thin', wrap: true });
  const value = cell.kind === 'area' ? cell.mu : cell.kind === 'share' ? cell.share : cell.count;
  if (value === null) return text(NONE, style);
  if (cell.kind === 'count') return { value, type: Number, format: '#,##0', ...style };
  if (cell.kind === 'share') return { value: roundHalfUp(value, 4), type: Number, format: '0.00%', ...style };
  return inWan
    ? { value: roundHalfUp(value / 10_000, 4), type: Number, format: '#,##0.0000', ...style }
    : { value: roundHalfUp(value, 1), type: Number, format: '#,##0.0', ...style };
}

const heading = { fontWeight: 'bold', align: 'center', borderStyle: 'thin', wrap: true } as const;

function headOf({ columns }: BulletinTable): SheetData {
  const groups = groupsOf(columns).flatMap(({ group, span }) => [
    text(group, { ...heading, columnSpan: span }),
    ...Array.from({ length: span - 1 }, () => null),
  ]);
  return [groups, columns.map(({ name }) => text(name, heading))];
}

const bodyOf = ({ rows, inWan }: BulletinTable): SheetData => rows.map(row => row.map(cell => cellOf(cell, inWan)));

/** The table as printed, both sources side by side, and reception, permits and safety of the day where there were any. */
export function sheetsOf(bulletin: Shown, head: PaperHead): Sheet<Blob>[] {
  const { content, changes, reason } = bulletin;
  const { words, nameOf } = head;
  const [progress, compared] = [progressTable(content, words, nameOf), comparedTable(content, words, nameOf)];
  const above = (): SheetData => [[text(head.title, { fontWeight: 'bold', fontSize: 16 })], [text(head.lines.join('　'))]];
  const line = (value: string): SheetData[number] => [text(value)];
  const below: SheetData = [
    ...content.remarks.general
      .split('\n')
      .filter(part => part !== '')
      .map((part, i) => line(i === 0 ? `${words.remarks}${words.colon}${part}` : part)),
    ...(reason === null ? [] : [line(`${words.reason}${words.colon}${reason}`)]),
    ...changes.map(change => line(changeLine(change, head.phrases))),
    ...head.foot.map(line),
  ];
  const widths = ({ columns }: BulletinTable) => columns.map((_, i) => ({ width: i === 0 ? 16 : i === columns.length - 1 ? 24 : 12 }));
  const sheet = (name: string, table: BulletinTable, end: SheetData): Sheet<Blob> => ({
    sheet: plainLine(name),
    data: [...above(), ...headOf(table), ...bodyOf(table), ...end],
    columns: widths(table),
    orientation: 'landscape',
    stickyRowsCount: 4,
    stickyColumnsCount: 1,
  });
  const reception = receptionTable(content, words, nameOf);
  const foot = head.foot.map(line);
  return [
    sheet(words.sheetTable, progress, below),
    sheet(words.sheetCompared, compared, foot),
    ...(reception ? [sheet(words.sheetReception, reception, foot)] : []),
  ];
}

/** The workbook's bytes; the library comes with the first one that is asked for. */
export async function workbookOf(sheets: Sheet<Blob>[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  return write(sheets).toBlob();
}
