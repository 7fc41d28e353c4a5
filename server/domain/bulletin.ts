import {
  type BulletinChange,
  type BulletinContent,
  type BulletinOperation,
  type BulletinUnit,
  type ChangedFigure,
  changedFigures,
  type Remarks,
} from '../../shared/bulletin.ts';
import { operations } from '../../shared/season.ts';
import { dustedMu, roundHalfUp } from '../../shared/units.ts';
import { type Headline, ratesOf, type Sources } from './headline.ts';

/** What is known of one operation of a unit at one cut-off. */
export type Standing = Sources & { headline: Headline };

export interface OperationFacts {
  areaMu: number;
  /** At the cut-off, or now. */
  now: Standing;
  /** At the cut-off of the bulletin day before. */
  before: Standing;
}

export type UnitFacts = Omit<BulletinUnit, 'harvest' | 'sow'> & { harvest: OperationFacts; sow: OperationFacts };

const operationOf = ({ areaMu, now, before }: OperationFacts): BulletinOperation => ({
  areaMu,
  doneMu: dustedMu(now.headline.headlineMu),
  machineMu: dustedMu(now.headline.machineMu),
  ...ratesOf(now.headline, areaMu),
  todayMu: dustedMu(now.headline.headlineMu - before.headline.headlineMu),
  todayMeasuredMu: dustedMu(now.measuredMu - before.measuredMu),
  measuredMu: dustedMu(now.measuredMu),
  reportedMachineMu: dustedMu(now.reportedMachineMu),
  reportedHandMu: dustedMu(now.reportedHandMu),
  gapMu: dustedMu(now.measuredMu - now.reportedMachineMu),
  capped: now.headline.capped,
});

const unitOf = ({ harvest, sow, ...unit }: UnitFacts): BulletinUnit => ({ ...unit, harvest: operationOf(harvest), sow: operationOf(sow) });

/** The bulletin's figures and words; remarks on units that are not in it are left out. */
export function bulletinOf(total: UnitFacts, units: readonly UnitFacts[], remarks: Remarks): BulletinContent {
  const named = units.map(({ code }) => [code, remarks.units[code] ?? ''] as const).filter(([, remark]) => remark !== '');
  return { total: unitOf(total), units: units.map(unitOf), remarks: { general: remarks.general, units: Object.fromEntries(named) } };
}

/** As finely as it is printed anywhere: mu to a tenth, rates to a hundredth of a per cent. */
const printed = (figure: ChangedFigure, value: number | null): number | null =>
  value === null ? null : roundHalfUp(value, figure === 'progress' || figure === 'machineRate' ? 4 : 1);

/** What a reader of the earlier one would have to correct by hand, in the order of the table. Machines are of the moment, and no figure. */
export function differences(before: BulletinContent, after: BulletinContent): BulletinChange[] {
  const changes: BulletinChange[] = [];
  const known = new Map(before.units.map(unit => [unit.code, unit]));
  for (const unit of [after.total, ...after.units]) {
    const old = unit === after.total ? before.total : known.get(unit.code);
    if (old) changes.push(...figureChanges(old, unit));
    else changes.push({ code: unit.code, name: unit.name, operation: null, figure: 'unit', before: null, after: unit.name });
  }
  for (const unit of before.units) {
    if (after.units.some(({ code }) => code === unit.code)) continue;
    changes.push({ code: unit.code, name: unit.name, operation: null, figure: 'unit', before: unit.name, after: null });
  }
  return [...changes, ...remarkChanges(before, after)];
}

function figureChanges(before: BulletinUnit, after: BulletinUnit): BulletinChange[] {
  return operations.flatMap(operation =>
    changedFigures.flatMap(figure => {
      const [old, now] = [printed(figure, before[operation][figure]), printed(figure, after[operation][figure])];
      return old === now ? [] : [{ code: after.code, name: after.name, operation, figure, before: old, after: now }];
    }),
  );
}

function remarkChanges(before: BulletinContent, after: BulletinContent): BulletinChange[] {
  const general = { code: after.total.code, name: after.total.name, operation: null, figure: 'general' } as const;
  const changes: BulletinChange[] = [];
  if (before.remarks.general !== after.remarks.general) {
    changes.push({ ...general, before: before.remarks.general, after: after.remarks.general });
  }
  for (const { code, name } of after.units) {
    const [old, now] = [before.remarks.units[code] ?? '', after.remarks.units[code] ?? ''];
    if (old !== now) changes.push({ code, name, operation: null, figure: 'remark', before: old, after: now });
  }
  return changes;
}
