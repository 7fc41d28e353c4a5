import { isDeepStrictEqual } from 'node:util';
import type { Station } from '../../../shared/registry.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { unitOf } from './machines.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';
import { UnitNames } from './unit-names.ts';

interface StationWorld {
  registry: Registry;
  pace: Pace;
  /** Whether whoever brings it may write of this unit; missing: of every one. */
  reaches?: ((division: string) => boolean) | undefined;
}

const ID = /^[\w-]{1,40}$/;
type Reader = RowReader<KeyOf<'stations'>>;

export async function judgeStations(bytes: Uint8Array, { registry, pace, reaches }: StationWorld): Promise<Judged> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'stations', findings, pace });
  const units = new UnitNames(registry.divisions);
  const known = new Map(registry.stations.map(station => [station.id, station]));
  const rowOf = new Map<string, number>();
  const stations = { added: [] as Station[], replaced: [] as Station[] };
  const counts = noCounts();
  const preview = new Preview(['id', 'name', 'division', 'lng', 'lat']);
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const station = readStation(reader, units, registry);
    const twin = rowOf.get(station.id);
    if (twin !== undefined) reader.bad('id', 'twice', twin);
    rowOf.set(station.id, row);
    await pace.breathe();
    const before = known.get(station.id);
    if (reaches && !(reaches(station.division) && (!before || reaches(before.division)))) reader.bad('division', 'notReached');
    if (findings.has(row)) continue;
    const isSame = before !== undefined && isDeepStrictEqual({ ...before, location: [...before.location] }, station);
    counts[before ? (isSame ? 'same' : 'changed') : 'new']++;
    if (!before) stations.added.push(station);
    else if (!isSame) stations.replaced.push(station);
    preview.row(station.id, station.name, registry.divisions.get(station.division)?.name ?? '', ...station.location);
  }
  const absent = registry.stations.filter(station => !rowOf.has(station.id)).length;
  const change = { stations };
  return { rows: table.rows.length, findings, counts, absent, encoding: table.encoding, preview: preview.result(), change };
}

function readStation(reader: Reader, units: UnitNames, registry: Registry): Station {
  const id = reader.code('id');
  if (id === '') reader.bad('id', 'missing');
  else if (!ID.test(id)) reader.bad('id', 'notId');
  const name = reader.neededText('name');
  const division = unitOf(reader, units);
  const [lng, lat] = [reader.number('lng', { from: -180, to: 180 }), reader.number('lat', { from: -180, to: 180 })];
  if (lng === null && reader.raw('lng') === '') reader.bad('lng', 'missing');
  if (lat === null && reader.raw('lat') === '') reader.bad('lat', 'missing');
  if (lng !== null && lat !== null) checkPlace(reader, [lng, lat], registry);
  return { id, name, division, location: [lng ?? 0, lat ?? 0] };
}

function checkPlace(reader: Reader, [lng, lat]: [number, number], registry: Registry): void {
  const [west, south, east, north] = registry.serviceArea();
  const isIn = (x: number, y: number) => x >= west && x <= east && y >= south && y <= north;
  if (isIn(lng, lat)) return;
  if (isIn(lat, lng)) reader.bad('lng', 'swapped');
  else reader.bad('lng', 'outside', `${west}–${east} E, ${south}–${north} N`);
}
