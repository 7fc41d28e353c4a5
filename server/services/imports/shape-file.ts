import { isUtf8 } from 'node:buffer';
import { parseDbf, parseShp } from 'shpjs';
import type { CoordinateSystem, ImportReason } from '../../../shared/imports.ts';
import { MOST_CORNERS } from '../../domain/field-limits.ts';
import { columnNamed } from './field-columns.ts';
import { FeatureWriter } from './ground-features.ts';
import { BadFile, MOST_ROWS } from './import-limits.ts';
import { systemOf } from './shape-system.ts';

/** The members of a shapefile that count; text as bytes. */
export interface ShapeParts {
  shp: Uint8Array;
  dbf: Uint8Array | null;
  prj: Uint8Array | null;
  cpg: Uint8Array | null;
}

const HEADER = 100;
const FILE_CODE = 9994;
const polygonTypes = [5, 15, 25];
/** Together with all that is made of them some 300 MB. */
const MOST_POINTS = 3_000_000;
const DBF_HEADER = 32;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @throws BadFile when a length or count in it is not true */
export function readShapes(parts: ShapeParts, wished: CoordinateSystem): { writer: FeatureWriter; encoding: string; system: string } {
  const { shp, refused } = checkedShapes(parts.shp);
  const { system, prj } = systemOf(parts, wished);
  const geometries = parseShp(viewOf(shp), prj);
  const { rows, encoding } = rowsOf(parts);
  if (rows && rows.length !== geometries.length)
    throw new BadFile(`the .dbf has ${rows.length} rows for ${geometries.length} shapes; export the shapefile anew`);
  const writer = new FeatureWriter();
  for (const [i, geometry] of geometries.entries()) {
    const properties = rows ? named(rows[i]) : {};
    const wrong = refused.get(i);
    if (wrong) writer.refuse(properties, ...wrong);
    else writer.add(properties, geometry);
  }
  return { writer, encoding, system };
}

/** A copy in which shapes that cannot be fields are empty, so that nobody makes objects of a million corners. */
function checkedShapes(bytes: Uint8Array): { shp: Uint8Array; refused: Map<number, [ImportReason, string]> } {
  if (bytes.length < HEADER || viewOf(bytes).getInt32(0) !== FILE_CODE) throw new BadFile('the .shp is no shapefile; export it anew');
  const shp = Uint8Array.from(bytes);
  const view = viewOf(shp);
  const type = view.getInt32(32, true);
  if (view.getInt32(24) * 2 !== shp.length)
    throw new BadFile('the .shp is not as long as it says: it is cut off or made up; export it anew');
  if (!polygonTypes.includes(type)) throw new BadFile('the shapefile holds no polygons; export the layer of the fields');
  const refused = new Map<number, [ImportReason, string]>();
  let points = 0;
  let row = 0;
  let at = HEADER;
  for (; at + 12 <= shp.length; row++) {
    const length = view.getInt32(at + 4) * 2;
    if (length < 4 || at + 8 + length > shp.length)
      throw new BadFile(`shape ${row + 1} of the .shp is not as long as it says; export it anew`);
    if (row === MOST_ROWS) throw new BadFile(`more than ${MOST_ROWS} features; cut it into several files`);
    const wrong = shapeProblem(view, { at: at + 8, length, type });
    if (wrong) {
      refused.set(row, wrong);
      view.setInt32(at + 8, 0, true);
    } else points += view.getInt32(at + 48, true);
    if (points > MOST_POINTS) throw new BadFile(`more than ${MOST_POINTS} corners; cut it into several files`);
    at += 8 + length;
  }
  if (at !== shp.length) throw new BadFile('the .shp ends in the middle of a shape; export it anew');
  return { shp, refused };
}

/** Of one record, whose content begins at `at`: type, box, number of rings, number of points, first point of each ring, points. */
function shapeProblem(
  view: DataView,
  { at, length, type }: { at: number; length: number; type: number },
): [ImportReason, string] | undefined {
  const own = view.getInt32(at, true);
  if (own === 0) return ['notPolygon', 'null'];
  if (own !== type || length < 44) return ['notPolygon', `shape ${own}`];
  const [rings, points] = [view.getInt32(at + 36, true), view.getInt32(at + 40, true)];
  if (rings < 1 || points < 4) return ['notPolygon', 'null'];
  if (points > MOST_CORNERS) return ['tooManyCorners', String(MOST_CORNERS)];
  if (rings > points || 44 + 4 * rings + 16 * points > length) return ['lyingLength', ''];
  let before = -1;
  for (let ring = 0; ring < rings; ring++) {
    const first = view.getInt32(at + 44 + 4 * ring, true);
    if (first <= before || first >= points || (ring === 0 && first !== 0)) return ['lyingLength', ''];
    before = first;
  }
}

function rowsOf({ dbf, cpg }: ShapeParts): { rows: Record<string, unknown>[] | null; encoding: string } {
  if (!dbf) return { rows: null, encoding: 'utf-8' };
  const view = viewOf(dbf);
  if (dbf.length < DBF_HEADER + 1) throw new BadFile('the .dbf is cut off; export the shapefile anew');
  const [records, headerLength, recordLength] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  let columns = 0;
  let width = 1;
  while (DBF_HEADER * (columns + 1) < headerLength - 1 && dbf[DBF_HEADER * (columns + 1)] !== 13) {
    columns++;
    width += dbf[DBF_HEADER * columns + 16];
    if (DBF_HEADER * (columns + 1) >= dbf.length) throw new BadFile('the .dbf is cut off; export the shapefile anew');
  }
  const isTrue = columns > 0 && width <= recordLength && headerLength + records * recordLength <= dbf.length && records <= MOST_ROWS;
  if (!isTrue) throw new BadFile('the .dbf does not hold as many rows as it says; export the shapefile anew');
  const table = dbf.subarray(headerLength, headerLength + records * recordLength);
  const encoding = encodingOf({ cpg, table, names: dbf.subarray(DBF_HEADER, headerLength) });
  // Some programs leave room after the columns; the reader takes the rows to come at once.
  const plain = Buffer.concat([dbf.subarray(0, DBF_HEADER * (columns + 1)), Uint8Array.of(13), table]);
  return { rows: parseDbf(viewOf(plain), encoding), encoding };
}

/** The .cpg is often missing or wrong in Chinese files: what is no UTF-8 is GB18030, of which GBK and GB2312 are parts. */
function encodingOf({ cpg, table, names }: { cpg: Uint8Array | null; table: Uint8Array; names: Uint8Array }): string {
  const said = cpg ? Buffer.from(cpg.subarray(0, 40)).toString('latin1') : '';
  if (/936|gb|cp54936/i.test(said)) return 'gb18030';
  if (!isUtf8(table)) return 'gb18030';
  const hasChinese = table.some(byte => byte > 127);
  if (hasChinese || /utf/i.test(said)) return 'utf-8';
  return namesAreUtf8(names) ? 'utf-8' : 'gb18030';
}

/** A name that was cut after ten bytes may end within a character. */
function namesAreUtf8(columns: Uint8Array): boolean {
  for (let at = 0; at + 11 <= columns.length; at += DBF_HEADER) {
    const name = columns.subarray(at, at + 10);
    if (![0, 1, 2].some(cut => isUtf8(name.subarray(0, name.length - cut)))) return false;
  }
  return true;
}

const named = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [columnNamed(name.replace(/�/g, '')), plain(value)]));

/** Days come as midnight here. */
function plain(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  if (Number.isNaN(value.getTime())) return '';
  const two = (number: number) => String(number).padStart(2, '0');
  return `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
}
