import { type BadRow, type ImportReason, importReasons } from '../../../shared/imports.ts';

/** Enough to see what is wrong with a file; the rest is counted. */
const MOST_LISTED = 500;
const LONGEST_VALUE = 40;

/** What is wrong with a file, row by row. */
export class Findings {
  readonly listed: BadRow[] = [];
  private readonly rows = new Set<number>();

  get badRows(): number {
    return this.rows.size;
  }

  has = (row: number): boolean => this.rows.has(row);

  add(row: number, { column, value }: { column: string; value: unknown }, reason: ImportReason, detail: string | number = ''): void {
    this.rows.add(row);
    if (this.listed.length >= MOST_LISTED) return;
    const about = shortened(String(detail), 200);
    this.listed.push({
      row,
      column,
      value: shortened(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), LONGEST_VALUE),
      reason,
      detail: about,
      message: importReasons[reason](about),
    });
  }
}

function shortened(text: string, most: number): string {
  const characters = text.slice(0, 4 * most).replace(/\p{Cc}/gu, '�');
  return characters.length > most ? `${characters.slice(0, most)}…` : characters;
}
