import * as z from 'zod';
import { divisionCodeSchema } from './registry.ts';
import { daySchema } from './season.ts';

/** After so many hours a field that is cut and not sown is late. */
export const UNSOWN_AFTER_H = 48;

/** A field between its two operations. Instants on the season's clock; null: not yet, or nobody knows. */
export const chainFieldSchema = z.object({
  field: z.string(),
  village: z.string(),
  town: divisionCodeSchema,
  county: divisionCodeSchema,
  areaMu: z.number(),
  lngLat: z.tuple([z.number(), z.number()]),
  cutAt: z.number(),
  sowingAt: z.number().nullable(),
  sownAt: z.number().nullable(),
  /** From cut to sown, or to now. */
  hours: z.number(),
});
export type ChainField = z.infer<typeof chainFieldSchema>;

export const chainSchema = z.object({
  division: divisionCodeSchema,
  asOf: z.number(),
  /** Cut and not sown, all of them; and those above `UNSOWN_AFTER_H`. */
  waiting: z.object({ fields: z.number(), mu: z.number() }),
  late: z.object({ fields: z.number(), mu: z.number() }),
  /** Median hours from cut to sown, of fields that are through; null: none yet. */
  medianHours: z.number().nullable(),
  /** Today, tomorrow and the day after: seeders that the ground open by then asks for, and those present. */
  seeders: z.array(z.object({ day: daySchema, openMu: z.number(), needed: z.number().nullable(), present: z.number() })),
});
export type Chain = z.infer<typeof chainSchema>;
