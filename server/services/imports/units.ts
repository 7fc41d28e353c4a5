import { isDeepStrictEqual } from 'node:util';
import { type Division, divisionCodeSchema, type PlannedArea } from '../../../shared/registry.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';

const levels = [
  ['市', 'city'],
  ['地级市', 'city'],
  ['city', 'city'],
  ['县', 'county'],
  ['区', 'county'],
  ['县区', 'county'],
  ['区县', 'county'],
  ['县级市', 'county'],
  ['county', 'county'],
  ['乡', 'town'],
  ['镇', 'town'],
  ['乡镇', 'town'],
  ['街道', 'town'],
  ['town', 'town'],
] as const;
const kinds = [
  ['行政区', 'statutory'],
  ['statutory', 'statutory'],
  ['功能区', 'zone'],
  ['zone', 'zone'],
] as const;
const ABOVE = { city: null, county: 'city', town: 'county' } as const;
const MOST_MU = 100_000_000;

type Reader = RowReader<KeyOf<'units'>>;
interface Read {
  reader: Reader;
  division: Division;
  area: { plantedMu: number; plannedMu: number } | null;
}

/** Units with their areas; an area that differs is a new version. */
export async function judgeUnits(bytes: Uint8Array, world: UnitWorld): Promise<Judged> {
  const { registry, pace } = world;
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'units', findings, pace });
  const read = new Map<string, Read>();
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const unit = readUnit(reader, registry);
    const twin = read.get(unit.division.code);
    if (twin) reader.bad('code', 'twice', twin.reader.row);
    else if (unit.division.code !== '') read.set(unit.division.code, unit);
    await pace.breathe();
  }
  const fixed = unitsInUse(registry);
  for (const unit of read.values()) checkPlace(unit, read, world.registry, fixed);
  checkCity(read, registry, findings);
  return collected({ table, findings, read }, world);
}

interface UnitWorld {
  registry: Registry;
  pace: Pace;
  author: string;
  now: number;
}

function readUnit(reader: Reader, registry: Registry): Read {
  const code = reader.code('code');
  if (code === '') reader.bad('code', 'missing');
  else if (!divisionCodeSchema.safeParse(code).success) reader.bad('code', 'notCode');
  const before = registry.divisions.get(code);
  const nameEn = reader.text('nameEn') || before?.nameEn;
  const firstDay = ownDays(reader, before?.firstDay, 'harvestFirst', 'sowFirst');
  const deadline = ownDays(reader, before?.deadline, 'harvestDeadline', 'sowDeadline');
  const division: Division = {
    code,
    name: reader.neededText('name'),
    ...(nameEn && { nameEn }),
    level: reader.choice('level', levels, null) ?? 'town',
    parent: reader.code('parent') || null,
    kind: reader.choice('kind', kinds, before?.kind ?? 'statutory') ?? 'statutory',
    ...(firstDay && { firstDay }),
    ...(deadline && { deadline }),
  };
  const [planted, planned] = (['plantedMu', 'plannedMu'] as const).map(key => reader.number(key, { from: 0, to: MOST_MU }));
  const own = registry.ownArea(code);
  const area = { plantedMu: planted ?? own?.plantedMu ?? 0, plannedMu: planned ?? own?.plannedMu ?? 0 };
  return { reader, division, area: planted === null && planned === null ? null : area };
}

/** A column that is not there leaves what is known. */
function ownDays(reader: Reader, before: Division['firstDay'], harvestKey: KeyOf<'units'>, sowKey: KeyOf<'units'>): Division['firstDay'] {
  const harvest = reader.has(harvestKey) ? (reader.day(harvestKey) ?? undefined) : before?.harvest;
  const sow = reader.has(sowKey) ? (reader.day(sowKey) ?? undefined) : before?.sow;
  return harvest || sow ? { ...(harvest && { harvest }), ...(sow && { sow }) } : undefined;
}

/** Units that fields or other units hang on: sums go up from them, so they stay where they are. */
function unitsInUse(registry: Registry): Set<string> {
  const used = new Set<string>();
  for (const division of registry.divisions.values()) if (division.parent) used.add(division.parent);
  for (const field of registry.fields.values()) used.add(field.town);
  return used;
}

function checkPlace({ reader, division }: Read, read: ReadonlyMap<string, Read>, registry: Registry, fixed: ReadonlySet<string>): void {
  const { code, level, parent } = division;
  const before = registry.divisions.get(code);
  if (before && fixed.has(code) && (before.level !== level || before.parent !== parent)) reader.bad('parent', 'fixedPlace');
  const need = ABOVE[level];
  if (need === null) {
    if (parent !== null) reader.bad('parent', 'wrongParent', 'empty');
    return;
  }
  if (parent === null) return void reader.bad('parent', 'missing');
  const above = read.get(parent)?.division ?? registry.divisions.get(parent);
  if (!above) reader.bad('parent', 'unknownUnit');
  else if (above.level !== need) reader.bad('parent', 'wrongParent', need);
}

function checkCity(read: ReadonlyMap<string, Read>, registry: Registry, findings: Findings): void {
  const cities = [...read.values()].filter(({ division }) => division.level === 'city');
  const root = registry.root()?.code ?? cities[0]?.division.code;
  for (const { division, reader } of cities) if (division.code !== root) reader.bad('level', 'secondCity', root);
  if (root === undefined && read.size > 0) findings.add(1, { column: '', value: '' }, 'noCity');
}

function collected(
  { table, findings, read }: { table: { rows: unknown[]; encoding: string }; findings: Findings; read: Map<string, Read> },
  { registry, author, now }: UnitWorld,
): Judged {
  const counts = noCounts();
  const preview = new Preview(['code', 'name', 'level', 'parent', 'plantedMu', 'plannedMu']);
  const divisions = { added: [] as Division[], replaced: [] as Division[] };
  const planned: PlannedArea[] = [];
  for (const { reader, division, area } of read.values()) {
    if (findings.has(reader.row)) continue;
    const before = registry.divisions.get(division.code);
    const own = registry.ownArea(division.code);
    const hasNewArea = area !== null && (own?.plantedMu !== area.plantedMu || own.plannedMu !== area.plannedMu);
    if (hasNewArea)
      planned.push({ division: division.code, year: registry.season!.year, version: (own?.version ?? 0) + 1, ...area, at: now, author });
    const isOther = !before || !isDeepStrictEqual(plainDivision(before), plainDivision(division));
    if (isOther) (before ? divisions.replaced : divisions.added).push(division);
    counts[before ? (isOther || hasNewArea ? 'changed' : 'same') : 'new']++;
    preview.row(division.code, division.name, division.level, division.parent, area?.plantedMu ?? null, area?.plannedMu ?? null);
  }
  const absent = [...registry.divisions.keys()].filter(code => !read.has(code)).length;
  const change = { divisions, planned: { added: planned, replaced: [] } };
  return { rows: table.rows.length, findings, counts, absent, encoding: table.encoding, preview: preview.result(), change };
}

/** The database gives members that are not set as null. */
const plainDivision = (division: Division): object => Object.fromEntries(Object.entries(division).filter(([, value]) => value != null));
