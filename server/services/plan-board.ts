import type { Found } from '../domain/plan/found.ts';

/**
 * Memory that planning threads share: each has a place where it writes the best that it found, and reads those of the others. Nobody
 * waits: what is being written just then is not read.
 */
export class PlanBoard {
  readonly memory: SharedArrayBuffer;
  private readonly ticks: Int32Array;
  private readonly numbers: Float64Array;
  private readonly length: number;

  constructor(size: { threads: number; orders: number; machines: number }, memory?: SharedArrayBuffer) {
    // Lateness and km, then the routes one after the other, each closed by −1.
    this.length = 2 + size.orders + size.machines;
    const tickBytes = 8 * Math.ceil(size.threads / 2);
    this.memory = memory ?? new SharedArrayBuffer(tickBytes + 8 * size.threads * this.length);
    this.ticks = new Int32Array(this.memory, 0, size.threads);
    this.numbers = new Float64Array(this.memory, tickBytes);
  }

  write(thread: number, { routes, lateH, km }: Found): void {
    let at = thread * this.length;
    Atomics.add(this.ticks, thread, 1);
    this.numbers[at++] = lateH;
    this.numbers[at++] = km;
    for (const route of routes) {
      for (const order of route) this.numbers[at++] = order;
      this.numbers[at++] = -1;
    }
    Atomics.add(this.ticks, thread, 1);
  }

  /** What this thread wrote last; null before the first time, and while it writes. */
  read(thread: number, size: { orders: number; machines: number }): Found | null {
    const tick = Atomics.load(this.ticks, thread);
    const page = this.numbers.slice(thread * this.length, (thread + 1) * this.length);
    if (tick === 0 || tick % 2 === 1 || Atomics.load(this.ticks, thread) !== tick) return null;
    const [lateH, km, ...list] = page;
    const routes: number[][] = [];
    const absent = new Set(Array.from({ length: size.orders }, (_, order) => order));
    for (let route: number[] = [], i = 0; routes.length < size.machines; i++) {
      if (list[i] < 0) {
        routes.push(route);
        route = [];
      } else {
        route.push(list[i]);
        absent.delete(list[i]);
      }
    }
    return { routes, absent: [...absent], lateH, km };
  }
}
