import type { ForecastBrief } from '../../shared/forecast.ts';
import type { LiveOperation, Progress, UnitNow } from '../../shared/progress.ts';
import type { Division, FieldStage } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { bulletinDayOf, cutOff, type Day, dayOf, dayStart, expectedProgress, type Operation, operations } from '../../shared/season.ts';
import { dustedMu, ratio } from '../../shared/units.ts';
import type { Standing } from '../domain/bulletin.ts';
import type { CoverageResult } from '../domain/coverage.ts';
import { addHeadlines, type Headline, headlineOf, ratesOf } from '../domain/headline.ts';
import { harvestUnrecorded, stageOf } from '../domain/stage.ts';
import { HourlyArea, hourlyOf, muOfDm2 } from './hourly-area.ts';
import type { KnownField, Registry } from './registry.ts';
import type { ReportedFigures } from './reported.ts';

interface UnitTotals {
  harvest: HourlyArea;
  sow: HourlyArea;
  unrecordedDm2: number;
  stages: Record<FieldStage, { count: number; dm2: number }>;
}

const noTotals = (): UnitTotals => ({
  harvest: new HourlyArea(),
  sow: new HourlyArea(),
  unrecordedDm2: 0,
  stages: { standing: none(), harvesting: none(), harvested: none(), sowing: none(), sown: none() },
});
const none = () => ({ count: 0, dm2: 0 });

/** A bulletin's day, the instant up to which measured area counts, and by when a report must have come to count. */
interface When {
  day: Day;
  at: number;
  knownBy?: number;
  /** What was measured after the day of a report is added to it, until the next one comes. */
  carried?: boolean;
}

/** Who counts machines by unit, for the panels. */
export interface MachineCounts {
  countsOf(division: string): UnitNow['machines'] & { withTerminal: number };
}

/** Progress of town, county and city: measured by addition from the fields, reported from the clerks, the headline by rule. */
export class ProgressBoard {
  private readonly totals = new Map<string, UnitTotals>();
  /** Wholly reported fields counted in stages, and their stage now. */
  private readonly stages = new Map<string, FieldStage>();
  /** What is forecast of a unit; set once forecasts are made. */
  forecastOf: (code: string, operation: Operation) => ForecastBrief | null = () => null;
  machines: MachineCounts = { countsOf: () => ({ registered: 0, online: 0, working: 0, inRepair: 0, available: 0, withTerminal: 0 }) };

  constructor(
    private readonly registry: Registry,
    private readonly reported: ReportedFigures,
    private readonly now: () => number,
  ) {}

  /** Counts a field, with what is known of it. */
  enter(id: string, field: KnownField, harvest: CoverageResult | null = null, sow: CoverageResult | null = null): void {
    this.restage(id, field, harvest, sow);
    this.count(field, harvest, sow, 1);
  }

  /** Takes a field out of all sums, before it comes back with another shape. */
  leave(id: string, field: KnownField, harvest: CoverageResult | null, sow: CoverageResult | null): void {
    this.count(field, harvest, sow, -1);
    const stage = this.stages.get(id);
    this.stages.delete(id);
    if (stage) for (const code of this.registry.chain(field.town)) addStage(this.totalsOf(code), stage, field.areaDm2, -1);
  }

  covered(
    id: string,
    field: KnownField,
    operation: Operation,
    before: CoverageResult | null,
    after: CoverageResult | null,
    other: CoverageResult | null,
  ): void {
    const pair = (result: CoverageResult | null) => (operation === 'harvest' ? ([result, other] as const) : ([other, result] as const));
    this.count(field, ...pair(before), -1);
    this.count(field, ...pair(after), 1);
    this.restage(id, field, ...pair(after));
  }

  stageOfField = (id: string): FieldStage => this.stages.get(id) ?? 'standing';

  stagesOf(code: string): Record<FieldStage, { count: number; mu: number }> {
    const stages = this.totalsOf(code).stages;
    return Object.fromEntries(Object.entries(stages).map(([stage, { count, dm2 }]) => [stage, { count, mu: muOfDm2(dm2) }])) as never;
  }

