import { randomUUID } from 'node:crypto';
import type { Action, Actor } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { claimRoutes } from '../../../shared/routes/claims.ts';
import { answerNotice } from '../../services/answer-notice.ts';
import { asAudited, type ObjectionChange } from '../../services/objections.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function claimHandlers({ book, guard }: HttpParts): HandlersOf<typeof claimRoutes> {
  const { objections, finishing, workRecord, registry } = book;
  const ownMachine = (actor: Actor, action: Action): string => {
    if (actor.machine === null) throw new Refusal('forbidden', `${action}: a ${actor.role} without a machine may not do this`);
    guard.onMachine(actor, action, actor.machine);
    return actor.machine;
  };
  /** A machine's own token bears its id; the person in its cab is on the list. */
  const authorOf = ({ role, name, machine }: Actor): string =>
    (role === 'device' && name === machine && registry.machines.get(machine)?.operatorName) || name;
  const changed = ({ before, after }: ObjectionChange, audit: (object: string, before: unknown, after: unknown) => void) => {
    if (before !== after) audit(`objection:${after.id}`, before && asAudited(before), asAudited(after));
    return objections.shown(after);
  };
  return {
    async record({ actor }) {
      const machine = ownMachine(actor, 'objection:read');
      const rows = await workRecord.of(machine);
      return { asOf: book.clock.season(), rows: rows.map(row => ({ ...row, ...objections.onRow({ ...row, machine }) })) };
    },
    async object({ actor, body, audit }) {
      const machine = ownMachine(actor, 'objection:write');
      return changed(await objections.object(machine, body, authorOf(actor)), audit);
    },
    async claimFinished({ actor, params, body, audit }) {
      const machine = ownMachine(actor, 'field:claim');
      const { before, after } = await finishing.claim(params.id, body, { machine, name: authorOf(actor) });
      if (before?.id !== after.id) audit(`field:${params.id}`, before, after);
      return after;
    },
    async claims({ actor, query }) {
      guard.onDivision(actor, 'objection:read', query.division);
      const list = await objections.list(query);
      return { asOf: book.clock.season(), ...list, finished: finishing.waiting(query.division, query.field).slice(0, 100) };
    },
    async settleObjection({ actor, params, body, audit }) {
      guard.onDivision(actor, 'objection:settle', objections.townOf(params.id));
      const change = await objections.settle(params.id, body, actor.name);
      const shown = await changed(change, audit);
      // He finds it in his record too: an answer that is not heard of because the database is away is not lost.
      if (change.before !== change.after) await book.notices.send({ id: randomUUID(), ...answerNotice(shown) }, actor.name);
      return shown;
    },
    async judgeField({ actor, params, body, audit }) {
      guard.onDivision(actor, 'field:write', registry.fields.get(params.id)?.town ?? '');
      const { before, after } = await finishing.judge(params.id, body, actor.name);
      if (before?.id !== after.id) audit(`field:${params.id}`, before, after);
      return after;
    },
  };
}
