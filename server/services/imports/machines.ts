import { isDeepStrictEqual } from 'node:util';
import { type Implement, type Machine, machineIdSchema } from '../../../shared/registry.ts';
import type { Operation } from '../../../shared/season.ts';
import { DEFAULT_WIDTH_M } from '../enrolment.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { RowReader } from './row-reader.ts';
import { readTable } from './table.ts';
import { UnitNames } from './unit-names.ts';

export const machineKindNames = [
  ['收割机', 'combine'],
  ['联合收割机', 'combine'],
  ['combine', 'combine'],
  ['播种机', 'seeder'],
  ['seeder', 'seeder'],
  ['拖拉机', 'tractor'],
  ['tractor', 'tractor'],
] as const;
const drives = [
  ['轮式', 'wheeled'],
  ['wheeled', 'wheeled'],
  ['履带', 'tracked'],
  ['履带式', 'tracked'],
  ['tracked', 'tracked'],
] as const;
const origins = [
  ['本地', 'home'],
  ['home', 'home'],
  ['跨区', 'crossRegion'],
  ['外来', 'crossRegion'],
  ['外地', 'crossRegion'],
  ['crossRegion', 'crossRegion'],
] as const;
const yesNo = [
  ['是', true],
  ['有', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['否', false],
  ['无', false],
  ['no', false],
  ['false', false],
  ['0', false],
] as const;
const noOperation = 'none';
const operations = [
  ['麦收', 'harvest'],
  ['收获', 'harvest'],
  ['收割', 'harvest'],
  ['harvest', 'harvest'],
  ['夏播', 'sow'],
  ['播种', 'sow'],
  ['sow', 'sow'],
  ['无', noOperation],
  ['none', noOperation],
] as const;
const usualOperation = { combine: 'harvest', seeder: 'sow', tractor: noOperation } as const;

/** ISO 3166-2:CN, so that an id made of a plate is plain letters and stays one with its province. */
const provinces = Object.fromEntries(
  '京BJ 津TJ 冀HE 晋SX 蒙NM 辽LN 吉JL 黑HL 沪SH 苏JS 浙ZJ 皖AH 闽FJ 赣JX 鲁SD 豫HA 鄂HB 湘HN 粤GD 桂GX 琼HI 渝CQ 川SC 贵GZ 云YN 藏XZ 陕SN 甘GS 青QH 宁NX 新XJ'
    .split(' ')
    .map(pair => [pair[0], pair.slice(1)]),
);
export const idOfPlate = (plate: string): string =>
  plate
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\p{Script=Han}/u, province => (provinces[province] ? `${provinces[province]}-` : province))
    .replace(/[·•\s.]/g, '');

type Reader = RowReader<KeyOf<'machines'>>;

export async function judgeMachines(bytes: Uint8Array, { registry, pace, now, reaches, plates }: MachineWorld): Promise<Judged> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'machines', findings, pace });
  const world: Known = {
    registry,
    now,
    units: new UnitNames(registry.divisions),
    byPlate: plates ? new Map(plates) : platesOf(registry),
    rowOf: new Map(),
  };
  const machines = { added: [] as Machine[], replaced: [] as Machine[] };
  const counts = noCounts();
  const preview = new Preview(['id', 'plate', 'kind', 'division', 'operatorName', 'operation', 'workingWidthM']);
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const machine = readMachine(reader, world);
    await pace.breathe();
    const before = registry.machines.get(machine.id);
    if (reaches && !(reaches(machine.division) && (!before || reaches(before.division)))) reader.bad('division', 'notReached');
    if (findings.has(row)) continue;
    const isSame = before !== undefined && isDeepStrictEqual(plainMachine(before), plainMachine(machine));
    counts[before ? (isSame ? 'same' : 'changed') : 'new']++;
    if (!before) machines.added.push(machine);
    else if (!isSame) machines.replaced.push(machine);
    const implement = machine.implements.at(-1)!;
    const unit = registry.divisions.get(machine.division)?.name ?? machine.division;
    preview.row(machine.id, machine.plate, machine.kind, unit, machine.operatorName, implement.operation, implement.workingWidthM);
  }
  const absent = plates ? 0 : [...registry.machines.keys()].filter(id => !world.rowOf.has(id)).length;
  const change = { machines };
  return { rows: table.rows.length, findings, counts, absent, encoding: table.encoding, preview: preview.result(), change };
}

interface MachineWorld {
  registry: Registry;
  pace: Pace;
  now: number;
  /** Whether whoever brings it may write of this unit; missing: of every one. */
  reaches?: ((division: string) => boolean) | undefined;
  /** Plates that matter and whose they are, where a single line is judged; missing: all of them. */
  plates?: readonly (readonly [string, string])[];
}
interface Known {
  registry: Registry;
  now: number;
  units: UnitNames;
  byPlate: Map<string, string>;
  /** Rows in which an id was met. */
  rowOf: Map<string, number>;
}

