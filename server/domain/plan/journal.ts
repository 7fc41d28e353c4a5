import type { Routes } from './routes.ts';

/** What a step of the search changes, so that it can be taken back: each route as it was before its first change. */
export class Journal {
  private readonly machines: Int32Array;
  private readonly from: Int32Array;
  private readonly versions: Int32Array;
  private readonly stamp: Int32Array;
  private readonly orders: Int32Array;
  readonly absent: Int32Array;
  absentCount = 0;
  private count = 0;
  private tick = 0;

  constructor(private readonly routes: Routes) {
    const { orderCount: n, machineCount: m } = routes.problem;
    this.machines = new Int32Array(m);
    this.from = new Int32Array(m + 1);
    this.versions = new Int32Array(m);
    this.stamp = new Int32Array(m);
    this.orders = new Int32Array(n);
    this.absent = new Int32Array(n);
  }

  begin(): void {
    const { absent, absentCount } = this.routes;
    this.count = 0;
    this.tick++;
    this.absentCount = absentCount;
    for (let i = 0; i < absentCount; i++) this.absent[i] = absent[i];
  }

  /** To be called before a route is changed. */
  keep(machine: number): void {
    if (this.stamp[machine] === this.tick) return;
    const { next, version, problem } = this.routes;
    const n = problem.orderCount;
    this.stamp[machine] = this.tick;
    this.machines[this.count] = machine;
    this.versions[this.count] = version[machine];
    let at = this.from[this.count];
    for (let node = next[n + machine]; node < n; node = next[node]) this.orders[at++] = node;
    this.from[++this.count] = at;
  }

  /** All as it was at `begin`. */
  takeBack(): void {
    const { routes, from, orders } = this;
    for (let i = 0; i < this.absentCount; i++) {
      routes.absent[i] = this.absent[i];
      routes.machineOf[this.absent[i]] = -1;
    }
    routes.absentCount = this.absentCount;
    for (let i = 0; i < this.count; i++) routes.relink(this.machines[i], orders, { from: from[i], to: from[i + 1] });
    for (let i = 0; i < this.count; i++) {
      routes.refresh(this.machines[i]);
      routes.version[this.machines[i]] = this.versions[i];
    }
  }
}
