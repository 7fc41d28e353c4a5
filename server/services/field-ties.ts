import { Refusal } from '../../shared/reply.ts';
import { operations } from '../../shared/season.ts';
import type { Finishing } from './finishing.ts';
import type { Objections } from './objections.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { Registry } from './registry.ts';
import type { Requests } from './requests.ts';

const waits = new Set(['open', 'ordered', 'working']);

/** What people said or asked of a field by its name, and that would hang in the air were the field no more. */
export class FieldTies {
  constructor(
    private readonly deps: {
      registry: Registry;
      ledger: OrderLedger;
      requests: Requests;
      finishing: Pick<Finishing, 'finishedBy'>;
      objections: Pick<Objections, 'openOf'>;
    },
  ) {}

  /** Does something while nobody asks for work there or gives an order for it. */
  whileFree<T>(fields: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.deps.ledger.inTurn(() => {
      this.need(fields);
      return work();
    });
  }

  /** @throws Refusal conflict `order: …`, `request: …`, `objection: …`, `finished: …` */
  need(fields: readonly string[]): void {
    const { registry, ledger, requests, finishing, objections } = this.deps;
    const isOne = (id: string) => fields.includes(id);
    for (const { fields: own, machine } of ledger.liveOrders())
      if (own.some(isOne)) {
        const plate = registry.machines.get(machine)?.plate || machine;
        throw new Refusal('conflict', `order: ${plate} has an order for it; end or withdraw it first`);
      }
    for (const request of ledger.requests.values())
      if (request.fields.some(isOne) && waits.has(requests.stateOf(request)))
        throw new Refusal('conflict', `request: ${request.contactName || request.village} asked for work there; change the request first`);
    for (const id of fields) {
      if (objections.openOf(id) > 0) throw new Refusal('conflict', 'objection: an operator objects to its figure; decide that first');
      const name = operations.map(operation => finishing.finishedBy(id, operation)).find(one => one !== null);
      if (name) throw new Refusal('conflict', `finished: ${name} said that it is finished; take that back first`);
    }
  }
}
