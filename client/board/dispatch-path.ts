import type { Chosen } from './chosen-card.tsx';

/** Where work is given out, beginning with what is looked at: the unit, and a request or machine that was chosen. */
export function dispatchPath(unit: string, chosen: Chosen): string {
  const query = new URLSearchParams({ division: unit });
  if (chosen?.kind === 'request') query.set('request', chosen.request.id);
  if (chosen?.kind === 'order' && chosen.order.request !== null) query.set('request', chosen.order.request);
  if (chosen?.kind === 'machine') query.set('machine', chosen.id);
  return `/orders?${query}`;
}