const plainMachine = (machine: Machine): object => JSON.parse(JSON.stringify(machine)) as object;

function platesOf(registry: Registry): Map<string, string> {
  const plates = new Map<string, string>();
  for (const machine of registry.machines.values()) if (machine.plate) plates.set(machine.plate, machine.id);
  return plates;
}

function readMachine(reader: Reader, known: Known): Machine {
  const plate = reader.text('plate', 20);
  const id = idOf(reader, plate, known);
  const before = known.registry.machines.get(id);
  const kind = reader.choice('kind', machineKindNames, null) ?? 'combine';
  return {
    id,
    kind,
    plate: plate || before?.plate || id,
    drive: reader.choice('drive', drives, before?.drive ?? 'wheeled') ?? 'wheeled',
    origin: reader.choice('origin', origins, before?.origin ?? 'home') ?? 'home',
    division: unitOf(reader, known.units),
    operatorName: reader.has('operatorName') ? reader.text('operatorName', 40) : (before?.operatorName ?? ''),
    operatorPhone: reader.has('operatorPhone') ? reader.text('operatorPhone', 30) : (before?.operatorPhone ?? ''),
    hasTerminal: reader.choice('hasTerminal', yesNo, before?.hasTerminal ?? false) ?? false,
    implements: implementsOf(reader, kind, before, known.now),
  };
}

/** The id that stands there, else that of the machine with this plate, else one made of the plate. */
function idOf(reader: Reader, plate: string, { byPlate, rowOf }: Known): string {
  const given = reader.code('id');
  const id = given || byPlate.get(plate) || idOfPlate(plate);
  if (id === '') reader.bad('id', 'missing');
  else if (!machineIdSchema.safeParse(id).success) reader.bad(given ? 'id' : 'plate', 'notId');
  const owner = byPlate.get(plate);
  if (plate !== '' && owner !== undefined && owner !== id) reader.bad('plate', 'takenBy', owner);
  const twin = rowOf.get(id);
  if (twin !== undefined) reader.bad(given ? 'id' : 'plate', 'twice', twin);
  else if (id !== '') rowOf.set(id, reader.row);
  if (plate !== '') byPlate.set(plate, id);
  return id;
}

export function unitOf<Key extends string>(reader: RowReader<Key | 'division'>, units: UnitNames): string {
  const text = reader.code('division');
  if (text === '') reader.bad('division', 'missing');
  const found = units.find(text);
  if (found === 'unknown') {
    if (text !== '') reader.bad('division', 'unknownUnit');
    return '';
  }
  if ('ambiguous' in found) {
    reader.bad('division', 'ambiguousUnit', found.ambiguous);
    return '';
  }
  return found.code;
}

/**
 * Another operation or width holds from now on: what was worked before keeps what it was worked with. Where the antenna sits is measured once
 * for an implement: another figure corrects it for all the time that the implement has been in use.
 */
function implementsOf(reader: Reader, kind: Machine['kind'], before: Machine | undefined, now: number): Machine['implements'] {
  const last = before?.implements.at(-1);
  const usual = last ? (last.operation ?? noOperation) : usualOperation[kind];
  const chosen = reader.choice<Operation | typeof noOperation>('operation', operations, usual) ?? usual;
  const operation = chosen === noOperation ? null : chosen;
  const workingWidthM = reader.number('workingWidthM', { from: 0.3, to: 60 }) ?? last?.workingWidthM ?? DEFAULT_WIDTH_M;
  const isSame = last?.operation === operation && last.workingWidthM === workingWidthM;
  const antenna = antennaOf(reader, isSame ? last : undefined);
  if (!before || !last) return [{ from: 0, operation, workingWidthM, ...antenna }];
  if (!isSame) return [...before.implements, { from: now, operation, workingWidthM, ...antenna }];
  return [...before.implements.slice(0, -1), { from: last.from, operation, workingWidthM, ...antenna }];
}

/** 0 is written as nothing: over the middle, as for those of whom nothing is said. */
function antennaOf(reader: Reader, last: Implement | undefined): Pick<Implement, 'antennaForwardM' | 'antennaRightM'> {
  const read = (key: 'antennaForwardM' | 'antennaRightM') => reader.number(key, { from: -20, to: 20 }) ?? last?.[key] ?? 0;
  const [forwardM, rightM] = [read('antennaForwardM'), read('antennaRightM')];
  return { ...(forwardM !== 0 && { antennaForwardM: forwardM }), ...(rightM !== 0 && { antennaRightM: rightM }) };
}
