import { type RegistryList, type RegistryRow, registryColumns } from '../../../shared/registry-list.ts';
import { cellText } from '../../../shared/spreadsheet.ts';

const cell = (text: string): string => `"${cellText(text).replaceAll('"', '""')}"`;

/** Rows of a list as CSV that a spreadsheet opens as UTF-8 and in which nothing runs as a formula. */
export class RegistryFile {
  private readonly parts: Buffer[] = [];
  private readonly columns: readonly string[];

  constructor(list: RegistryList, nameOf: (column: string) => string) {
    this.columns = registryColumns[list];
    this.parts.push(Buffer.from(`\uFEFF${this.columns.map(column => cell(nameOf(column))).join(',')}\r\n`));
  }

  add(rows: readonly RegistryRow[], textOf: (column: string, value: RegistryRow['cells'][string]) => string): void {
    const lines = rows.map(({ cells }) => this.columns.map(column => cell(textOf(column, cells[column] ?? null))).join(','));
    if (lines.length > 0) this.parts.push(Buffer.from(`${lines.join('\r\n')}\r\n`));
  }

  bytes = (): Buffer => Buffer.concat(this.parts);
}
