import type { Action, Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { inboxRoutes } from '../../../shared/routes/inbox.ts';
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
    inbox({ actor }) {
      ownMachine(actor, 'notice:read');
      ownMachine(actor, 'order:read');
      return { asOf: book.clock.season(), orders: [], notices: [] };
    },
    readNotice({ actor, params }) {
      ownMachine(actor, 'notice:read');
      throw new Refusal('notFound', `id: there is no notice ${params.id} for this machine`);
    },
  };
}
