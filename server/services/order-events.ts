import type { OrderState, WorkOrder } from '../../shared/work-order.ts';

type Told = Pick<WorkOrder, 'id' | 'kind' | 'machine' | 'operation' | 'division' | 'areaMu' | 'doneMu' | 'state' | 'version'>;

/** Of changes of orders, those of a state: what is told outside names no person and no telephone. */
export class OrderEvents {
  private readonly states = new Map<string, OrderState>();

  constructor(orders: Iterable<Told>) {
    for (const { id, state } of orders) this.states.set(id, state);
  }

  /** Returns what is to be told; null when the state is as it was. */
  changed({ id, kind, machine, operation, division, areaMu, doneMu, state, version }: Told): (Told & { before: OrderState | null }) | null {
    const before = this.states.get(id) ?? null;
    if (before === state) return null;
    this.states.set(id, state);
    return { id, kind, machine, operation, division, areaMu, doneMu, state, version, before };
  }
}
