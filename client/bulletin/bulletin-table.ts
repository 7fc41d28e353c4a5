import type { BulletinContent, BulletinOperation, BulletinUnit } from '../../shared/bulletin.ts';
import { plainLine } from '../../shared/plain-text.ts';
import { count, mu, NONE, percent, tenThousandMu } from '../state/format.ts';
import type { PaperWords } from './phrases.ts';

/** One cell as what it is, so that paper and workbook show the same figure each in its own way. */
export type TableCell =
  | { kind: 'text'; text: string }
  | { kind: 'area'; mu: number }
  | { kind: 'share'; share: number | null }
  | { kind: 'count'; count: number | null };

export interface TableColumn {
  group: string;
  name: string;
  cell: (unit: BulletinUnit) => TableCell;
}

export interface BulletinTable {
  /** Areas are in 万亩 with four decimals, else in mu with one. */
  inWan: boolean;
  columns: TableColumn[];
  /** Of each unit and, last, of the whole. */
  rows: TableCell[][];
}

const text = (value: string): TableCell => ({ kind: 'text', text: plainLine(value) });
const area = (value: number): TableCell => ({ kind: 'area', mu: value });
const share = (value: number | null): TableCell => ({ kind: 'share', share: value });
const machines = (value: number | null): TableCell => ({ kind: 'count', count: value });

/** As printed; what does not exist is a dash. */
export function cellText(cell: TableCell, inWan: boolean): string {
  if (cell.kind === 'text') return cell.text;
  if (cell.kind === 'area') return inWan ? tenThousandMu(cell.mu) : mu(cell.mu);
  if (cell.kind === 'share') return percent(cell.share);
  return cell.count === null ? NONE : count(cell.count);
}

const inWanOf = (content: BulletinContent, words: PaperWords): boolean => words.isWan && content.total.level === 'city';

type NameOf = (unit: BulletinUnit) => string;

function tableOf(content: BulletinContent, words: PaperWords, columns: TableColumn[]): BulletinTable {
  return {
    inWan: inWanOf(content, words),
    columns,
    rows: [...content.units, content.total].map(unit => columns.map(column => column.cell(unit))),
  };
}

/** What officials read: planted, cut, of which by machine, rates, today; sown likewise; machines; remarks. */
export function progressTable(content: BulletinContent, words: PaperWords, nameOf: NameOf): BulletinTable {
  const operation = (group: string, names: [string, string, string], of: (unit: BulletinUnit) => BulletinOperation): TableColumn[] => [
    { group, name: names[0], cell: unit => area(of(unit).areaMu) },
    { group, name: names[1], cell: unit => area(of(unit).doneMu) },
    { group, name: words.byMachine, cell: unit => area(of(unit).machineMu) },
    { group, name: words.progress, cell: unit => share(of(unit).progress) },
    { group, name: names[2], cell: unit => share(of(unit).machineRate) },
    { group, name: words.today, cell: unit => area(of(unit).todayMu) },
  ];
  return tableOf(content, words, [
    { group: '', name: words.unit, cell: unit => text(unit === content.total ? words.total : nameOf(unit)) },
    ...operation(words.harvest, [words.planted, words.cut, words.cutRate], unit => unit.harvest),
    ...operation(words.sow, [words.planned, words.sown, words.sowRate], unit => unit.sow),
    { group: words.machines, name: words.combines, cell: unit => machines(unit.machines.combines) },
    { group: words.machines, name: words.seeders, cell: unit => machines(unit.machines.seeders) },
    { group: words.machines, name: words.inRepair, cell: unit => machines(unit.machines.inRepair) },
    { group: '', name: words.remarks, cell: unit => text(unit === content.total ? '' : (content.remarks.units[unit.code] ?? '')) },
  ]);
}

/** Machines from elsewhere, permits for our own, safety; null where nothing of it was written down. */
export function receptionTable(content: BulletinContent, words: PaperWords, nameOf: NameOf): BulletinTable | null {
  if (!hasReception(content)) return null;
  const names = Object.keys(words.receptionNames) as (keyof PaperWords['receptionNames'])[];
  return tableOf(content, words, [
    { group: '', name: words.unit, cell: unit => text(unit === content.total ? words.total : nameOf(unit)) },
    ...names.map(name => ({
      group: words.reception,
      name: words.receptionNames[name],
      cell: (unit: BulletinUnit) => machines(unit.reception?.[name] ?? null),
    })),
  ]);
}

export const hasReception = ({ total }: BulletinContent): boolean => Object.values(total.reception ?? {}).some(value => value > 0);

/** Both sources side by side, with the share of terminals without which their gap cannot be read. */
export function comparedTable(content: BulletinContent, words: PaperWords, nameOf: NameOf): BulletinTable {
  const operation = (group: string, of: (unit: BulletinUnit) => BulletinOperation): TableColumn[] => [
    { group, name: words.measured, cell: unit => area(of(unit).measuredMu) },
    { group, name: words.reportedMachine, cell: unit => area(of(unit).reportedMachineMu) },
    { group, name: words.reportedHand, cell: unit => area(of(unit).reportedHandMu) },
    { group, name: words.gap, cell: unit => area(of(unit).gapMu) },
    { group, name: words.capped, cell: unit => text(of(unit).capped ? words.cappedMark : '') },
  ];
  return tableOf(content, words, [
    { group: '', name: words.unit, cell: unit => text(unit === content.total ? words.total : nameOf(unit)) },
    { group: '', name: words.terminals, cell: unit => share(unit.terminalShare) },
    ...operation(words.harvest, unit => unit.harvest),
    ...operation(words.sow, unit => unit.sow),
  ]);
}

/** Columns of the same group side by side share a heading. */
export function groupsOf(columns: readonly TableColumn[]): { group: string; span: number }[] {
  const groups: { group: string; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last && group !== '' && last.group === group) last.span++;
    else groups.push({ group, span: 1 });
  }
  return groups;
}

/** A whole that reported on its own is not the sum of its parts. */
export const addsUp = ({ total, units }: BulletinContent): boolean =>
  units.length === 0 ||
  (['harvest', 'sow'] as const).every(
    operation => Math.abs(units.reduce((sum, unit) => sum + unit[operation].doneMu, 0) - total[operation].doneMu) < 0.05,
  );
