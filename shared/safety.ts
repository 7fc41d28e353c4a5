import * as z from 'zod';
import { machineKinds } from './reception.ts';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { daySchema } from './season.ts';

/** Accidents, and who was trained and which machines were overhauled before the season. */

const instant = z.number().min(0).max(8.64e15);
const line = (most: number) => z.string().trim().max(most);

export const accidentKinds = ['road', 'overturn', 'entangled', 'fire', 'electric', 'collision', 'other'] as const;
export type AccidentKind = (typeof accidentKinds)[number];

export const accidentInputSchema = z.object({
  id: z.uuid(),
  at: instant,
  division: divisionCodeSchema,
  place: line(80).min(1),
  machine: machineIdSchema.nullable(),
  plate: line(20),
  kind: z.enum(accidentKinds),
  injured: z.number().int().min(0).max(999),
  dead: z.number().int().min(0).max(999),
  what: line(1000).min(1),
  measures: line(1000),
});
export type AccidentInput = z.infer<typeof accidentInputSchema>;
export const accidentSchema = accidentInputSchema.extend({
  /** That wrote it down; null: a dispatcher did. */
  station: z.string().nullable(),
  author: z.string(),
  version: z.number().int().min(1),
});
export type Accident = z.infer<typeof accidentSchema>;

/** A person who was trained: once a subject and day. */
export const trainedSchema = z.object({
  id: z.uuid(),
  year: z.number().int(),
  division: divisionCodeSchema,
  name: z.string(),
  phone: z.string(),
  subject: z.string(),
  day: daySchema,
});
export type Trained = z.infer<typeof trainedSchema>;

export const overhauledSchema = z.object({
  id: z.uuid(),
  year: z.number().int(),
  division: divisionCodeSchema,
  plate: z.string(),
  kind: z.enum(machineKinds),
  owner: z.string(),
  workshop: z.string(),
  day: daySchema,
});
export type Overhauled = z.infer<typeof overhauledSchema>;
export const registers = ['trained', 'overhauled'] as const;
export type RegisterName = (typeof registers)[number];
