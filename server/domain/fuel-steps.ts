import type { FuelBooking } from '../../shared/fuel.ts';

/** A clock that is ahead by no more than this is taken at its word, ms. */
const CLOCK_AHEAD_MS = 10 * 60_000;

const steps = ['requestedAt', 'takenAt', 'setOutAt', 'deliveredAt', 'refusedAt'] as const;

/** What is wrong with a booking's steps, as `member: what to do`; null: nothing. */
export function wrongFuelSteps(booking: FuelBooking, now: number): string | null {
  for (const step of steps) if ((booking[step] ?? 0) > now + CLOCK_AHEAD_MS) return `${step}: lies in the future; set the clock right`;
  for (const step of steps) if ((booking[step] ?? booking.requestedAt) < booking.requestedAt) return `${step}: lies before the request`;
  if (booking.deliveredAt !== null && booking.refusedAt !== null) return 'refusedAt: it was delivered; take that back first';
  if (booking.deliveredAt !== null && booking.deliveredLitres === null) return 'deliveredLitres: say how many litres were delivered';
  if (booking.refusedAt !== null && booking.reason.trim() === '') return 'reason: say why it is refused';
  return null;
}
