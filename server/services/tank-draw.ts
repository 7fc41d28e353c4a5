import type { FuelBooking } from '../../shared/fuel.ts';
import type { FuelStore } from '../stores/fuel.ts';
import type { Stock } from './stock.ts';

export interface Delivery {
  /** Of the booking: by it the tank is drawn from once. */
  id: string;
  station: string;
  litres: number;
  by: string;
}

/** What leaves a station's tank by a booking; null: nothing was delivered. */
export function deliveryOf({ id, station, deliveredAt, deliveredLitres, litres, carrier, author }: FuelBooking): Delivery | null {
  if (deliveredAt === null || station === null) return null;
  return { id, station, litres: deliveredLitres ?? litres, by: carrier || author };
}

/**
 * A booking is saved first and the tank follows. What was cut off in between is made up for at the next start: deliveries since the tank was
 * counted last (a count has them in it already), or since it is kept. Returns how many there were.
 */
export async function drawMissed(stock: Stock, fuel: FuelStore): Promise<number> {
  let drawn = 0;
  for (const { station, since } of await stock.tanks())
    for (const booking of await fuel.deliveredSince(station, since)) {
      const delivery = deliveryOf(booking);
      if (delivery && (await stock.fuelDelivered(delivery))) drawn++;
    }
  return drawn;
}
