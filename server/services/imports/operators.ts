import { plainPlate } from '../../../shared/plate.ts';
import type { Machine } from '../../../shared/registry.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { KeyOf } from './columns.ts';
import { Findings } from './findings.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { RowReader } from './row-reader.ts';
import { readTable, type Table } from './table.ts';

/** Each is a link on paper. */
const MOST_PEOPLE = 500;

export interface NewOperator {
  name: string;
  phone: string;
  machine: string;
}
interface World {
  registry: Registry;
  pace: Pace;
  /** Whether whoever imports may give phones to machines of this unit. */
  reaches: (division: string) => boolean;
  /** Whether this person drives this machine already. */
  isKnown: (person: NewOperator) => boolean;
}
type Reader = RowReader<KeyOf<'operators'>>;

/** Operators from a table: who drives what. */
export async function judgeOperators(
  bytes: Uint8Array,
  { registry, pace, reaches, isKnown }: World,
): Promise<Omit<Judged, 'change'> & { people: NewOperator[] }> {
  const findings = new Findings();
  const table = await readTable(bytes, { kind: 'operators', findings, pace });
  if (table.rows.length > MOST_PEOPLE) throw new Refusal('invalid', `file: more than ${MOST_PEOPLE} people; cut it into several files`);
  const machineOf = await machinesOf(table, registry, pace);
  const rowOf = new Map<string, number>();
  const counts = noCounts();
  const preview = new Preview(['name', 'phone', 'machine']);
  const people: NewOperator[] = [];
  for (const { row, cells } of table.rows) {
    const reader: Reader = new RowReader(table, findings, row, cells);
    const name = reader.neededText('name');
    if ([...name].length > 40) reader.bad('name', 'tooLong', 40);
    const phone = reader.text('phone', 30);
    const machine = reader.neededText('machine') === '' ? undefined : machineOf(reader.code('machine'));
    if (!machine && reader.raw('machine') !== '') reader.bad('machine', 'unknownMachine');
    if (machine && !reaches(machine.division)) reader.bad('machine', 'notReached');
    const person = { name, phone, machine: machine?.id ?? '' };
    const twin = rowOf.get(`${name}\n${person.machine}`);
    if (twin !== undefined) reader.bad('name', 'twice', twin);
    rowOf.set(`${name}\n${person.machine}`, row);
    if (findings.has(row)) continue;
    counts[isKnown(person) ? 'same' : 'new']++;
    if (!isKnown(person)) people.push(person);
    preview.row(name, phone, machine!.plate || machine!.id);
  }
  return { rows: table.rows.length, findings, counts, absent: 0, encoding: table.encoding, preview: preview.result(), people };
}

/** By number or plate, of those that the table names: the whole list is gone through once. */
async function machinesOf(table: Table, registry: Registry, pace: Pace): Promise<(named: string) => Machine | undefined> {
  const at = table.places.get('machine') ?? -1;
  const wanted = new Set(table.rows.map(({ cells }) => plainPlate(cells[at] ?? '')));
  const byPlate = new Map<string, Machine>();
  for (const machine of registry.machines.values()) {
    const plate = plainPlate(machine.plate);
    if (plate !== '' && wanted.has(plate)) byPlate.set(plate, machine);
    await pace.breathe();
  }
  return named => registry.machines.get(named) ?? byPlate.get(plainPlate(named));
}
