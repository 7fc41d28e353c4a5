import { zipSync } from 'fflate';
import type { LngLat } from '../../../shared/registry.ts';

const int = (value: number, little: boolean) => {
  const bytes = Buffer.alloc(4);
  little ? bytes.writeInt32LE(value) : bytes.writeInt32BE(value);
  return bytes;
};
const doubles = (values: readonly number[]) => Buffer.from(Float64Array.from(values).buffer);

/** One record's content: a polygon of these rings, the outer one clockwise as shapefiles have it. */
export function polygonRecord(rings: readonly (readonly LngLat[])[]): Buffer {
  const points = rings.flat();
  let first = 0;
  const starts = rings.map(ring => {
    first += ring.length;
    return int(first - ring.length, true);
  });
  const head = [int(5, true), doubles([0, 0, 0, 0]), int(rings.length, true), int(points.length, true)];
  return Buffer.concat([...head, ...starts, doubles(points.flat())]);
}

export function shp(records: readonly Buffer[], west = 0): Buffer {
  const body = Buffer.concat(records.flatMap((record, i) => [int(i + 1, false), int(record.length / 2, false), record]));
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + body.length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  head.writeDoubleLE(west, 36);
  return Buffer.concat([head, body]);
}

/** Each cell as bytes, so that any encoding can be written. */
export function dbf(columns: readonly Buffer[], rows: readonly (readonly Buffer[])[], width = 30): Buffer {
  const head = Buffer.alloc(32);
  head[0] = 3;
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(33 + 32 * columns.length, 8);
  head.writeUInt16LE(1 + width * columns.length, 10);
  const names = columns.map(name => {
    const column = Buffer.alloc(32);
    name.copy(column);
    column.write('C', 11);
    column[16] = width;
    return column;
  });
  const cells = rows.map(row =>
    Buffer.concat([Buffer.from(' '), ...row.map(cell => Buffer.concat([cell, Buffer.alloc(width, 32)], width))]),
  );
  return Buffer.concat([head, ...names, Buffer.from([13]), ...cells]);
}

export const zip = (parts: Record<string, Uint8Array>): Uint8Array => zipSync(parts, { level: 1 });
