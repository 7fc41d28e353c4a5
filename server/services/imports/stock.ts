import type { RouteOutput } from '../../../shared/rest.ts';
import type { StockRow } from '../../../shared/stock.ts';
import type { Pace } from '../pace.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { noCounts, Preview } from './judged.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';

type Reader = RowReader<KeyOf<'stock'>>;
const MOST = 1e6;

/** A station's shelves from a table: what it would do, and the rows that it would put. What the table does not name stays. */
export async function judgeStock(
  bytes: Uint8Array,
  { station, known, pace }: { station: string; known: readonly StockRow[]; pace: Pace },
): Promise<{ report: Omit<RouteOutput<'importStock'>, 'applied'>; rows: StockRow[] }> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'stock', findings, pace });
  const before = new Map(known.map(row => [row.part, row]));
  const rowOf = new Map<string, number>();
  const rows: StockRow[] = [];
  const counts = noCounts();
  const preview = new Preview(['part', 'name', 'unit', 'quantity', 'minimum', 'priceYuan']);
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const next = readPart(reader, station, before);
    const twin = rowOf.get(next.part);
    if (twin !== undefined) reader.bad(reader.has('part') ? 'part' : 'name', 'twice', twin);
    rowOf.set(next.part, row);
    await pace.breathe();
    if (findings.has(row)) continue;
    const old = before.get(next.part);
    const fields = ['name', 'unit', 'quantity', 'minimum', 'priceYuan'] as const;
    const isSame = old !== undefined && fields.every(field => old[field] === next[field]);
    counts[old ? (isSame ? 'same' : 'changed') : 'new']++;
    if (!isSame) rows.push(next);
    preview.row(next.part, next.name, next.unit, next.quantity, next.minimum, next.priceYuan);
  }
  const good = counts.new + counts.changed + counts.same;
  const bad = findings.listed.sort((a, b) => a.row - b.row);
  const { encoding } = table;
  return {
    report: { rows: table.rows.length, good, badRows: findings.badRows, bad, ...counts, encoding, preview: preview.result() },
    rows,
  };
}

/** A cell that is empty leaves what is known of the part. */
function readPart(reader: Reader, station: string, known: ReadonlyMap<string, StockRow>): StockRow {
  const name = reader.neededText('name');
  const part = (reader.code('part') || name).slice(0, 40);
  const old = known.get(part);
  const number = (key: 'quantity' | 'minimum') => reader.number(key, { from: 0, to: MOST }) ?? old?.[key] ?? 0;
  const priceYuan = reader.number('priceYuan', { from: 0, to: MOST }) ?? old?.priceYuan ?? null;
  const unit = reader.text('unit', 8) || old?.unit || '件';
  return {
    station,
    part,
    name,
    unit,
    quantity: number('quantity'),
    minimum: number('minimum'),
    priceYuan,
    version: (old?.version ?? 0) + 1,
  };
}
