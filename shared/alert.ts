import * as z from 'zod';
import { divisionCodeSchema } from './registry.ts';

/** 提醒: a rule found something that a dispatcher must know. One alert for one rule and subject as long as it lasts. */
export const alertRules = [
  'silent',
  'idle',
  'outside',
  'chance',
  'unsown',
  'station',
  'handedOver',
  'twoDevices',
  'shifted',
  'objection',
] as const;
export type AlertRule = (typeof alertRules)[number];

export const alertSchema = z.object({
  id: z.uuid(),
  rule: z.enum(alertRules),
  /** `machine:ID`, `division:CODE:operation`, `station:ID`, `field:ID`. */
  subject: z.string(),
  /** As a person calls it: plate, unit, station, village. */
  subjectName: z.string(),
  division: divisionCodeSchema,
  lngLat: z.tuple([z.number(), z.number()]).nullable(),
  /** Figures for the sentence that the page makes. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  since: z.number(),
  lastAt: z.number(),
  /** 2: nobody acknowledged it in time, so it is everybody's above too. */
  level: z.union([z.literal(1), z.literal(2)]),
  acknowledged: z.object({ by: z.string(), at: z.number() }).nullable(),
  endedAt: z.number().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** A rule as it stands this season. */
export const alertRuleSchema = z.object({
  rule: z.enum(alertRules),
  isOn: z.boolean(),
  limit: z.number().min(0).max(10_000),
  unit: z.enum(['min', 'h', 'share', 'count']),
  /** Unacknowledged for so long it goes one level up. */
  escalateMin: z.number().min(1).max(10_000),
});
export type AlertRuleSetting = z.infer<typeof alertRuleSchema>;
