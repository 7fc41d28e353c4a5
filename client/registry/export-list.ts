import type { CellObject } from 'write-excel-file/universal';
import { plainText } from '../../shared/plain-text.ts';

/** Cells of the server's CSV: every one is quoted. */
export function cellsOf(csv: string): string[][] {
  return csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter(line => line !== '')
    .map(line => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(match => match[1].replaceAll('""', '"')));
}

/** A workbook of one sheet; all as text, so that nothing runs as a formula and no number of a phone loses its zeros. */
export async function workbookOf(csv: string): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  const [head = [], ...rows] = cellsOf(csv);
  const text = (value: string, style: Partial<CellObject> = {}): CellObject => ({ value: plainText(value), type: String, ...style });
  const data = [head.map(name => text(name, { fontWeight: 'bold' })), ...rows.map(row => row.map(value => text(value)))];
  return write([{ sheet: '1', data, stickyRowsCount: 1, columns: head.map(() => ({ width: 18 })) }]).toBlob();
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
