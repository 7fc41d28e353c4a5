import { createHash } from 'node:crypto';
import { dayStart, type Operation, type Season } from '../../../shared/season.ts';
import type { WorkRequestInput } from '../../../shared/work-order.ts';
import type { StoredRequest } from '../../stores/requests.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { unitOf } from './machines.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';
import { UnitNames } from './unit-names.ts';

type Reader = RowReader<KeyOf<'contracts'>>;

const operations = [
  ['麦收', 'harvest'],
  ['收获', 'harvest'],
  ['收割', 'harvest'],
  ['harvest', 'harvest'],
  ['夏播', 'sow'],
  ['播种', 'sow'],
  ['sow', 'sow'],
] as const;
const yesNo = [
  ['是', true],
  ['yes', true],
  ['1', true],
  ['否', false],
  ['no', false],
  ['0', false],
] as const;
const HOUR_MS = 3_600_000;

interface World {
  registry: Registry;
  requests: Requests;
  pace: Pace;
  author: string;
}

/** Contracts signed before the season, each a request by its number: the same file again changes nothing. */
export async function judgeContracts(bytes: Uint8Array, { registry, requests, pace, author }: World): Promise<Judged> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'contracts', findings, pace });
  const units = new UnitNames(registry.divisions);
  const season = registry.season!;
  const rowOf = new Map<string, number>();
  const changed = { added: [] as StoredRequest[], replaced: [] as StoredRequest[] };
  const counts = noCounts();
  const preview = new Preview(['contract', 'division', 'village', 'areaMu', 'from', 'to']);
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const input = readContract(reader, { units, registry, season });
    const twin = rowOf.get(input.id);
    if (twin !== undefined) reader.bad('contract', 'twice', twin);
    rowOf.set(input.id, row);
    await pace.breathe();
    if (findings.has(row)) continue;
    const judged = requests.judged(input, author);
    if ('refused' in judged) {
      reader.bad('contract', 'inWork', judged.refused);
      continue;
    }
    counts[judged.state]++;
    if (judged.state === 'new') changed.added.push(judged.request);
    if (judged.state === 'changed') changed.replaced.push(judged.request);
    const name = registry.divisions.get(input.division)?.name ?? '';
    preview.row(input.contract, name, input.village, judged.request.areaMu, reader.raw('from'), reader.raw('to'));
  }
  const absent = requests.contracts().filter(({ id }) => !rowOf.has(id)).length;
  return {
    ...{ rows: table.rows.length, findings, counts, absent, encoding: table.encoding, preview: preview.result() },
    ...{ change: {}, requests: changed },
  };
}

function readContract(
  reader: Reader,
  { units, registry, season }: { units: UnitNames; registry: Registry; season: Season },
): WorkRequestInput {
  const contract = reader.neededText('contract');
  if ([...contract].length > 40) reader.bad('contract', 'tooLong', 40);
  const division = unitOf(reader, units);
  const operation = reader.choice('operation', operations, 'harvest') ?? 'harvest';
  const fields = fieldsOf(reader, registry, division);
  const areaMu = reader.number('areaMu', { from: 0.1, to: 100_000 });
  if (areaMu === null && reader.raw('areaMu') === '' && fields.length === 0) reader.bad('areaMu', 'missing');
  return {
    ...{ id: contractId(season.year, contract), source: 'contract', contract, division, operation, fields },
    areaMu: fields.length > 0 ? null : areaMu,
    village: reader.text('village', 40),
    contactName: reader.text('contactName', 40),
    contactPhone: reader.text('contactPhone', 30),
    ...windowOf(reader, season, operation),
    pricePerMu: reader.number('pricePerMu', { from: 0, to: 10_000 }),
    trackedOnly: reader.choice('trackedOnly', yesNo, false) ?? false,
    note: reader.text('note', 300),
    ...{ lngLat: null, crop: '', leastWidthM: null, mostWidthM: null },
  };
}

/** From the morning of its first day to the evening of its last; without them the season's own. */
function windowOf(reader: Reader, season: Season, operation: Operation): { from: number; to: number } {
  const hours = season.workableHours[operation];
  const first = reader.day('from') ?? season.firstDay[operation];
  const last = reader.day('to') ?? season.deadline[operation];
  if (last < first) reader.bad('to', 'beforeStart', first);
  return { from: dayStart(first) + hours.from * HOUR_MS, to: dayStart(last) + hours.to * HOUR_MS };
}

function fieldsOf(reader: Reader, registry: Registry, division: string): string[] {
  const ids = reader
    .raw('fields')
    .split(/[\s,，、;；]+/)
    .filter(id => id !== '');
  for (const id of ids) {
    const field = registry.fields.get(id);
    if (!field) reader.bad('fields', 'unknownField', id);
    else if (division !== '' && !registry.chain(field.town).includes(division)) reader.bad('fields', 'otherUnit', id);
  }
  return [...new Set(ids)];
}

/** The same number in the same year is the same request. */
export function contractId(year: number, contract: string): string {
  const hex = createHash('sha256').update(`contract ${year} ${contract}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
