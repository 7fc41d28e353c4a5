import { isDeepStrictEqual } from 'node:util';
import Flatbush from 'flatbush';
import type { ImportReason } from '../../../shared/imports.ts';
import type { Division, Field, FieldInput, LngLat, Polygon } from '../../../shared/registry.ts';
import { muOfM2 } from '../../../shared/units.ts';
import { type Known, shiftOf } from '../../domain/datum-shift.ts';
import { MOST_CORNERS } from '../../domain/field-limits.ts';
import { boxOf } from '../../domain/field-shape.ts';
import { overlapOf } from '../../domain/overlap.ts';
import { areaM2Of, polygonProblems } from '../../domain/polygon-check.ts';
import { boundsOf, centreOf } from '../../domain/tiles.ts';
import type { Pace } from '../pace.ts';
import type { KnownField, Registry } from '../registry.ts';
import { featuresOf } from './features.ts';
import { fieldColumns as names } from './field-columns.ts';
import { Findings } from './findings.ts';
import { type Box, type Feature, placeProblem, propertyOf, readFeature, readPolygon, unshifted } from './geometry.ts';
import { type GroundFile, groundOf } from './ground-file.ts';
import { MOST_FEATURE_BYTES } from './import-limits.ts';
import { type ItemState, type Judged, noCounts, Preview } from './judged.ts';
import { dayFrom } from './row-reader.ts';
import { UnitNames } from './unit-names.ts';

const FIELD_ID = /^[\w-]{1,40}$/;
const AREA_MU = { from: 0.05, to: 5000 };
/** Neighbours drawn by hand share a little; more is a field drawn twice. */
const MOST_OVERLAP = 0.1;
/** Around the city's own outline, degrees: fields of its towns may reach over a border drawn coarsely. */
const MARGIN = 0.2;

interface Item {
  row: number;
  field: Field;
  areaM2: number;
  state: ItemState;
}
interface FieldWorld {
  registry: Registry;
  pace: Pace;
}
interface ReadingWorld extends FieldWorld {
  /** Of fields that name none; empty: each must name its own. */
  town: string;
  workedGround: () => readonly Polygon[];
}

/** Fields of a file, each judged by itself and against its neighbours in the file and in the season. */
export async function judgeFields(file: GroundFile, { registry, pace, town, workedGround }: ReadingWorld): Promise<Judged> {
  const findings = new Findings();
  const preview = new Preview();
  const reading = new FieldReading({ registry, findings, preview, town, isShifted: file.system === 'gcj02' });
  const items: Item[] = [];
  let row = 0;
  for await (const feature of featuresOf(file.geojson, pace)) {
    const refused = file.refused.get(++row);
    if (refused) findings.add(row, { column: 'geometry', value: idIn(feature) }, refused[1], refused[2]);
    const item = refused ? null : reading.read(row, feature);
    if (item) items.push(item);
    await pace.breathe();
  }
  await checkOverlaps(items, { registry, findings, pace });
  const fields = { added: [] as Field[], replaced: [] as Field[] };
  const counts = noCounts();
  for (const { row, field, state } of items) {
    const ring = field.polygon.coordinates[0];
    if (findings.has(row)) preview.shape(field.id, 'bad', ring);
    else {
      counts[state]++;
      if (state !== 'same') preview.shape(field.id, state, ring);
      if (state === 'new') fields.added.push(field);
      if (state === 'changed') fields.replaced.push(field);
    }
  }
  const absent = [...registry.fields.keys()].filter(id => !reading.rowOf.has(id)).length;
  const ground = groundOf(file, shiftOf(sampleOf(items), knownGround(registry, workedGround())));
  return { rows: row, findings, counts, absent, encoding: file.encoding, ground, preview: preview.result(), change: { fields } };
}

class FieldReading {
  readonly rowOf = new Map<string, number>();
  private readonly units: UnitNames;
  private readonly box: Box;

  private readonly registry: Registry;
  private readonly findings: Findings;
  private readonly preview: Preview;

