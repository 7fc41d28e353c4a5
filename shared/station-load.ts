import * as z from 'zod';

/** A mobile team of a station: who drives out to a field. */
export const teamSchema = z.object({
  id: z.uuid(),
  station: z.string().max(40),
  name: z.string().trim().min(1).max(40),
  people: z.string().trim().max(120),
  phone: z.string().trim().max(30),
  /** A team that is gone stays on record. */
  isGone: z.boolean(),
});
export type Team = z.infer<typeof teamSchema>;

export const stationLoadSchema = z.object({
  station: z.string(),
  name: z.string(),
  /** Not back yet: all, those nobody has begun, those that wait for parts. */
  open: z.number().int(),
  waiting: z.number().int(),
  waitingParts: z.number().int(),
  /** Longer in their stage than is usual. */
  overdue: z.number().int(),
  /** Hours from the call until the machine was back, the mean of this season's; null: none is back yet. */
  meanReturnH: z.number().nullable(),
  returned: z.number().int(),
  /** Names of parts below their minimum. */
  partsMissing: z.array(z.string()),
  /** Litres in the tank; null: not kept here. */
  fuelL: z.number().nullable(),
});
export type StationLoad = z.infer<typeof stationLoadSchema>;
