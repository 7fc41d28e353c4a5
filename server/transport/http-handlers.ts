import type { Actor, Role } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { AdviceOffice } from '../services/advice/advice-office.ts';
import type { BeforeRain } from '../services/before-rain.ts';
import type { ChainBook } from '../services/chain-book.ts';
import type { DemoSignIn } from '../services/demo-sign-in.ts';
import { digestOf } from '../services/digest.ts';
import type { Fields } from '../services/fields.ts';
import type { Forecasts } from '../services/forecasts.ts';
import type { Guard } from '../services/guard.ts';
import type { Imports } from '../services/imports/imports.ts';
import { maskedPhone } from '../services/masked-phone.ts';
import { placesOf } from '../services/places.ts';
import type { RegistryDesk } from '../services/registry-desk/registry-desk.ts';
import type { Regrouping } from '../services/regrouping.ts';
import { search } from '../services/search.ts';
import type { SeasonBook } from '../services/season-book.ts';
import type { SeasonSetup } from '../services/season-setup.ts';
import { accountHandlers } from './handlers/accounts.ts';
import { adviceHandlers } from './handlers/advice.ts';
import { alertHandlers } from './handlers/alerts.ts';
import { bulletinHandlers } from './handlers/bulletins.ts';
import { cabHandlers } from './handlers/cab.ts';
import { candidateHandlers } from './handlers/candidates.ts';
import { claimHandlers } from './handlers/claims.ts';
import { evidenceHandlers } from './handlers/evidence.ts';
import { fieldHandlers } from './handlers/fields.ts';
import { forecastHandlers } from './handlers/forecasts.ts';
import { fuelHandlers } from './handlers/fuel.ts';
import { historyHandlers } from './handlers/history.ts';
import { inboxHandlers } from './handlers/inbox.ts';
import { noticeHandlers } from './handlers/notices.ts';
import { orderHandlers } from './handlers/orders.ts';
import { permitHandlers } from './handlers/permits.ts';
import { receptionHandlers } from './handlers/reception.ts';
import { recomputationHandlers } from './handlers/recomputations.ts';
import { registryHandlers } from './handlers/registry.ts';
import { repairHandlers } from './handlers/repairs.ts';
import { reportingHandlers } from './handlers/reporting.ts';
import { safetyHandlers } from './handlers/safety.ts';
import { screenHandlers } from './handlers/screens.ts';
import { setupHandlers } from './handlers/setup.ts';
import { stationHandlers } from './handlers/stations.ts';
import { stockHandlers } from './handlers/stock.ts';
import { terminalHandlers } from './handlers/terminals.ts';
import { webhookHandlers } from './handlers/webhook.ts';
import type { HttpHandlers } from './http.ts';
import { cookieOf, SESSION_COOKIE, sessionCookie } from './secrets.ts';

export interface HttpParts {
  book: SeasonBook;
  fields: Fields;
  regrouping: Regrouping;
  guard: Guard;
  setup: SeasonSetup;
  /** Brings the program up again on what is stored. */
  reopen: (() => void) | null;
  imports: Imports;
  advice: AdviceOffice;
  demo: boolean;
  demoSignIn: DemoSignIn | null;
  /** Null outside the demonstration. */
  newDemoSeason: (() => void) | null;
  tiles: string | null;
  /** Address for links; null: unset. */
  publicUrl: string | null;
  secureCookie: boolean;
  endSession: (secret: string) => void;
  endHash: (hash: string) => void;
  /** Where terminals are listened for; null: nowhere. */
  terminalPort: () => number | null;
  forecasts: Forecasts;
  beforeRain: BeforeRain;
  chain: ChainBook;
  registryDesk: RegistryDesk;
}

