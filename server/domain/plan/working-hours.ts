import type { Hours, RoutingMachine } from './routing-problem.ts';

/**
 * A machine's own clock. Work and driving that are not done when the hours end go on when the next begin: the machine stands where it
 * is over night. Most machines have one span, for which time simply adds up.
 */
export class WorkingHours {
  /** 1 for a machine whose hours have gaps. */
  readonly broken: Uint8Array;
  readonly startH: Float64Array;
  readonly endH: Float64Array;
  private readonly spans: readonly (readonly Hours[])[];

  constructor(machines: readonly RoutingMachine[]) {
    this.spans = machines.map(machine => machine.hours);
    this.broken = Uint8Array.from(machines, ({ hours }) => (hours.length > 1 ? 1 : 0));
    this.endH = Float64Array.from(machines, ({ hours }) => hours.at(-1)?.toH ?? Number.NEGATIVE_INFINITY);
    this.startH = Float64Array.from(machines, ({ hours, startH }) => Math.max(startH, hours[0]?.fromH ?? startH));
  }

  /** When this much work is done that begins at this hour or as soon after as the machine may; Infinity when its hours do not suffice. */
  after(machine: number, hour: number, workH: number): number {
    if (this.broken[machine] === 0) return hour + workH;
    let left = workH;
    for (const { fromH, toH } of this.spans[machine]) {
      const begin = Math.max(hour, fromH);
      if (begin > toH) continue;
      if (begin + left <= toH) return begin + left;
      left -= toH - begin;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** As `after`, but what its hours do not hold runs on behind their end. */
  afterOvertime(machine: number, hour: number, workH: number): number {
    const doneH = this.after(machine, hour, workH);
    if (doneH < Number.POSITIVE_INFINITY) return doneH;
    const left = this.spans[machine].reduce((rest, { fromH, toH }) => rest - Math.max(0, toH - Math.max(hour, fromH)), workH);
    return Math.max(hour, this.endH[machine]) + left;
  }

  /** The latest hour at which this much work can begin so that it is done at this hour; −Infinity when there is none. */
  before(machine: number, hour: number, workH: number): number {
    if (this.broken[machine] === 0) return hour - workH;
    let left = workH;
    for (let span = this.spans[machine].length - 1; span >= 0; span--) {
      const { fromH, toH } = this.spans[machine][span];
      const end = Math.min(hour, toH);
      if (end < fromH) continue;
      if (end - left >= fromH) return end - left;
      left -= end - fromH;
    }
    return Number.NEGATIVE_INFINITY;
  }
}
