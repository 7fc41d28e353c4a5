import { Refusal } from '../../../shared/reply.ts';
import type { terminalRoutes } from '../../../shared/routes/terminals.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function terminalHandlers({ book, guard, terminalPort }: HttpParts): HandlersOf<typeof terminalRoutes> {
  const { terminals, registry } = book;
  const divisionOf = (machine: string) => registry.machines.get(machine)?.division ?? '';
  return {
    terminals({ actor }) {
      guard.anywhere(actor, 'terminal:write');
      const within = terminals.list().filter(({ machine }) => guard.reaches(actor, 'terminal:write', divisionOf(machine)));
      return {
        port: terminalPort(),
        terminals: within.map(one => ({
          ...one,
          plate: registry.machines.get(one.machine)?.plate ?? one.machine,
          looksShifted: book.machines.looksShifted(one.machine),
        })),
        unknownCallers: terminals.unknownCallers(),
      };
    },
    async enrolTerminal({ actor, body, audit }) {
      if (!registry.machines.has(body.machine)) throw new Refusal('invalid', `machine: there is no machine ${body.machine}`);
      guard.onMachine(actor, 'terminal:write', body.machine);
      const before = terminals.find(body.number);
      // Nobody takes a terminal away from a machine that is out of reach.
      if (before) guard.onMachine(actor, 'terminal:write', before.machine);
      const terminal = await terminals.enrol(body, actor.name);
      audit(`terminal:${terminal.number}`, before && { machine: before.machine, datum: before.datum }, body);
      return terminal;
    },
    async removeTerminal({ actor, params, audit }) {
      const before = terminals.find(params.number);
      if (!before) throw new Refusal('notFound', `there is no terminal ${params.number}`);
      guard.onMachine(actor, 'terminal:write', before.machine);
      await terminals.remove(before.number);
      audit(`terminal:${before.number}`, { machine: before.machine, datum: before.datum }, null);
      return {};
    },
  };
}
