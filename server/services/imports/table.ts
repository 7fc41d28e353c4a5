import { parse } from 'csv-parse';
import { Refusal } from '../../../shared/reply.ts';
import type { Pace } from '../pace.ts';
import { type Column, columnsOf, plainName, type TableKind } from './columns.ts';
import type { Findings } from './findings.ts';
import { MOST_ROWS } from './import-limits.ts';
import { textOf } from './text-of.ts';

const SLICE = 1 << 16;

export interface Table {
  header: readonly string[];
  /** By key of the column: where it stands. */
  places: ReadonlyMap<string, number>;
  /** With their numbers as a spreadsheet shows them; empty lines are left out. */
  rows: { row: number; cells: readonly string[] }[];
  encoding: string;
}

/** The separator that the header holds most of, outside of quotes. */
function separatorOf(text: string): string {
  const header = text
    .slice(0, 20_000)
    .split(/\r|\n/, 1)[0]
    .replace(/"[^"]*"/g, '');
  const count = (separator: string) => header.split(separator).length;
  return [';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best), ',');
}

/** Reads CSV piece by piece. @throws Refusal when it is no table at all */
export async function readTable(bytes: Uint8Array, { kind, findings, pace }: TableReading): Promise<Table> {
  const { text, encoding } = await textOf(bytes, pace);
  const records = await recordsOf(text, pace);
  const header = (records[0] ?? []).map(name => name.trim());
  if (header.every(name => name === '')) throw new Refusal('invalid', 'file: its first line holds no names of columns');
  const places = placesOf(header, columnsOf[kind], findings);
  const rows = records
    .slice(1)
    .map((cells, i) => ({ row: i + 2, cells }))
    .filter(({ cells }) => cells.some(one => one.trim() !== ''));
  // Without a column that is needed every row would be bad for the same reason.
  return { header, places, rows: findings.badRows > 0 ? [] : rows, encoding };
}

interface TableReading {
  kind: TableKind;
  findings: Findings;
  pace: Pace;
}

async function recordsOf(text: string, pace: Pace): Promise<string[][]> {
  const records: string[][] = [];
  const parser = parse({
    bom: true,
    delimiter: separatorOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 100_000,
  });
  let failed: Error | null = null;
  parser.on('error', error => {
    failed = error;
  });
  parser.on('readable', () => {
    for (let record = parser.read(); record !== null; record = parser.read()) records.push(record);
  });
  const ended = new Promise(resolve => parser.once('close', resolve));
  for (let from = 0; from < text.length && !failed; from += SLICE) {
    parser.write(text.slice(from, from + SLICE));
    await pace.breathe();
    // What was written is handed on by events.
    await new Promise(resolve => setImmediate(resolve));
    if (records.length > MOST_ROWS + 1) {
      parser.destroy();
      throw new Refusal('invalid', `file: more than ${MOST_ROWS} rows; cut it into several files`);
    }
  }
  if (!failed) parser.end();
  await ended;
  if (failed) throw new Refusal('invalid', `file: row ${records.length + 1} cannot be read: ${(failed as Error).message.slice(0, 200)}`);
  return records;
}

function placesOf(header: readonly string[], columns: readonly Column[], findings: Findings): Map<string, number> {
  const places = new Map<string, number>();
  const found = header.map(plainName);
  for (const { key, names, needed } of columns) {
    const known = names.map(plainName);
    const at = found.flatMap((name, i) => (known.includes(name) ? [i] : []));
    if (at.length > 1) findings.add(1, { column: header[at[1]], value: header[at[1]] }, 'twiceColumn');
    if (at.length === 0 && needed) findings.add(1, { column: names[0], value: '' }, 'missingColumn', header.filter(Boolean).join(', '));
    if (at.length > 0) places.set(key, at[0]);
  }
  return places;
}
