import { Refusal } from '../../../shared/reply.ts';
import type { forecastRoutes } from '../../../shared/routes/forecasts.ts';
import { addDays, dayOf } from '../../../shared/season.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function forecastHandlers({ book, guard, forecasts, beforeRain, chain }: HttpParts): HandlersOf<typeof forecastRoutes> {
  const { registry, rain, clock } = book;
  return {
    forecast: async ({ actor, query }) => {
      guard.onDivision(actor, 'forecast:read', query.division);
      const { at, series, forecast } = await forecasts.of(query.division, query.operation);
      return { at, series, forecast };
    },
    replay: ({ actor, query }) => {
      guard.onDivision(actor, 'forecast:read', query.division);
      return forecasts.replay(query.division, query.operation, query.day);
    },
    beforeRain: ({ actor, query }) => {
      guard.onDivision(actor, 'forecast:read', query.division);
      if (!registry.divisions.has(query.division)) throw new Refusal('notFound', `division: there is no unit ${query.division}`);
      return beforeRain.of(query.division);
    },
    rain: ({ actor, query }) => {
      guard.anywhere(actor, 'forecast:read');
      const today = dayOf(clock.season());
      const from = query.from ?? addDays(today, -2);
      const days = Array.from({ length: query.days }, (_, at) => addDays(from, at));
      const city = registry.root();
      // The city's rain stands for every unit that has none of its own: whoever reads forecasts reads it.
      const shown = city ? [city, ...registry.children(city.code).filter(({ code }) => guard.reaches(actor, 'forecast:read', code))] : [];
      const units = shown.map(({ code, name, nameEn }) => ({
        division: code,
        name,
        ...(nameEn !== undefined && { nameEn }),
        mayWrite: guard.reaches(actor, 'weather:write', code),
        rain: days.map(day => rain.own(code, day)),
      }));
      return { today, days, units };
    },
    putRain: async ({ actor, body, audit }) => {
      for (const division of new Set(body.rows.map(row => row.division))) guard.onDivision(actor, 'weather:write', division);
      const changes = await rain.put(body.rows, actor.name);
      for (const { division, day, before, after } of changes) audit(`rain:${division}:${day}`, before, after);
      return { changed: changes.length };
    },
    chain: ({ actor, query }) => {
      guard.onDivision(actor, 'forecast:read', query.division);
      return chain.of(query.division);
    },
    chainFields: ({ actor, query }) => {
      guard.onDivision(actor, 'forecast:read', query.division);
      return chain.fields(query.division, query);
    },
  };
}
