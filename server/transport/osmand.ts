import { createHash } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { DateTime } from 'luxon';
import * as z from 'zod';
import type { Actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Duties } from '../services/duties.ts';
import type { Guard } from '../services/guard.ts';
import type { Log } from '../services/log.ts';
import type { TerminalFix, TerminalOutboxes } from '../services/terminal-outboxes.ts';
import { httpStatus, problemOf } from './problem.ts';

const KMH_PER_KNOT = 1.852;
const number = z.coerce.number();
const optionalNumber = number.nullish().catch(null);

/** As OsmAnd and older Traccar Clients send it, in the query or a form. Speed in knots. */
const flat = z
  .object({ lat: number.optional(), lon: number.optional(), location: z.string().optional(), timestamp: z.union([z.string(), z.number()]) })
  .extend({ speed: optionalNumber, bearing: optionalNumber, heading: optionalNumber, accuracy: optionalNumber })
  .transform(({ lat, lon, location, timestamp, speed, bearing, heading, accuracy }) => {
    const [atLat, atLon] = location ? location.split(',').map(Number) : [lat, lon];
    const speedKmh = speed == null ? null : speed * KMH_PER_KNOT;
    return { lat: atLat, lng: atLon, at: timestamp, speedKmh, headingDeg: bearing ?? heading ?? null, accuracyM: accuracy ?? null };
  });

/** As Traccar Client sends it since its version 9: JSON, speed in m/s, −1 where unknown. */
const nested = z
  .object({
    location: z.object({
      timestamp: z.union([z.string(), z.number()]),
      coords: z.object({ latitude: number, longitude: number, speed: optionalNumber, heading: optionalNumber, accuracy: optionalNumber }),
    }),
  })
  .transform(({ location: { timestamp, coords } }) => ({
    lat: coords.latitude,
    lng: coords.longitude,
    at: timestamp,
    speedKmh: known(coords.speed) === null ? null : coords.speed! * 3.6,
    headingDeg: known(coords.heading),
    accuracyM: known(coords.accuracy),
  }));

const known = (value: number | null | undefined): number | null => (value == null || value < 0 ? null : value);

export interface OsmandDeps {
  actorOf: (secret: string) => Promise<Actor | null>;
  guard: Guard;
  outboxes: TerminalOutboxes;
  duties: Duties;
  log: Log;
}

/**
 * Positions from Traccar Client and OsmAnd: the device's identifier is its token. Answered when durable; a fix that is refused by the rules
 * is stored as such and answered, too, so that the phone does not send it for ever.
 */
export function osmandRouter(deps: OsmandDeps): Router {
  const router = express.Router();
  const take = async (request: Request, response: Response): Promise<void> => {
    try {
      await store(deps, { ...request.query, ...(request.body as object | undefined) });
      response.status(200).end();
    } catch (error) {
      const problem = problemOf(error, deps.log, 'osmand');
      response.status(httpStatus[problem.code]).type('text/plain').send(problem.message);
    }
  };
  router.use(express.json({ limit: '64kb' }), express.urlencoded({ extended: false, limit: '64kb' }));
  router.get('/', take);
  router.post('/', take);
  return router;
}

async function store({ actorOf, guard, outboxes, duties }: OsmandDeps, input: Record<string, unknown>): Promise<void> {
  const token = String(input.id ?? input.deviceid ?? input.device_id ?? '');
  const actor = token === '' ? null : await actorOf(token);
  if (!actor) throw new Refusal('unauthenticated', 'id: must be the token of an enrolled machine');
  if (actor.machine === null) throw new Refusal('forbidden', 'id: this token belongs to no machine');
  guard.onMachine(actor, 'fix:report', actor.machine);
  const fix = fixOf(typeof input.location === 'object' ? nested.parse(input) : flat.parse(input));
  const [wasOff] = await duties.wereOff(actor.machine, [fix.fixTime]);
  if (wasOff) return;
  const outbox = `osmand-${createHash('sha256').update(token).digest('hex').slice(0, 12)}`;
  await outboxes.take(actor.machine, outbox, [fix]);
}

interface Read {
  lat: number | undefined;
  lng: number | undefined;
  at: string | number;
  speedKmh: number | null;
  headingDeg: number | null;
  accuracyM: number | null;
}

function fixOf({ lat, lng, at, speedKmh, headingDeg, accuracyM }: Read): TerminalFix {
  const fixTime = instantOf(at);
  if (fixTime === null) throw new Refusal('invalid', 'timestamp: must be seconds or milliseconds since 1970, or an ISO time');
  if (lat === undefined || lng === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lng) <= 180)) {
    throw new Refusal('invalid', 'lat, lon: must be degrees');
  }
  return { fixTime, lng, lat, speedKmh, headingDeg: headingDeg === null ? null : headingDeg % 360, accuracyM, widthM: null, working: null };
}

/** Seconds have ten digits until 2286; more are milliseconds. */
function instantOf(at: string | number): number | null {
  const count = Number(at);
  if (Number.isFinite(count) && count > 0) return Math.round(count < 1e11 ? count * 1000 : count);
  const read = DateTime.fromISO(String(at), { zone: 'utc' });
  return read.isValid ? read.toMillis() : null;
}
