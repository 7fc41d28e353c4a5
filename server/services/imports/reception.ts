import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ReceptionList } from '../../../shared/imports.ts';
import { plainPlate } from '../../../shared/plate.ts';
import type { Expected } from '../../../shared/reception.ts';
import type { Station } from '../../../shared/registry.ts';
import type { Overhauled, Trained } from '../../../shared/safety.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { KeyOf, TableKind } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { machineKindNames, unitOf } from './machines.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';
import { UnitNames } from './unit-names.ts';

interface World {
  registry: Registry;
  pace: Pace;
  year: number;
  /** Whether whoever imports may write in this unit. */
  reaches: (division: string) => boolean;
}
type Row = Expected | Trained | Overhauled;
type JudgedRows<T> = Pick<Judged, 'rows' | 'findings' | 'counts' | 'absent' | 'encoding' | 'preview'> & { put: T[] };
interface Reading<T, Key extends string> {
  kind: TableKind & ReceptionList;
  columns: string[];
  known: ReadonlyMap<string, T>;
  read: (reader: RowReader<Key>) => { row: T; shown: (string | number)[] };
}

/** What identifies a row makes its id: the same file again changes nothing. */
export function rowId(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function judge<T extends Row, Key extends string>(
  bytes: Uint8Array,
  pace: Pace,
  { kind, columns, known, read }: Reading<T, Key>,
): Promise<JudgedRows<T>> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind, findings, pace });
  const rowOf = new Map<string, number>();
  const counts = noCounts();
  const preview = new Preview(columns);
  const put: T[] = [];
  for (const { row: number, cells } of table.rows) {
    const reader = new RowReader<Key>(table, findings, number, cells);
    const { row, shown } = read(reader);
    const twin = rowOf.get(row.id);
    if (twin !== undefined) reader.bad(columns[0] as Key, 'twice', twin);
    rowOf.set(row.id, number);
    await pace.breathe();
    if (findings.has(number)) continue;
    const before = known.get(row.id);
    const isSame = before !== undefined && isDeepStrictEqual(before, row);
    counts[before ? (isSame ? 'same' : 'changed') : 'new']++;
    if (!isSame) put.push(row);
    preview.row(...shown);
  }
  const absent = [...known.keys()].filter(id => !rowOf.has(id)).length;
  return { rows: table.rows.length, findings, counts, absent, encoding: table.encoding, preview: preview.result(), put };
}

export function judgeExpected(bytes: Uint8Array, { registry, pace, year, reaches }: World, known: ReadonlyMap<string, Expected>) {
  const stations = new Map(registry.stations.flatMap(one => [[one.id, one] as const, [one.name, one] as const]));
  return judge<Expected, KeyOf<'expected'>>(bytes, pace, {
    ...{ kind: 'expected', columns: ['plate', 'day', 'station', 'kind', 'holder', 'origin', 'crew'], known },
    read(reader) {
      const station = stationOf(reader, stations, reaches);
      const plate = reader.neededText('plate');
      if ([...plate].length > 20) reader.bad('plate', 'tooLong', 20);
      const day = dayOf(reader, year);
      const kind = reader.choice('kind', machineKindNames, 'combine') ?? 'combine';
      const crew = Math.round(reader.number('crew', { from: 0, to: 50 }) ?? 0);
      const who = { holder: reader.text('holder', 40), phone: reader.text('phone', 30), origin: reader.text('origin', 60) };
      const row = { id: rowId('expected', year, plainPlate(plate), day), year, day, station: station?.id ?? '', plate, kind, ...who, crew };
      return { row, shown: [plate, day, station?.name ?? '', kind, who.holder, who.origin, crew] };
    },
  });
}

export function judgeTrained(bytes: Uint8Array, { registry, pace, year, reaches }: World, known: ReadonlyMap<string, Trained>) {
  const units = new UnitNames(registry.divisions);
  return judge<Trained, KeyOf<'trained'>>(bytes, pace, {
    ...{ kind: 'trained', columns: ['name', 'division', 'subject', 'day'], known },
    read(reader) {
      const division = reachedUnit(reader, units, reaches);
      const [name, subject] = [reader.neededText('name'), reader.neededText('subject')];
      const [day, phone] = [dayOf(reader, year), reader.text('phone', 30)];
      const row = { id: rowId('trained', year, division, name, phone, subject, day), year, division, name, phone, subject, day };
      return { row, shown: [name, registry.divisions.get(division)?.name ?? '', subject, day] };
    },
  });
}

export function judgeOverhauled(bytes: Uint8Array, { registry, pace, year, reaches }: World, known: ReadonlyMap<string, Overhauled>) {
  const units = new UnitNames(registry.divisions);
  return judge<Overhauled, KeyOf<'overhauled'>>(bytes, pace, {
    ...{ kind: 'overhauled', columns: ['plate', 'division', 'day', 'kind', 'owner', 'workshop'], known },
    read(reader) {
      const division = reachedUnit(reader, units, reaches);
      const [plate, day] = [reader.neededText('plate'), dayOf(reader, year)];
      const kind = reader.choice('kind', machineKindNames, 'combine') ?? 'combine';
      const who = { owner: reader.text('owner', 40), workshop: reader.text('workshop', 60) };
      const row = { id: rowId('overhauled', year, plainPlate(plate), day), year, division, plate, kind, ...who, day };
      return { row, shown: [plate, registry.divisions.get(division)?.name ?? '', day, kind, who.owner, who.workshop] };
    },
  });
}

function stationOf(
  reader: RowReader<'station'>,
  stations: ReadonlyMap<string, Station>,
  reaches: (division: string) => boolean,
): Station | undefined {
  const text = reader.raw('station');
  const station = stations.get(text);
  if (text === '') reader.bad('station', 'missing');
  else if (!station) reader.bad('station', 'unknownStation');
  else if (!reaches(station.division)) reader.bad('station', 'notReached');
  return station;
}

function reachedUnit<Key extends string>(
  reader: RowReader<Key | 'division'>,
  units: UnitNames,
  reaches: (division: string) => boolean,
): string {
  const division = unitOf(reader, units);
  if (division !== '' && !reaches(division)) reader.bad('division', 'notReached');
  return division;
}

/** Of the season's year: another is a slip of the finger. */
function dayOf<Key extends string>(reader: RowReader<Key | 'day'>, year: number): string {
  const day = reader.day('day');
  if (day === null && reader.raw('day') === '') reader.bad('day', 'missing');
  if (day !== null && !day.startsWith(`${year}-`)) reader.bad('day', 'outOfRange', String(year));
  return day ?? '';
}
