import type { Reported, ReportedInput } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { bulletinDayOf, type Day, dayOf, type Operation } from '../../shared/season.ts';
import { isAboveArea, whyNot } from '../domain/report-check.ts';
import type { RegistryStore } from '../stores/registry.ts';

/** Figures typed in by clerks: cumulative, each correction a new version, nothing overwritten. */
export class ReportedFigures {
  /** Told after a figure was saved: the unit it is of. */
  onChange: (division: string) => void = () => undefined;
  /** By unit and operation, rising by day, then version. */
  private readonly figures = new Map<string, Reported[]>();

  constructor(
    private readonly store: RegistryStore,
    private readonly now: () => number,
  ) {}

  /** Those of one year's season: totals begin anew with each. */
  async load(year: number | null): Promise<void> {
    for (const figure of await this.store.reported()) if (year === null || figure.day.startsWith(`${year}-`)) this.keep(figure);
  }

  /** The latest version of the latest day up to `day`; of what had been reported by `knownBy`. */
  latest(division: string, operation: Operation, day: Day, knownBy = Number.POSITIVE_INFINITY): Reported | null {
    const list = this.figures.get(`${division}|${operation}`) ?? [];
    for (let i = list.length - 1; i >= 0; i--) if (list[i].day <= day && list[i].at <= knownBy) return list[i];
    return null;
  }

  /** All versions of a unit, newest first. */
  of = (division: string): Reported[] =>
    (['harvest', 'sow'] as const).flatMap(operation => this.figures.get(`${division}|${operation}`) ?? []).sort((a, b) => b.at - a.at);

  /** Of the nearest later day. */
  private later(division: string, operation: Operation, day: Day): Reported | null {
    const after = (this.figures.get(`${division}|${operation}`) ?? []).filter(figure => figure.day > day);
    return after.length === 0 ? null : this.latest(division, operation, after[0].day);
  }

  /** The same totals again for the same day are the figure that is there already. `areaMu` is the unit's planted or planned area. */
  async report(input: ReportedInput, { author, areaMu }: { author: string; areaMu: number }): Promise<Reported> {
    const now = this.now();
    const { division, operation, day } = input;
    if (day > bulletinDayOf(now)) throw new Refusal('invalid', `day: ${day} has not begun yet; the day that runs is ${bulletinDayOf(now)}`);
    if (day.slice(0, 4) !== dayOf(now).slice(0, 4)) throw new Refusal('invalid', `day: ${day} is not of this year's season`);
    const before = this.latest(division, operation, day);
    const isRepeated = before?.day === day && before.machineMu === input.machineMu && before.handMu === input.handMu;
    if (isRepeated) return before;
    const reason = whyNot(input, { before, later: this.later(division, operation, day), areaMu });
    if (reason) throw new Refusal('invalid', reason);
    const { confirmAbove: _, ...figures } = input;
    const figure: Reported = {
      ...figures,
      version: before?.day === day ? before.version + 1 : 1,
      at: now,
      author,
      ...(isAboveArea(input, areaMu) && { aboveArea: true }),
    };
    if (!(await this.store.addReported(figure)))
      throw new Refusal('conflict', 'somebody reported for this unit at the same moment: look again, then send it once more');
    this.keep(figure);
    this.onChange(figure.division);
    return figure;
  }

  private keep(figure: Reported): void {
    const key = `${figure.division}|${figure.operation}`;
    const list = this.figures.get(key) ?? [];
    list.push(figure);
    list.sort((a, b) => (a.day === b.day ? a.version - b.version : a.day < b.day ? -1 : 1));
    this.figures.set(key, list);
  }
}
