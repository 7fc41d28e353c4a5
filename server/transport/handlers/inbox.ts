import type { Action, Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { inboxRoutes } from '../../../shared/routes/inbox.ts';
import { dayOf, dayStart } from '../../../shared/season.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function inboxHandlers({ book, guard }: HttpParts): HandlersOf<typeof inboxRoutes> {
  /** The inbox is always the own machine's. */
  const ownMachine = (actor: Actor, action: Action): string => {
    if (actor.machine === null) throw new Refusal('forbidden', `${action}: a ${actor.role} without a machine may not do this`);
    guard.onMachine(actor, action, actor.machine);
    return actor.machine;
  };
  return {
    async inbox({ actor }) {
      const machine = ownMachine(actor, 'notice:read');
      ownMachine(actor, 'order:read');
      const asOf = book.clock.season();
      const orders = book.orders.ofMachine(machine, dayStart(dayOf(asOf))).map(book.orders.shown);
      const fuel = book.fuel.ofInterest(machine, asOf);
      return { asOf, orders, notices: await book.notices.forMachine(machine), ...(fuel && { fuel }) };
    },
    async readNotice({ actor, params, body }) {
      await book.notices.read(params.id, ownMachine(actor, 'notice:read'), body.at);
      return {};
    },
  };
}
