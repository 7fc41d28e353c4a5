import type { ImportReason } from '../../../shared/imports.ts';
import { daySchema } from '../../../shared/season.ts';
import type { Findings } from './findings.ts';
import type { Table } from './table.ts';

/** Full-width digits and letters as half-width ones, and the minus signs and spaces that go with them. */
const plain = (text: string): string => text.normalize('NFKC').trim();

const NUMBER = /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;

/** Reads the cells of one row by the names of the columns; what is wrong is noted, and null. */
export class RowReader<Key extends string> {
  constructor(
    private readonly table: Table,
    private readonly findings: Findings,
    readonly row: number,
    private readonly cells: readonly string[],
  ) {
    if (cells.length > table.header.length || cells.length < table.header.length - 1)
      findings.add(row, { column: '', value: cells.join(',') }, 'rowLength', table.header.length);
  }

  has = (key: Key): boolean => this.table.places.has(key);

  bad(key: Key, reason: ImportReason, detail: string | number = ''): null {
    const at = this.table.places.get(key);
    this.findings.add(this.row, { column: at === undefined ? key : this.table.header[at], value: this.raw(key) }, reason, detail);
    return null;
  }

  /** As it stands, without blanks around it; empty when the column is not there. */
  raw(key: Key): string {
    return (this.cells[this.table.places.get(key) ?? -1] ?? '').trim();
  }

  /** A name: as people write it. */
  text(key: Key, most = 60): string {
    const text = this.raw(key);
    if (/\p{Cc}/u.test(text)) this.bad(key, 'notText');
    else if ([...text].length > most) this.bad(key, 'tooLong', most);
    return text;
  }

  neededText(key: Key): string {
    const text = this.text(key);
    if (text === '') this.bad(key, 'missing');
    return text;
  }

  /** A code or id, in half-width letters. */
  code(key: Key): string {
    return plain(this.raw(key));
  }

  /** Null: empty or wrong. */
  number(key: Key, { from, to }: { from: number; to: number }): number | null {
    const text = plain(this.raw(key));
    if (text === '') return null;
    const number = NUMBER.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
    if (Number.isNaN(number)) return this.bad(key, 'notNumber');
    return number >= from && number <= to ? number : this.bad(key, 'outOfRange', `${from}–${to}`);
  }

  day(key: Key): string | null {
    const text = plain(this.raw(key));
    if (text === '') return null;
    return dayFrom(text) ?? this.bad(key, 'notDay');
  }

  /** One of these words, or `otherwise` when it is empty. */
  choice<Value>(key: Key, words: readonly (readonly [word: string, value: Value])[], otherwise: Value | null): Value | null {
    const text = plain(this.raw(key)).toLowerCase();
    if (text === '') return otherwise === null ? this.bad(key, 'missing') : otherwise;
    const found = words.find(([word]) => word.toLowerCase() === text);
    return found ? found[1] : this.bad(key, 'notOneOf', words.map(([word]) => word).join(', '));
  }
}

/** 2027-06-12, 2027/6/12, 2027年6月12日 */
export function dayFrom(text: string): string | null {
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text);
  if (!parts) return null;
  const day = `${parts[1]}-${parts[2].padStart(2, '0')}-${parts[3].padStart(2, '0')}`;
  return daySchema.safeParse(day).success ? day : null;
}