  /** `isShifted`: the corners are those of a Chinese map. */
  constructor(private readonly deps: { registry: Registry; findings: Findings; preview: Preview; town: string; isShifted: boolean }) {
    const { registry } = deps;
    this.registry = registry;
    this.findings = deps.findings;
    this.preview = deps.preview;
    const towns = new Map([...registry.divisions].filter(([, division]) => division.level === 'town'));
    this.units = new UnitNames(towns);
    this.box = boxOfCity(registry);
  }

  /** Null: nothing can be made of it. */
  read(row: number, bytes: Uint8Array): Item | null {
    const bad = (about: { column: string; value: unknown }, reason: ImportReason, detail = '') =>
      this.findings.add(row, about, reason, detail);
    if (bytes.length > MOST_FEATURE_BYTES) {
      bad({ column: 'geometry', value: '' }, 'tooManyCorners', String(MOST_CORNERS));
      return null;
    }
    const feature = readFeature(bytes);
    if (!feature) {
      bad({ column: '', value: Buffer.from(bytes.subarray(0, 100)).toString() }, 'notFeature');
      return null;
    }
    const id = this.idOf(row, feature);
    const town = this.townOf(row, feature);
    const ripe = propertyOf(feature, names.ripeDate);
    const ripeDate = ripe.value === '' ? null : dayFrom(ripe.value.normalize('NFKC'));
    if (ripe.value !== '' && ripeDate === null) bad(ripe, 'notDay');
    const village = propertyOf(feature, names.village);
    const crop = propertyOf(feature, names.crop);
    for (const about of [village, crop]) if (about.value.length > 60) bad(about, 'tooLong', '60');
    const polygon = this.polygonOf(row, feature, id);
    if (!polygon) return null;
    const areaM2 = areaM2Of(polygon);
    const mu = muOfM2(areaM2);
    if (mu < AREA_MU.from || mu > AREA_MU.to) bad({ column: 'geometry', value: '' }, 'areaImplausible', mu.toFixed(mu < 1 ? 3 : 1));
    const input = { id, polygon, town: town?.code ?? '', village: village.value, crop: crop.value || 'wheat', ripeDate };
    return { row, areaM2, ...this.compared(input, town, mu) };
  }

  private compared(input: FieldInput, town: Division | null, areaMu: number): Pick<Item, 'field' | 'state'> {
    const before = this.registry.fields.get(input.id);
    const county = town?.parent ?? '';
    const field: Field = { ...input, county, areaMu, version: 1, reportedHarvested: null };
    if (!before) return { field, state: 'new' };
    const isSame = isDeepStrictEqual(inputOf(input.id, before), input);
    return {
      field: { ...field, version: before.version + 1, reportedHarvested: before.reportedHarvested },
      state: isSame ? 'same' : 'changed',
    };
  }

  private idOf(row: number, feature: Feature): string {
    let about = propertyOf(feature, names.id);
    if (about.value === '' && (typeof feature.id === 'string' || typeof feature.id === 'number'))
      about = { column: 'id', value: String(feature.id) };
    const id = about.value.normalize('NFKC');
    const twin = this.rowOf.get(id);
    if (id === '') this.findings.add(row, about, 'missing');
    else if (!FIELD_ID.test(id)) this.findings.add(row, about, 'notId');
    else if (this.registry.retired.has(id)) this.findings.add(row, about, 'retired', this.registry.retired.get(id)!.into.join(' + '));
    else if (twin !== undefined) this.findings.add(row, about, 'twice', twin);
    else this.rowOf.set(id, row);
    return id;
  }

  private townOf(row: number, feature: Feature): Division | null {
    const named = propertyOf(feature, names.town);
    const about = named.value === '' ? { ...named, value: this.deps.town } : named;
    const found = this.units.find(about.value.normalize('NFKC'));
    if (about.value === '') this.findings.add(row, about, 'missing');
    else if (found === 'unknown') this.findings.add(row, about, this.registry.divisions.has(about.value) ? 'notTown' : 'unknownUnit');
    else if ('ambiguous' in found) this.findings.add(row, about, 'ambiguousUnit', found.ambiguous);
    else return found;
    return null;
  }

