import type { Advice } from '../../../shared/advice.ts';
import type { adviceRoutes } from '../../../shared/routes/advice.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

/** The audit trail's view of advice: what was made of it, not all of its reasons, which stay with it. */
const asAudited = ({ kind, division, operation, state, steps, decision, version }: Advice) => ({
  ...{ kind, division, operation, state, decision, version },
  machines: steps.filter(step => !step.isLater).map(step => step.offer.machine),
});

export function adviceHandlers({ book, guard, advice }: HttpParts): HandlersOf<typeof adviceRoutes> {
  const { adviceBook, fleet, registry } = book;
  const { desk, whatIfs } = advice;
  const countyOf = (machine: string) => fleet.machines.get(machine)?.county ?? null;
  /** Advice that does not exist concerns nobody: only those who may see all learn that. */
  const divisionOf = async (id: string): Promise<string> => (await adviceBook.find(id).catch(() => null))?.division ?? '';
  const cityCode = () => registry.root()?.code ?? '';

  return {
    async adviceList({ actor, query }) {
      guard.onDivision(actor, 'advice:read', query.division);
      return {
        asOf: book.clock.season(),
        advice: await adviceBook.list(query.division, query.state),
        running: desk.runningIn(query.division),
      };
    },
    async adviceOne({ actor, params }) {
      guard.onDivision(actor, 'advice:read', await divisionOf(params.id));
      return adviceBook.shownOne(params.id);
    },
    async askAdvice({ actor, body, audit }) {
      guard.onDivision(actor, 'advice:decide', body.division);
      const given = await desk.ask(body);
      if (given.advice) audit(`advice:${given.advice.id}`, null, asAudited(given.advice));
      else audit(`advice:${body.kind}:${body.division}`, null, given.nothing);
      return given;
    },
    async approveAdvice({ actor, params, body, audit }) {
      const division = await divisionOf(params.id);
      guard.onDivision(actor, 'advice:decide', division);
      for (const { offer } of body.steps) {
        // Whatever was changed in it must be within reach, too.
        guard.onMachine(actor, 'order:write', offer.machine, countyOf(offer.machine));
        guard.onDivision(actor, 'order:write', offer.division ?? division);
      }
      const before = await adviceBook.shownOne(params.id);
      const after = await desk.approve(params.id, { ...body, by: actor.name });
      audit(`advice:${after.id}`, asAudited(before), asAudited(after));
      return after;
    },
    async refuseAdvice({ actor, params, body, audit }) {
      guard.onDivision(actor, 'advice:decide', await divisionOf(params.id));
      const before = await adviceBook.shownOne(params.id);
      const after = await desk.refuse(params.id, { ...body, by: actor.name });
      audit(`advice:${after.id}`, asAudited(before), asAudited(after));
      return after;
    },
    async whatIf({ actor, body }) {
      guard.anywhere(actor, 'advice:decide');
      // Moves between units are the city's: another sees what becomes of its own.
      const isCity = guard.reaches(actor, 'advice:decide', cityCode());
      const { units, ...answer } = await whatIfs.compare({ ...body, withMoves: body.withMoves && isCity });
      return { ...answer, units: units.filter(({ division }) => guard.reaches(actor, 'forecast:read', division)) };
    },
    async adoptWhatIf({ actor, body, audit }) {
      guard.onCity(actor, 'advice:decide');
      const advice = await adviceBook.put(await whatIfs.adopt(body));
      audit(`advice:${advice.id}`, null, { ...asAudited(advice), scenario: body });
      return advice;
    },
  };
}
