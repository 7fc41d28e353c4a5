import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';

/** Fuel that is brought to a machine in its field. Instants are on the season's clock. */

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.number().min(0).max(8.64e15);
const litres = z.number().positive().max(5000);

/** 加油单. Its state follows from its times: whoever edits it names an instant, never a state. */
export const fuelBookingSchema = z.object({
  /** Made by whoever writes it down first, so that a retry is the same booking. */
  id: z.uuid(),
  /** Null: a machine that is on no list; then the plate alone names it. */
  machine: machineIdSchema.nullable(),
  plate: z.string().min(1).max(20),
  /** Who brings it; null: no station knows of it. */
  station: z.string().nullable(),
  division: divisionCodeSchema.nullable(),
  /** Where to. */
  lngLat: position.nullable(),
  source: z.enum(['cab', 'station']),
  /** Asked for. */
  litres,
  note: z.string().max(300),
  requestedAt: instant,
  takenAt: instant.nullable(),
  setOutAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  refusedAt: instant.nullable(),
  /** Person or vehicle that brings it. */
  carrier: z.string().max(60),
  deliveredLitres: litres.nullable(),
  pricePerLitre: z.number().min(0).max(100).nullable(),
  /** Of a refusal. */
  reason: z.string().max(200),
  author: z.string(),
  /** Rises with every edit. */
  version: z.number().int().min(1),
});
export type FuelBooking = z.infer<typeof fuelBookingSchema>;

export const fuelStates = ['requested', 'taken', 'onTheWay', 'delivered', 'refused'] as const;
export type FuelState = (typeof fuelStates)[number];

export function fuelStateOf({
  takenAt,
  setOutAt,
  deliveredAt,
  refusedAt,
}: Pick<FuelBooking, 'takenAt' | 'setOutAt' | 'deliveredAt' | 'refusedAt'>): FuelState {
  if (deliveredAt !== null) return 'delivered';
  if (refusedAt !== null) return 'refused';
  if (setOutAt !== null) return 'onTheWay';
  return takenAt === null ? 'requested' : 'taken';
}

/** From the cab: kept on the phone and sent again until it is answered. */
export const fuelRequestSchema = fuelBookingSchema.pick({ id: true, litres: true, note: true, lngLat: true, requestedAt: true });
export type FuelRequest = z.infer<typeof fuelRequestSchema>;

/** As a station or a dispatcher writes it down for somebody who telephones. `machine` names it, else `plate` alone does. */
export const fuelLogSchema = fuelRequestSchema.extend({
  machine: machineIdSchema.nullable(),
  plate: z.string().trim().max(20),
  /** Null by a dispatcher: the nearest station. */
  station: z.string().nullable(),
});
export type FuelLog = z.infer<typeof fuelLogSchema>;

/** What may be changed: each step by its instant, the station that brings it, and what was brought. */
export const fuelChangesSchema = fuelBookingSchema
  .pick({
    station: true,
    litres: true,
    note: true,
    takenAt: true,
    setOutAt: true,
    deliveredAt: true,
    refusedAt: true,
    carrier: true,
    deliveredLitres: true,
    pricePerLitre: true,
    reason: true,
  })
  .partial();
export type FuelChanges = z.infer<typeof fuelChangesSchema>;

/** With the names that a page shows beside it. */
export const fuelShownSchema = fuelBookingSchema.extend({
  state: z.enum(fuelStates),
  stationName: z.string().nullable(),
  operatorName: z.string().nullable(),
});
export type FuelShown = z.infer<typeof fuelShownSchema>;
