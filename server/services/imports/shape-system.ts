import type { CoordinateSystem } from '../../../shared/imports.ts';
import { BadFile } from './import-limits.ts';
import type { ShapeParts } from './shape-file.ts';

/** A plane of three degrees about a meridian, 500 km added to the east. CGCS2000 and WGS-84 are one to some centimetres. */
const plane = (meridian: number, falseEast = 500_000): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEast} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
const LARGEST_DEGREES = 400;
const MOST_PRJ_BYTES = 8192;

/** How the shapes come to degrees: by the choice on the page, by the .prj, or by their own size; `prj` undefined: they are degrees. */
export function systemOf(
  { shp, prj }: Pick<ShapeParts, 'shp' | 'prj'>,
  wished: CoordinateSystem,
): { system: string; prj: string | undefined } {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength);
  const west = view.getFloat64(36, true);
  // Eight digits: the first two are the number of the zone, 25 to 45 in China.
  const zone = Math.floor(west / 1_000_000);
  const zoned = zone >= 25 && zone <= 45 ? { system: `CGCS2000 3° ${zone} (${3 * zone}°E)`, prj: plane(3 * zone, zone * 1e6 + 5e5) } : null;
  if (wished === 'wgs84' || wished === 'gcj02') return { system: wished, prj: undefined };
  if (wished === 'gk111' || wished === 'gk114') {
    const meridian = wished === 'gk111' ? 111 : 114;
    return zoned ?? { system: `CGCS2000 3° (${meridian}°E)`, prj: plane(meridian) };
  }
  const text = prj && prj.length <= MOST_PRJ_BYTES ? Buffer.from(prj).toString('latin1') : '';
  if (/beijing|krasov|xian|1954|1980/i.test(text))
    throw new BadFile(
      'its .prj names Beijing 54 or Xian 80, which nobody can turn into WGS-84 without local parameters; export it as CGCS2000',
    );
  if (/^\s*(PROJCS|PROJCRS|GEOGCS|GEOGCRS)/i.test(text) && /wgs|cgcs|china/i.test(text))
    return /^\s*GEOG/i.test(text) ? { system: nameIn(text), prj: undefined } : { system: nameIn(text), prj: text };
  if (text !== '') throw new BadFile('its .prj names a coordinate system that is not known here; export it as WGS-84 or CGCS2000');
  if (Math.abs(west) <= LARGEST_DEGREES) return { system: 'wgs84', prj: undefined };
  if (zoned) return zoned;
  throw new BadFile('it has no .prj and its corners are metres: choose the coordinate system');
}

const nameIn = (text: string): string => /"([^"]{1,60})"/.exec(text)?.[1] ?? 'prj';