  /** Measured area by calendar day, oldest first. */
  daysOf(code: string): { day: Day; harvestMu: number; sowMu: number }[] {
    const { harvest, sow } = this.totalsOf(code);
    const byDay = new Map<Day, { day: Day; harvestMu: number; sowMu: number }>();
    for (const operation of operations) {
      for (const [hour, dm2] of (operation === 'harvest' ? harvest : sow).entries()) {
        const day = dayOf(hour);
        const row = byDay.get(day) ?? { day, harvestMu: 0, sowMu: 0 };
        row[operation === 'harvest' ? 'harvestMu' : 'sowMu'] += muOfDm2(dm2);
        byDay.set(day, row);
      }
    }
    return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /** What a unit's figures are made of. */
  partsOf(code: string): RouteOutput<'parts'> {
    const children = this.registry.children(code);
    const reporting = [code, ...children.map(child => child.code)];
    return {
      unit: this.unitNow(code),
      children: children.map(child => this.unitNow(child.code)),
      reports: reporting.flatMap(unit => this.reported.of(unit).map(report => ({ ...report, name: this.divisionOf(unit).name }))),
      days: this.daysOf(code),
      stages: this.stagesOf(code),
    };
  }

  /** `GET /api/v1/progress`: a bulletin's day, to 17:00; the day that runs now, to now. */
  onDay(code: string, day: Day | undefined): Progress {
    const division = this.divisionOf(code);
    const now = this.now();
    const today = bulletinDayOf(now);
    const of = day ?? today;
    if (of > today) throw new Refusal('invalid', `day: ${of} has not begun yet; the day that runs is ${today}`);
    const at = of === today ? now : cutOff(of);
    const { plantedMu, plannedMu } = this.areasOf(code);
    const { registered, withTerminal } = this.machines.countsOf(code);
    const operation = (op: Operation) => {
      const { measuredMu, reportedMachineMu, reportedHandMu, headlineMu, progress, machineRate } = this.operationAt(division, op, of, at);
      return { measuredMu, reportedMachineMu, reportedHandMu, headlineMu, progress, machineRate };
    };
    return {
      division: code,
      day: of,
      asOf: at,
      plantedMu,
      plannedMu,
      terminalShare: ratio(withTerminal, registered),
      harvest: operation('harvest'),
      sow: operation('sow'),
    };
  }

  unitNow(code: string): UnitNow {
    const division = this.divisionOf(code);
    const { withTerminal, ...machines } = this.machines.countsOf(code);
    return {
      code,
      name: division.name,
      ...(division.nameEn !== undefined && { nameEn: division.nameEn }),
      level: division.level,
      parent: division.parent,
      ...this.areasOf(code),
      terminalShare: ratio(withTerminal, machines.registered),
      machines,
      harvest: this.liveOperation(division, 'harvest'),
      sow: this.liveOperation(division, 'sow'),
    };
  }

  /** A unit's own area, or else the sum of its children's. */
  areasOf(code: string): { plantedMu: number; plannedMu: number } {
    const own = this.registry.ownArea(code);
    if (own) return { plantedMu: own.plantedMu, plannedMu: own.plannedMu };
    const sum = { plantedMu: 0, plannedMu: 0 };
    for (const child of this.registry.children(code)) {
      const area = this.areasOf(child.code);
      sum.plantedMu += area.plantedMu;
      sum.plannedMu += area.plannedMu;
    }
    return { plantedMu: dustedMu(sum.plantedMu), plannedMu: dustedMu(sum.plannedMu) };
  }

  /**
   * What is done by the end of a bulletin's day, or by now, as it was known at an instant: the headline, but for units whose last report is
   * of an earlier day, that report with what was measured since. (The headline itself waits for the next report there.)
   */
  doneKnownBy(code: string, operation: Operation, { day, knownBy }: { day: Day; knownBy: number }): number {
    const at = Math.min(this.now(), knownBy, cutOff(day));
    return this.headlineAt(this.divisionOf(code), operation, { day, at, knownBy, carried: true }).headlineMu;
  }

  /** The sources and the headline of a bulletin's day, at its cut-off or now. */
  standingOn(code: string, operation: Operation, day: Day): Standing {
    const division = this.divisionOf(code);
    const at = Math.min(this.now(), cutOff(day));
    const reported = this.reportedAt(division, operation, day);
    return {
      headline: this.headlineAt(division, operation, { day, at }),
      measuredMu: this.measuredMu(code, operation, at),
      reportedMachineMu: reported.machineMu,
      reportedHandMu: reported.handMu,
    };
  }

  private liveOperation(division: Division, operation: Operation): LiveOperation {
    const now = this.now();
    const figures = this.operationAt(division, operation, bulletinDayOf(now), now);
    const season = this.registry.season;
    const own = { firstDay: division.firstDay?.[operation], deadline: division.deadline?.[operation] };
    const expected = season ? expectedProgress(season, operation, now, own) : 0;
    const totals = this.totalsOf(division.code);
    return {
      ...figures,
      todayMu: muOfDm2(totals[operation].since(dayStart(dayOf(now)))),
      expected,
      lateBy: figures.progress === null ? null : expected - figures.progress,
      forecast: this.forecastOf(division.code, operation),
      harvestUnrecordedMu: operation === 'sow' ? muOfDm2(totals.unrecordedDm2) : 0,
    };
  }

  private operationAt(division: Division, operation: Operation, day: Day, at: number) {
    const { plantedMu, plannedMu } = this.areasOf(division.code);
    const areaMu = operation === 'harvest' ? plantedMu : plannedMu;
    const headline = this.headlineAt(division, operation, { day, at });
    const reported = this.reportedAt(division, operation, day);
    return {
      measuredMu: dustedMu(this.measuredMu(division.code, operation, at)),
      reportedMachineMu: dustedMu(reported.machineMu),
      reportedHandMu: dustedMu(reported.handMu),
      headlineMu: dustedMu(headline.headlineMu),
      capped: headline.capped,
      ...ratesOf(headline, areaMu),
    };
  }

  /** Taken at the lowest unit that reported (town, else county); from there only added upwards. */
  private headlineAt(division: Division, operation: Operation, when: When): Headline {
    const { day, at, knownBy, carried } = when;
    const children = this.registry.children(division.code);
    if (children.length > 0 && !this.reportsItself(division, operation, when)) {
      return addHeadlines(children.map(child => this.headlineAt(child, operation, when)));
    }
    const { plantedMu, plannedMu } = this.areasOf(division.code);
    const own = this.reported.latest(division.code, operation, day, knownBy);
    const measuredMu = this.measuredMu(division.code, operation, at);
    const sinceMu = carried && own && own.day < day ? measuredMu - this.measuredMu(division.code, operation, cutOff(own.day)) : 0;
    const sources = { measuredMu, reportedMachineMu: (own?.machineMu ?? 0) + sinceMu, reportedHandMu: own?.handMu ?? 0 };
    return headlineOf(sources, operation === 'harvest' ? plantedMu : plannedMu);
  }

  private reportedAt(division: Division, operation: Operation, day: Day): { machineMu: number; handMu: number } {
    const children = this.registry.children(division.code);
    if (children.length === 0 || this.reportsItself(division, operation, { day })) {
      return this.reported.latest(division.code, operation, day) ?? { machineMu: 0, handMu: 0 };
    }
    const sum = { machineMu: 0, handMu: 0 };
    for (const child of children) {
      const { machineMu, handMu } = this.reportedAt(child, operation, day);
      sum.machineMu += machineMu;
      sum.handMu += handMu;
    }
    return sum;
  }

  /** A county counts by its own report only while none of its towns has reported as lately. */
  private reportsItself(division: Division, operation: Operation, { day, knownBy }: Omit<When, 'at'>): boolean {
    if (division.level === 'city') return false;
    const own = this.reported.latest(division.code, operation, day, knownBy);
    if (!own) return false;
    const lastDay = (child: Division) => this.reported.latest(child.code, operation, day, knownBy)?.day ?? '';
    return !this.registry.children(division.code).some(child => lastDay(child) >= own.day);
  }

  private measuredMu(code: string, operation: Operation, at: number): number {
    const hourly = this.totalsOf(code)[operation];
    return muOfDm2(at >= this.now() ? hourly.total : hourly.before(at));
  }

  private count(field: KnownField, harvest: CoverageResult | null, sow: CoverageResult | null, sign: 1 | -1): void {
    const unrecorded =
      sow && harvestUnrecorded({ areaDm2: field.areaDm2, harvest, sow, reportedHarvested: field.reportedHarvested !== null })
        ? sow.coveredDm2
        : 0;
    for (const code of this.registry.chain(field.town)) {
      const totals = this.totalsOf(code);
      if (harvest) totals.harvest.add(hourlyOf(harvest, field.areaDm2), sign);
      if (sow) totals.sow.add(hourlyOf(sow, field.areaDm2), sign);
      totals.unrecordedDm2 += sign * unrecorded;
    }
  }

  private restage(id: string, field: KnownField, harvest: CoverageResult | null, sow: CoverageResult | null): void {
    const stage = stageOf({ areaDm2: field.areaDm2, harvest, sow, reportedHarvested: field.reportedHarvested !== null });
    const before = this.stages.get(id);
    if (before === stage) return;
    this.stages.set(id, stage);
    for (const code of this.registry.chain(field.town)) {
      if (before) addStage(this.totalsOf(code), before, field.areaDm2, -1);
      addStage(this.totalsOf(code), stage, field.areaDm2, 1);
    }
  }

  private totalsOf(code: string): UnitTotals {
    let totals = this.totals.get(code);
    if (!totals) {
      totals = noTotals();
      this.totals.set(code, totals);
    }
    return totals;
  }

  private divisionOf(code: string): Division {
    const division = this.registry.divisions.get(code);
    if (!division) throw new Refusal('notFound', `division: there is no unit ${code}`);
    return division;
  }
}

function addStage({ stages }: UnitTotals, stage: FieldStage, dm2: number, sign: 1 | -1): void {
  stages[stage].count += sign;
  stages[stage].dm2 += sign * dm2;
}
