const SLICE_MS = 25;

/** Lets reports and pages be answered in the middle of long work: to be awaited between its small pieces. */
export class Pace {
  private until = performance.now() + SLICE_MS;

  /** `restMs`: leaves the processor to others for so long after each slice. */
  constructor(private readonly options: { restMs?: number } = {}) {}

  async breathe(): Promise<void> {
    if (performance.now() < this.until) return;
    const { restMs } = this.options;
    await new Promise<void>(resolve => (restMs === undefined ? setImmediate(resolve) : setTimeout(resolve, restMs)));
    this.until = performance.now() + SLICE_MS;
  }
}
