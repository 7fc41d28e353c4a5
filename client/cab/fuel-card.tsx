import type { FuelRequest } from '../../shared/fuel.ts';
import { timeNear } from '../state/format.ts';
import { stored } from './cab-state.ts';
import { claimWords } from './claim-words.ts';

/** The fuel that was asked for: waiting on the phone, received, taken, on its way, here. */
export function FuelCard() {
  const text = claimWords.value;
  const { errands, facts, now } = stored.value!;
  const waiting = errands.findLast(
    ({ route, state, outbox }) => route === 'requestFuel' && state === 'waiting' && outbox === facts.current,
  );
  if (waiting) {
    const { litres } = waiting.body as FuelRequest;
    return <Card title={`${text.fuel} ${text.litres(String(litres))}`} said={text.fuelWaiting} isWaiting />;
  }
  const fuel = facts.inbox?.fuel;
  if (!fuel) return null;
  const { state, litres, stationName, deliveredLitres, pricePerLitre, reason } = fuel;
  const paid = deliveredLitres !== null && pricePerLitre !== null ? text.fuelPaid(String(deliveredLitres), String(pricePerLitre)) : '';
  const said = [text.fuelStates[state], stationName ?? '', fuel.carrier, paid, reason].filter(part => part !== '').join(' · ');
  const title = `${text.fuel} ${text.litres(String(litres))} · ${timeNear(fuel.requestedAt, now)}`;
  return <Card title={title} said={said} isWaiting={state === 'refused'} />;
}

const Card = ({ title, said, isWaiting }: { title: string; said: string; isWaiting: boolean }) => (
  <section class={`cab-repair cab-fuel ${isWaiting ? 'cab-repair--waiting' : ''}`} role="status">
    <div>
      <strong>{title}</strong>
      <p>{said}</p>
    </div>
  </section>
);
