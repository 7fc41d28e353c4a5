import { type DrainPace, firstPace } from '../../shared/drain-pace.ts';

/** What the sender of one outbox has under way; the outbox itself is in the database of the phone. */
export interface Sending {
  /** Everything up to here was sent on this connection, or is acked. */
  sentTo: number;
  unacked: number;
  /** The server asked for a pause until then (wall clock). */
  pausedUntil: number;
  lastSentAt: number;
  pace: DrainPace;
}

export type Step = { do: 'send'; most: number } | { do: 'wait'; ms: number } | { do: 'rest' };

/** More waiting than this: it was away, and drains. */
export const BACKLOG = 60;
const MOST_UNACKED = 2;
/** On one bar of signal a few fixes together cost as much as one. */
const LINGER_MS = 3000;

/** What to do next. While draining at most two batches are unacked, so that the live lane is not held up. */
export function nextStep(sending: Sending, lastSeq: number, now: number): Step {
  const waiting = lastSeq - sending.sentTo;
  if (waiting <= 0 || sending.unacked >= MOST_UNACKED) return { do: 'rest' };
  if (sending.pausedUntil > now) return { do: 'wait', ms: sending.pausedUntil - now };
  if (waiting > BACKLOG) return { do: 'send', most: sending.pace.most };
  const sendAt = sending.lastSentAt + LINGER_MS;
  return sendAt > now ? { do: 'wait', ms: sendAt - now } : { do: 'send', most: BACKLOG };
}

/** After a connection, or when something is lost: all that is not acked counts as not sent. */
export const rewound = (acked: number): Sending => ({
  sentTo: acked,
  unacked: 0,
  pausedUntil: 0,
  lastSentAt: 0,
  pace: firstPace,
});
