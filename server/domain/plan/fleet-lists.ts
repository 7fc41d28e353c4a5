import type { CompiledProblem } from './compiled-problem.ts';

/** Machines by kind, those in use first: of the idle ones of a kind only the first need be looked at. */
export class FleetLists {
  /** The machines of kind k stand from `from[k]` to before `from[k + 1]`. */
  readonly machines: Int32Array;
  readonly from: Int32Array;
  /** Behind the last machine of a kind that is in use. */
  readonly usedTo: Int32Array;
  private readonly at: Int32Array;
  private readonly kind: Int32Array;

  constructor({ kind, kindCount, machineCount }: CompiledProblem) {
    this.kind = kind;
    this.machines = new Int32Array(machineCount).map((_, machine) => machine).sort((one, other) => kind[one] - kind[other] || one - other);
    this.from = new Int32Array(kindCount + 1);
    for (let machine = 0; machine < machineCount; machine++) this.from[kind[machine] + 1]++;
    for (let k = 0; k < kindCount; k++) this.from[k + 1] += this.from[k];
    this.usedTo = this.from.slice(0, kindCount);
    this.at = new Int32Array(machineCount);
    this.machines.forEach((machine, at) => {
      this.at[machine] = at;
    });
  }

  /** To be told when a machine gets its first order. */
  use(machine: number): void {
    this.swap(machine, this.usedTo[this.kind[machine]]++);
  }

  /** And when it has lost its last. */
  release(machine: number): void {
    this.swap(machine, --this.usedTo[this.kind[machine]]);
  }

  private swap(machine: number, at: number): void {
    const other = this.machines[at];
    this.machines[this.at[machine]] = other;
    this.at[other] = this.at[machine];
    this.machines[at] = machine;
    this.at[machine] = at;
  }
}