  private polygonOf(row: number, feature: Feature, id: string): Polygon | null {
    const about = { column: 'geometry', value: '' };
    const read = readPolygon(feature.geometry, MOST_CORNERS);
    if ('reason' in read) {
      this.findings.add(row, about, read.reason, read.detail);
      return null;
    }
    const polygon = this.deps.isShifted ? unshifted(read.value) : read.value;
    const problem = placeProblem(polygon, this.box);
    const crossing = problem ? undefined : polygonProblems(polygon)[0];
    if (problem) this.findings.add(row, { ...about, value: polygon.coordinates[0]?.[0] ?? '' }, problem.reason, problem.detail);
    if (crossing) this.findings.add(row, about, 'crossing', crossing);
    if (problem || crossing) this.preview.shape(id, 'bad', polygon.coordinates[0] ?? []);
    return problem || crossing ? null : polygon;
  }
}

function idIn(bytes: Uint8Array): string {
  const feature = readFeature(bytes);
  return feature ? propertyOf(feature, names.id).value : '';
}

/** Enough to tell whether a file is shifted, from all over it. */
const MOST_COMPARED = 400;

function sampleOf(items: readonly Item[]): Known[] {
  const step = Math.ceil(items.length / MOST_COMPARED);
  return items.filter((_, i) => i % step === 0).map(({ field, areaM2 }) => ({ id: field.id, centre: centreOf(field.polygon), areaM2 }));
}

/** Fields of the season about a place, and what machines worked where none is known. */
function knownGround(registry: Registry, worked: readonly Polygon[]): (place: LngLat) => Known[] {
  const others = worked.map((polygon): Known => ({ id: null, centre: centreOf(polygon), areaM2: areaM2Of(polygon) }));
  return ([lng, lat]) => [
    ...registry.index.touching([lng, lat, lng, lat]).map(({ id, polygon, areaM2 }) => ({ id, centre: centreOf(polygon), areaM2 })),
    ...others,
  ];
}

/** Where a field may lie: about the city as it is drawn, else the service area. */
function boxOfCity(registry: Registry): Box {
  const outline = registry.outlines.find(one => one.division === registry.root()?.code);
  if (!outline) return registry.serviceArea();
  const [west, south, east, north] = boundsOf(outline.polygon);
  return [west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN];
}

const inputOf = (id: string, { shape, town, village, crop, ripeDate }: KnownField): FieldInput => ({
  id,
  polygon: { type: 'Polygon', coordinates: shape.polygon.coordinates.map(ring => ring.map(([lng, lat]) => [lng, lat])) },
  town,
  village,
  crop,
  ripeDate,
});

/** The later of two in the file is the one that is noted. What did not change was taken as it is before. */
async function checkOverlaps(items: readonly Item[], { registry, findings, pace }: FieldWorld & { findings: Findings }): Promise<void> {
  if (items.length === 0) return;
  const inFile = new Set(items.map(item => item.field.id));
  const tree = new Flatbush(items.length);
  for (const { field } of items) {
    tree.add(...boxOf(field.polygon));
    await pace.breathe();
  }
  tree.finish();
  for (const [i, item] of items.entries()) {
    const box = boxOf(item.field.polygon);
    const shape = { polygon: item.field.polygon, areaM2: item.areaM2 };
    const inSeason = item.state === 'same' ? [] : registry.index.touching(box).filter(other => !inFile.has(other.id));
    const before = tree.search(...box).filter(j => j < i && (item.state !== 'same' || items[j].state !== 'same'));
    const others = [...before.map(j => ({ id: items[j].field.id, polygon: items[j].field.polygon, areaM2: items[j].areaM2 })), ...inSeason];
    const other = others.find(one => overlapOf(shape, one) > MOST_OVERLAP);
    if (other) findings.add(item.row, { column: 'geometry', value: item.field.id }, 'overlap', other.id);
    await pace.breathe();
  }
}
