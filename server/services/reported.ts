import type { Reported, ReportedInput } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { bulletinDayOf, type Day, type Operation } from '../../shared/season.ts';
import type { RegistryStore } from '../stores/registry.ts';

/** Figures typed in by clerks: cumulative, each correction a new version, nothing overwritten. */
export class ReportedFigures {
  /** By unit and operation, rising by day, then version. */
  private readonly figures = new Map<string, Reported[]>();

  constructor(
    private readonly store: RegistryStore,
    private readonly now: () => number,
  ) {}

  async load(): Promise<void> {
    for (const figure of await this.store.reported()) this.keep(figure);
  }

  /** The latest version of the latest day up to `day`. */
  latest(division: string, operation: Operation, day: Day): Reported | null {
    const list = this.figures.get(`${division}|${operation}`) ?? [];
    for (let i = list.length - 1; i >= 0; i--) if (list[i].day <= day) return list[i];
    return null;
  }

  /** All versions of a unit, newest first. */
  of = (division: string): Reported[] =>
    (['harvest', 'sow'] as const).flatMap(operation => this.figures.get(`${division}|${operation}`) ?? []).sort((a, b) => b.at - a.at);

  async report(input: ReportedInput, author: string): Promise<Reported> {
    const now = this.now();
    if (input.day > bulletinDayOf(now)) throw new Refusal('invalid', `day: ${input.day} has not begun yet`);
    const before = this.latest(input.division, input.operation, input.day);
    const falls = before !== null && (input.machineMu < before.machineMu || input.handMu < before.handMu);
    if (falls && !input.reason?.trim()) {
      throw new Refusal(
        'invalid',
        `a total falls (by machine ${before.machineMu} → ${input.machineMu} mu, by hand ${before.handMu} → ${input.handMu} mu): say why in reason`,
      );
    }
    const version = before?.day === input.day ? before.version + 1 : 1;
    const figure: Reported = { ...input, version, at: now, author };
    if (!(await this.store.addReported(figure)))
      throw new Refusal('conflict', 'somebody reported for this unit at the same moment: look again, then send it once more');
    this.keep(figure);
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
