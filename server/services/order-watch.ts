import { type Sight, seen } from '../domain/work-order/seen.ts';
import type { StoredOrder } from '../stores/orders.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { OrderGround } from './order-ground.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { OrderChange, Orders } from './orders.ts';
import type { Registry } from './registry.ts';

/** Follows live orders by what devices send: arrival, start, end. */
export class OrderWatch {
  constructor(
    private readonly deps: {
      ledger: OrderLedger;
      orders: Orders;
      fleet: LiveFleet;
      registry: Registry;
      ground: OrderGround;
      now: () => number;
      /** An order went into another state by this. */
      record: (change: OrderChange) => Promise<void>;
    },
  ) {}

  /** One look at every live order; only what is new is written. */
  async look(): Promise<void> {
    const { ledger, orders, now, record } = this.deps;
    for (const order of [...ledger.liveOrders()]) {
      const seeing = (current: StoredOrder) => {
        const sight = this.sightOf(current);
        return sight ? seen(current, sight, now()) : {};
      };
      if (Object.keys(seeing(order)).length === 0) continue;
      const change = await orders.see(order.id, seeing);
      if (change && change.before?.state !== change.after.state) await record(change);
    }
  }

  private sightOf({ machine, fields, operation }: StoredOrder): Sight | null {
    const { fleet, registry, ground } = this.deps;
    const live = fleet.machines.get(machine);
    if (!live) return null;
    const town = live.fieldId === null ? undefined : registry.fields.get(live.fieldId)?.town;
    const units = [...(town ? registry.chain(town) : []), ...(live.county ? registry.chain(live.county) : [])];
    const { lngLat, fixTime, stateSince, fieldId } = live;
    return { lngLat, fixTime, state: fleet.stateOf(live), stateSince, fieldId, units, finishedAt: ground.finishedAt(fields, operation) };
  }
}
