const SLICE_MS = 25;

/** Lets reports and pages be answered in the middle of long work: to be awaited between its small pieces. */
export class Pace {
  private until = performance.now() + SLICE_MS;

  async breathe(): Promise<void> {
    if (performance.now() < this.until) return;
    await new Promise(resolve => setImmediate(resolve));
    this.until = performance.now() + SLICE_MS;
  }
}
