import type { Progress } from '../../shared/progress.ts';
import type { Reported, ReportedInput } from '../../shared/registry.ts';
import { type Day, dayOf, dayStart, type Operation, operations } from '../../shared/season.ts';
import { randomOf } from '../season/random.ts';

const MINUTE = 60_000;
/** Before the bulletin's cut at 17:00. */
const OPENS = (16 * 60 + 30) * MINUTE;
const CLOSES = 17 * 60 * MINUTE;

export interface ClerksOptions {
  towns: readonly string[];
  /** What was reported before the fleet began. */
  reported: readonly Reported[];
  seed: number;
  progressOf: (town: string) => Promise<Progress>;
  report: (input: ReportedInput) => Promise<unknown>;
  /** Between one town and the next, so that the server is not asked for all at once. */
  pause: () => Promise<void>;
}

/**
 * The demonstration's town clerks: every afternoon each town with work reports its cumulative totals, a little above what was measured,
 * as machines without a terminal have worked too.
 */
export class Clerks {
  private reportedOn: Day | null = null;

  constructor(private readonly options: ClerksOptions) {}

  /** True while the reports of the day are due and not yet made. */
  due(now: number): boolean {
    const day = dayOf(now);
    const sinceMidnight = now - dayStart(day);
    return sinceMidnight >= OPENS && sinceMidnight < CLOSES && this.reportedOn !== day;
  }

  async reportAll(now: number): Promise<void> {
    const day = dayOf(now);
    this.reportedOn = day;
    for (const town of this.options.towns) {
      const progress = await this.options.progressOf(town);
      for (const operation of operations) {
        const input = this.reportOf(town, operation, day, progress);
        if (input) await this.options.report(input);
      }
      await this.options.pause();
    }
  }

  /** Undefined when nothing was added since the last report. */
  private reportOf(division: string, operation: Operation, day: Day, progress: Progress): ReportedInput | undefined {
    const { measuredMu, reportedMachineMu, reportedHandMu } = progress[operation];
    const prior = this.options.reported.find(row => row.division === division && row.operation === operation);
    const random = randomOf(this.options.seed, 'clerk', division, operation);
    const atMost = operation === 'harvest' ? progress.plantedMu : progress.plannedMu;
    const handMu = tenth(Math.max(reportedHandMu, (prior?.handMu ?? 0) + measuredMu * random.between(0.002, 0.006)));
    const wanted = (prior?.machineMu ?? 0) + measuredMu * random.between(1, 1.04);
    const machineMu = tenth(Math.max(reportedMachineMu, Math.min(wanted, atMost - handMu)));
    if (machineMu - reportedMachineMu < 0.1) return undefined;
    return { division, operation, day, machineMu, handMu };
  }
}

const tenth = (mu: number): number => Math.floor(mu * 10) / 10;