/** What each route does: who may, then what. */
export function httpHandlers(parts: HttpParts): HttpHandlers {
  const { book, fields, guard, demo, demoSignIn, newDemoSeason, tiles, secureCookie, endSession } = parts;
  const { registry, board, machines, credentials } = book;
  const cookie = sessionCookie(secureCookie);
  // A field that does not exist lies nowhere: whoever may not see all learns nothing from trying ids.
  const townOf = (field: string) => registry.townOfField(field);
  const countyOf = (machine: string) => book.fleet.machines.get(machine)?.county ?? null;
  return {
    ...accountHandlers(parts),
    ...setupHandlers(parts),
    ...cabHandlers(parts),
    ...claimHandlers(parts),
    ...inboxHandlers(parts),
    ...repairHandlers(parts),
    ...fuelHandlers(parts),
    ...stockHandlers(parts),
    ...stationHandlers(parts),
    ...reportingHandlers(parts),
    ...bulletinHandlers(parts),
    ...screenHandlers(parts),
    ...terminalHandlers(parts),
    ...adviceHandlers(parts),
    ...noticeHandlers(parts),
    ...alertHandlers(parts),
    ...webhookHandlers(parts),
    ...orderHandlers(parts),
    ...forecastHandlers(parts),
    ...evidenceHandlers(parts),
    ...receptionHandlers(parts),
    ...permitHandlers(parts),
    ...safetyHandlers(parts),
    ...candidateHandlers(parts),
    ...fieldHandlers(parts),
    ...recomputationHandlers(parts),
    ...historyHandlers(parts),
    ...registryHandlers(parts),
    session: ({ actor }) => ({ ...actor, demo }),
    async demoSignIn({ body, response, by, audit }) {
      if (!demoSignIn) throw new Refusal('forbidden', 'one-click sign-in exists only in the demonstration, on this computer');
      const actor: Actor = demoSignIn.actorFor(body.role);
      const { secret, expiresAt } = await credentials.openSession(actor);
      response.cookie(SESSION_COOKIE, secret, { ...cookie, expires: new Date(expiresAt) });
      by.actor = actor;
      audit(`session:${actor.name}`, null, { role: actor.role });
      return actor;
    },
    newDemoSeason({ actor, audit }) {
      guard.onCity(actor, 'clock:set');
      if (!newDemoSeason) throw new Refusal('forbidden', 'only the demonstration can begin anew');
      audit('season:demonstration', null, 'begun anew');
      newDemoSeason();
      return {};
    },
    async signOut({ actor, request, response, audit }) {
      const secret = cookieOf(request);
      if (secret) {
        await credentials.end(secret);
        endSession(secret);
        audit(`session:${actor.name}`, { role: actor.role }, null);
      }
      response.clearCookie(SESSION_COOKIE, cookie);
      return {};
    },
    welcome: () => ({
      demo,
      season: registry.season,
      clock: book.clock.current(),
      oneClickRoles: demoSignIn ? [...demoSignIn.roles] : ([] as Role[]),
      tiles,
      waitsForAdministrator: !demo && !book.people.accounts.hasAdministrator(),
    }),
    places: ({ actor }) => {
      guard.anywhere(actor, 'view:read');
      return placesOf(registry);
    },
    fieldTile: ({ actor, params, response }) => {
      guard.anywhere(actor, 'field:read');
      response.set('Cache-Control', 'private, max-age=0, must-revalidate');
      return fields.tile(params.x, params.y, town => guard.reaches(actor, 'field:read', town));
    },
    field: ({ actor, params }) => {
      guard.onDivision(actor, 'field:read', townOf(params.id));
      return fields.detail(params.id);
    },
    fields: ({ actor, query }) => {
      guard.onDivision(actor, 'field:read', query.division);
      return fields.list(query.division, query.stage, query.from);
    },
    createField: async ({ actor, body, audit }) => {
      guard.onDivision(actor, 'field:write', body.town);
      const field = await fields.create(body);
      audit(`field:${field.id}`, null, field);
      return field;
    },
    editField: async ({ actor, params, body, audit }) => {
      guard.onDivision(actor, 'field:write', townOf(params.id));
      const { shape, areaDm2 } = fields.find(params.id);
      const field = await fields.reshape(params.id, body.polygon, body.version);
      audit(`field:${field.id}`, { polygon: shape.polygon, areaDm2 }, { polygon: field.polygon, areaMu: field.areaMu });
      return field;
    },
    machine: ({ actor, params }) => {
      guard.onMachine(actor, 'machine:read', params.id, countyOf(params.id));
      const machine = machines.detail(params.id);
      // By whom it belongs to, not by where it happens to be.
      const mayCall = guard.reaches(actor, 'machine:phone', machine.division);
      return mayCall ? machine : { ...machine, operatorPhone: maskedPhone(machine.operatorPhone) };
    },
    trail: ({ actor, params, query }) => {
      guard.onMachine(actor, 'machine:trail', params.id, countyOf(params.id));
      return machines.trail(params.id, query.from, query.to);
    },
    search: ({ actor, query }) => {
      // A station sees no map, but finds any machine by its plate.
      if (!guard.mayAnywhere(actor, 'view:read')) guard.anywhere(actor, 'machine:read');
      const sees = (code: string) => guard.reaches(actor, 'view:read', code);
      return search(registry, query.q, { division: sees, machine: code => sees(code) || guard.reaches(actor, 'machine:read', code) });
    },
    progress: ({ actor, query }) => {
      guard.onDivision(actor, 'progress:read', query.division);
      return board.onDay(query.division, query.day);
    },
    parts: ({ actor, query }) => {
      guard.onDivision(actor, 'progress:read', query.division);
      return board.partsOf(query.division);
    },
    reported: async ({ actor, body, audit }) => {
      guard.onDivision(actor, 'reported:write', body.division);
      const unit = registry.divisions.get(body.division);
      if (!unit) throw new Refusal('invalid', `division: there is no unit ${body.division}`);
      if (unit.level === 'city') throw new Refusal('invalid', 'division: towns and counties report, the city adds up');
      const before = book.reported.latest(body.division, body.operation, body.day);
      const { plantedMu, plannedMu } = board.areasOf(body.division);
      const areaMu = body.operation === 'harvest' ? plantedMu : plannedMu;
      const figure = await book.reported.report(body, { author: actor.name, areaMu });
      // The same again, after an answer that was lost, is the figure that is there already.
      if (figure !== before) audit(`reported:${body.division}:${body.operation}`, before, figure);
      return figure;
    },
    async issueToken({ actor, body, audit }) {
      guard.onCity(actor, 'token:issue');
      audit('viewer' in body ? 'token:viewer' : `token:${body.machine}`, null, 'issued');
      if ('viewer' in body) return { token: await book.enrolment.viewer() };
      return { machine: body.machine, token: await book.enrolment.device(body.machine) };
    },
    async digest({ actor }) {
      guard.onCity(actor, 'digest:read');
      await book.fold.evaluateAll();
      return digestOf(book.log, book.fold);
    },
  };
}
