import { muOfM2 } from '../../shared/units.ts';
import type { CoverageResult } from '../domain/coverage.ts';

const HOUR = 3_600_000;
export const muOfDm2 = (dm2: number): number => muOfM2(dm2 / 100);

/** Area by the hour in which it was covered, whole dm². Hours are fine enough for both days: 00:00 and 17:00. */
export class HourlyArea {
  private readonly hours = new Map<number, number>();
  total = 0;

  add(hours: readonly (readonly [number, number])[], sign: 1 | -1): void {
    for (const [hour, dm2] of hours) {
      const sum = (this.hours.get(hour) ?? 0) + sign * dm2;
      if (sum === 0) this.hours.delete(hour);
      else this.hours.set(hour, sum);
      this.total += sign * dm2;
    }
  }

  since = (at: number): number => this.sum(hour => hour >= at);
  before = (at: number): number => this.sum(hour => hour < at);
  entries = (): Iterable<[number, number]> => this.hours.entries();

  private sum(isIn: (hour: number) => boolean): number {
    let sum = 0;
    for (const [hour, dm2] of this.hours) if (isIn(hour)) sum += dm2;
    return sum;
  }
}

/** In progress a finished field counts its whole area from the hour in which it was finished; an unfinished one what is covered. */
export function hourlyOf(result: CoverageResult, areaDm2: number): [number, number][] {
  if (result.finishedAt === null || areaDm2 <= result.coveredDm2) return result.byHour;
  return [...result.byHour, [Math.floor(result.finishedAt / HOUR) * HOUR, areaDm2 - result.coveredDm2]];
}
