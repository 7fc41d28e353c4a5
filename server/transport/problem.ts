import * as z from 'zod';
import { type Problem, type ProblemCode, Refusal } from '../../shared/reply.ts';
import type { Log } from '../services/log.ts';

export const httpStatus: Record<ProblemCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
  internal: 500,
};

/** The driver's names for a database out of reach, and the server's for one that is on its way down or up. */
const AWAY =
  /^Mongo(Network|ServerSelection|NotConnected|PoolCleared|TopologyClosed|WaitQueueTimeout|WriteConcern|ExpiredSession)|^PoolCleared/;
const AWAY_CODES =
  /^(ShutdownInProgress|Interrupted\w*|PrimarySteppedDown|NotWritablePrimary|NotPrimary\w*|ReadConcernMajorityNotAvailableYet|WriteConcern\w*|HostUnreachable|ExceededTimeLimit)$/;
/** What its socket says, which the driver lets through when the other side has only just ended it. */
const AWAY_SOCKET = /^(EPIPE|ECONNRESET|ECONNREFUSED|ERR_STREAM_\w+)$/;
const TRY_AGAIN_MS = 1000;

function isAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code, codeName } = error as { code?: unknown; codeName?: unknown };
  return AWAY.test(error.name) || AWAY_CODES.test(String(codeName)) || AWAY_SOCKET.test(String(code));
}

/** What a sender is told, from whatever was thrown: the one place where errors become problems. */
export function problemOf(error: unknown, log: Log, what: string): Problem {
  if (error instanceof Refusal) return { code: error.code, message: error.message, ...error.extra };
  if (error instanceof z.ZodError) {
    const message = error.issues
      .slice(0, 5)
      .map(issue => `${issue.path.join('.') || 'message'}: ${issue.message}`)
      .join('; ');
    return { code: 'invalid', message };
  }
  if (isAway(error)) {
    log.warn({ error: error.message }, `${what}: the database is out of reach`);
    return { code: 'unavailable', message: 'the database does not answer; try again', retryAfterMs: TRY_AGAIN_MS };
  }
  log.error({ error: error instanceof Error ? error.stack : String(error) }, `${what} failed`);
  return { code: 'internal', message: 'something went wrong here; it is in the log of the program' };
}
