import type { Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { cabRoutes } from '../../../shared/routes/cab.ts';
import { cabOf } from '../../services/cab.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function cabHandlers({ book, guard }: HttpParts): HandlersOf<typeof cabRoutes> {
  /** The cab is always about the own machine. */
  const ownMachine = (actor: Actor): string => {
    if (actor.machine === null) throw new Refusal('forbidden', `duty:write: a ${actor.role} without a machine may not do this`);
    guard.onMachine(actor, 'duty:write', actor.machine);
    return actor.machine;
  };
  /** A machine's own token bears its id; the person in its cab is on the list. */
  const authorOf = ({ role, name, machine }: Actor): string =>
    (role === 'device' && name === machine && book.registry.machines.get(machine)?.operatorName) || name;
  return {
    cab: ({ actor }) => cabOf(book, ownMachine(actor)),
    async switchDuty({ actor, body, audit }) {
      const machine = ownMachine(actor);
      const before = book.duties.of(machine);
      const after = await book.duties.change(machine, authorOf(actor), body);
      if (after) audit(`duty:${machine}`, before, after);
      return body;
    },
    async reportGap({ actor, body }) {
      // No event: it is a fact of the track, as a fix is.
      await book.phoneGaps.report(ownMachine(actor), body);
      return body;
    },
    async cabToken({ actor, audit }) {
      const machine = ownMachine(actor);
      // A token begets no token: who holds a phone's token for a moment could keep one for ever.
      if (actor.role === 'device') throw new Refusal('forbidden', 'duty:write: a token is given to a person, not to a device');
      const { plate } = book.machines.find(machine);
      const token = await book.enrolment.device(machine, { name: actor.name, account: actor.account });
      audit(`token:${machine}`, null, 'issued');
      return { machine, plate, token };
    },
    async cabConsent({ actor, body: { id, text, at }, audit }) {
      const machine = ownMachine(actor);
      const consentAt = Math.min(at, book.clock.season());
      const added = await book.cabStore.addConsent({ _id: id, machine, author: authorOf(actor), text, at: consentAt });
      if (added) audit(`consent:${machine}`, null, { text, at: consentAt });
      return { consentAt };
    },
  };
}
