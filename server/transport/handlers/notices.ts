import type { Notice } from '../../../shared/notice.ts';
import type { noticeRoutes } from '../../../shared/routes/notices.ts';
import { auditedNotice } from '../../services/notices.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

const kindsOf = (list: string): Notice['kinds'] =>
  (['combine', 'seeder', 'tractor'] as const).filter(kind => list.split(',').includes(kind));

export function noticeHandlers({ book, guard }: HttpParts): HandlersOf<typeof noticeRoutes> {
  const { notices, audience } = book;
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;
  return {
    async notices({ actor, query }) {
      guard.onDivision(actor, 'notice:write', query.division);
      return { asOf: book.clock.season(), ...(await notices.list(query.division, query.from)) };
    },
    async sendNotice({ actor, body, audit }) {
      guard.onDivision(actor, 'notice:write', body.division);
      for (const machine of body.machines) guard.onMachine(actor, 'notice:write', machine, countyOf(machine));
      if (body.order !== null) {
        const machine = await notices.machineOfOrder(body.order);
        if (machine !== null) guard.onMachine(actor, 'notice:write', machine, countyOf(machine));
      }
      const { notice, isNew } = await notices.send(body, actor.name);
      if (isNew) audit(`notice:${notice.id}`, null, auditedNotice(notice));
      return notices.shown(notice);
    },
    noticeAudience({ actor, query }) {
      guard.onDivision(actor, 'notice:write', query.division);
      const machines = audience.of({ division: query.division, kinds: kindsOf(query.kinds) });
      return { machines: machines.length, onDuty: machines.filter(audience.onDuty).length };
    },
    async withdrawNotice({ actor, params, audit }) {
      const before = await notices.find(params.id);
      guard.onDivision(actor, 'notice:write', before.division);
      const after = await notices.withdraw(params.id, actor.name);
      if (after) audit(`notice:${after.id}`, auditedNotice(before), auditedNotice(after));
      return {};
    },
  };
}
