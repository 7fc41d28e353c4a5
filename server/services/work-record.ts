import { setImmediate as turn } from 'node:timers/promises';
import type { RecordRow } from '../../shared/claim.ts';
import { addDays, type Day, dayOf, dayStart, type Operation } from '../../shared/season.ts';
import { type CoverageResult, FieldCoverage } from '../domain/coverage.ts';
import { bandOf, bandPartsOf } from '../domain/error-band.ts';
import { priceOf } from '../domain/work-price.ts';
import { distinctSwaths } from './evidence-work.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { Machines } from './machines.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { KnownField, Registry } from './registry.ts';

/** What one machine did in one field on one day. */
interface DayWork {
  day: Day;
  dm2: number;
  hours: number;
  /** Of the whole field's figure: how far down and up the band reaches, as shares of it. */
  band: [number, number];
}

export type MeasuredRow = Omit<RecordRow, 'agreedMu' | 'objection'>;

const HOUR = 3_600_000;

/** What a machine did by field and day, worked out from its swaths when it is asked for. */
export class WorkRecord {
  /** A result that changes is another object. */
  private readonly known = new WeakMap<CoverageResult, Map<string, DayWork[]>>();

  constructor(private readonly deps: { registry: Registry; fold: Fold; machines: Machines; ledger: OrderLedger }) {}

  /** The latest day first. */
  async of(machine: string): Promise<MeasuredRow[]> {
    const { registry, machines, ledger, fold } = this.deps;
    const orders = [...ledger.orders.values()].filter(order => order.machine === machine);
    const rows: MeasuredRow[] = [];
    for (const { id, operation } of machines.detail(machine).fields) {
      const field = registry.fields.get(id);
      const result = fold.coverageOf(id, operation);
      if (!field || !result) continue;
      const place = {
        field: id,
        operation,
        village: field.village,
        divisionName: registry.divisions.get(field.town)?.name ?? field.town,
        isFinished: result.finishedAt !== null,
      };
      for (const { day, dm2, hours, band } of await this.daysOf(machine, field, { operation, result })) {
        const mu = muOfDm2(dm2);
        const work = { field: id, operation, units: registry.chain(field.town), from: dayStart(day), to: dayStart(addDays(day, 1)) };
        rows.push({ ...place, day, mu, hours, bandMu: [mu * band[0], mu * band[1]], pricePerMu: priceOf(work, orders) });
      }
    }
    return rows.sort((a, b) => (a.day === b.day ? b.mu - a.mu : a.day < b.day ? 1 : -1));
  }

  /** Mu of one row by now; 0: nothing is measured there. */
  async muOf({ machine, field: id, operation, day }: { machine: string; field: string; operation: Operation; day: Day }): Promise<number> {
    const field = this.deps.registry.fields.get(id);
    const result = this.deps.fold.coverageOf(id, operation);
    if (!field || !result) return 0;
    const days = await this.daysOf(machine, field, { operation, result });
    return muOfDm2(days.find(one => one.day === day)?.dm2 ?? 0);
  }

  private async daysOf(
    machine: string,
    field: KnownField,
    { operation, result }: { operation: Operation; result: CoverageResult },
  ): Promise<DayWork[]> {
    const known = this.known.get(result) ?? new Map<string, DayWork[]>();
    const before = known.get(machine);
    if (before) return before;
    const swaths = distinctSwaths(await this.deps.fold.storedSwathsOf(field.shape.id, operation));
    // Painting a field takes some ms: reports are answered in between.
    await turn();
    const coverage = new FieldCoverage(field.shape);
    const msByDay = new Map<Day, number>();
    for (const swath of swaths) {
      coverage.add(swath);
      if (swath.machine !== machine) continue;
      const day = dayOf(swath.timeB);
      msByDay.set(day, (msByDay.get(day) ?? 0) + swath.timeB - swath.timeA);
    }
    const dm2ByDay = new Map<Day, number>();
    for (const [hour, dm2] of coverage.byHourOf(machine, result.word)) {
      const day = dayOf(hour);
      dm2ByDay.set(day, (dm2ByDay.get(day) ?? 0) + dm2);
    }
    const parts = bandPartsOf(field.shape, coverage, { widthSource: 'given', driftM: null, word: result.word ?? null });
    const coveredM2 = Math.max(1, result.coveredDm2 / 100);
    const [low, high] = bandOf(result.coveredDm2 / 100, parts);
    const band: [number, number] = [low / coveredM2, high / coveredM2];
    const days = [...dm2ByDay].map(([day, dm2]) => ({ day, dm2, hours: (msByDay.get(day) ?? 0) / HOUR, band }));
    this.known.set(result, known.set(machine, days));
    return days;
  }
}
