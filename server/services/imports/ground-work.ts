import type { CoordinateSystem } from '../../../shared/imports.ts';
import { namesIn, unpacked } from './archive.ts';
import type { Refused } from './ground-features.ts';
import { BadFile } from './import-limits.ts';
import { languageOf, readPlacemarks } from './placemarks.ts';
import { readShapes } from './shape-file.ts';

export interface GroundJob {
  bytes: Uint8Array;
  wished: CoordinateSystem;
}
export interface GroundRead {
  geojson: Uint8Array;
  refused: Refused[];
  encoding: string;
  format: 'shapefile' | 'kml' | 'gpx';
  /** As it is written on the page. */
  system: string;
}

/** Makes GeoJSON of a zip or an XML file. Runs in a thread that is ended when it takes too much time or memory. */
export function readGround({ bytes, wished }: GroundJob): GroundRead {
  if (bytes[0] !== 0x50) return readXml(bytes, wished);
  const names = namesIn(bytes).filter(name => !name.startsWith('__MACOSX'));
  const ending = (end: string) => names.filter(name => name.toLowerCase().endsWith(end));
  const shapes = ending('.shp');
  if (shapes.length > 1) throw new BadFile(`the zip holds ${shapes.length} shapefiles; put one in each zip`);
  const [shape] = shapes;
  if (shape === undefined) {
    const [document] = ending('.kml');
    if (document === undefined) throw new BadFile('the zip holds no .shp and no .kml');
    return readXml(unpacked(bytes, document), wished);
  }
  const stem = shape.slice(0, -3).toLowerCase();
  const part = (end: string) => {
    const name = names.find(one => one.toLowerCase() === stem + end);
    return name === undefined ? null : unpacked(bytes, name);
  };
  const parts = { shp: unpacked(bytes, shape), dbf: part('dbf'), prj: part('prj'), cpg: part('cpg') };
  const { writer, encoding, system } = readShapes(parts, wished);
  return { geojson: writer.bytes(), refused: writer.refused, encoding, format: 'shapefile', system };
}

/** KML and GPX are WGS-84 by their own rules, but for those drawn on a shifted map. */
function readXml(bytes: Uint8Array, wished: CoordinateSystem): GroundRead {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const encoding = /encoding\s*=\s*["']gb/i.test(head) ? 'gb18030' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  const format = languageOf(text);
  if (!format) throw new BadFile('it is neither KML nor GPX');
  const writer = readPlacemarks(text, format);
  return { geojson: writer.bytes(), refused: writer.refused, encoding, format, system: wished === 'gcj02' ? 'gcj02' : 'wgs84' };
}
