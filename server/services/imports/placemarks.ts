import { createHash } from 'node:crypto';
import { gpx, kml } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import { MOST_CORNERS } from '../../domain/field-limits.ts';
import { fieldColumns } from './field-columns.ts';
import { FeatureWriter } from './ground-features.ts';
import { BadFile, MOST_FEATURE_BYTES, MOST_ROWS } from './import-limits.ts';

const MOST_DEPTH = 40;
const FIELD_ID = /^[\w-]{1,40}$/;

/** Which elements are features, and how a document of one of them is opened. */
const languages = {
  kml: { elements: ['Placemark'], root: 'kml', read: kml },
  gpx: { elements: ['trk', 'rte', 'wpt'], root: 'gpx', read: gpx },
} as const;
export type XmlLanguage = keyof typeof languages;

export function languageOf(text: string): XmlLanguage | null {
  const name = /<\s*(?:\w+:)?(kml|gpx)[\s>]/i.exec(text.slice(0, 4096))?.[1];
  return name ? (name.toLowerCase() as XmlLanguage) : null;
}

/**
 * Placemarks of a KML, tracks and routes of a GPX. Each is read as a document of its own: a large file is never one tree in memory, and one
 * that is broken is one that is bad.
 */
export function readPlacemarks(text: string, language: XmlLanguage): FeatureWriter {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new BadFile('it declares entities of its own (<!DOCTYPE>); export it anew without them');
  const writer = new FeatureWriter();
  const spaces = namespacesOf(text);
  let count = 0;
  for (const element of elementsOf(text, languages[language].elements)) {
    if (++count > MOST_ROWS) throw new BadFile(`more than ${MOST_ROWS} features; cut it into several files`);
    addFeature(writer, { element, language, spaces });
  }
  if (count === 0)
    throw new BadFile(`it is a ${language.toUpperCase()} without ${languages[language].elements[0]}; export the fields as polygons`);
  return writer;
}

/** From each opening tag to the closing one that follows. */
function* elementsOf(text: string, names: readonly string[]): Generator<string> {
  const opening = new RegExp(`<(${names.join('|')})[\\s>]`, 'g');
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const close = `</${found[1]}>`;
    const end = text.indexOf(close, found.index);
    if (end < 0) throw new BadFile('it is cut off; write it again');
    yield text.slice(found.index, end + close.length);
    opening.lastIndex = end + close.length;
  }
}

/** Prefixes that the root declares are declared for each of its parts. */
function namespacesOf(text: string): string {
  const prefixes = new Set([...text.slice(0, 8192).matchAll(/xmlns:([\w-]{1,30})\s*=/g)].map(([, prefix]) => prefix));
  return [...prefixes]
    .slice(0, 30)
    .map(prefix => ` xmlns:${prefix}="urn:${prefix}"`)
    .join('');
}

function addFeature(
  writer: FeatureWriter,
  { element, language, spaces }: { element: string; language: XmlLanguage; spaces: string },
): void {
  if (element.length > MOST_FEATURE_BYTES) {
    writer.refuse({}, 'tooManyCorners', String(MOST_CORNERS));
    return;
  }
  const { root, read } = languages[language];
  try {
    if (depthOf(element) > MOST_DEPTH) throw new SyntaxError('nested too deep');
    const document = new DOMParser({ onError: fail }).parseFromString(`<${root}${spaces}>${element}</${root}>`, 'text/xml');
    const [feature] = read(document).features;
    if (!feature) writer.refuse({}, 'notPolygon', 'null');
    else writer.add(propertiesOf(feature.properties ?? {}), single(feature.geometry));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    writer.refuse({}, 'notFeature');
  }
}

function fail(_level: string, message: string): void {
  throw new SyntaxError(message);
}

function depthOf(element: string): number {
  let [depth, deepest] = [0, 0];
  for (const [tag] of element.matchAll(/<\/?[a-z][^<>]*>/gi)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}

/** What has a name and no id is known by its name. */
function propertiesOf(properties: Record<string, unknown>): Record<string, unknown> {
  const { name } = properties;
  if (fieldColumns.id.some(column => Object.hasOwn(properties, column)) || typeof name !== 'string' || name.trim() === '')
    return properties;
  const plain = name.trim();
  const id = FIELD_ID.test(plain) ? plain : `K${createHash('sha256').update(plain).digest('hex').slice(0, 10)}`;
  return { ...properties, fieldId: id };
}

interface Geometry {
  type: string;
  geometries?: Geometry[];
}

/** A collection of one is that one; of several polygons it has several parts. */
function single(geometry: Geometry | null): unknown {
  if (geometry?.type !== 'GeometryCollection' || !geometry.geometries) return geometry;
  const polygons = geometry.geometries.filter(one => one.type === 'Polygon') as (Geometry & { coordinates: unknown })[];
  const [only] = polygons;
  return polygons.length === 1 ? only : { type: 'MultiPolygon', coordinates: polygons.map(({ coordinates }) => coordinates) };
}
