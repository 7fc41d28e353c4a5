import * as z from 'zod';
import { maintenanceRowSchema } from '../maintenance.ts';
import { machineIdSchema } from '../registry.ts';
import { faultKinds } from '../repair.ts';
import { repairStages } from '../repair-steps.ts';
import { operations } from '../season.ts';
import { phoneGapSchema } from '../track-gap.ts';
import { none } from './route.ts';

/** On duty the phone records and sends; off duty it does neither. Instants on the season's clock. */
export const dutySchema = z.object({
  /** Made on the phone, so that a retry is the same switch. */
  id: z.uuid(),
  on: z.boolean(),
  at: z.number(),
});
export type DutySwitch = z.infer<typeof dutySchema>;

/** The phone in the cab, signed in with its operator's session or its machine's token: always about the own machine. */
export const cabRoutes = {
  cab: {
    method: 'get',
    path: '/cab',
    query: none,
    output: z.object({
      machine: machineIdSchema,
      plate: z.string(),
      kind: z.enum(['combine', 'seeder', 'tractor']),
      operatorName: z.string(),
      /** Of the implement mounted now; null: none. */
      operation: z.enum(operations).nullable(),
      workingWidthM: z.number().nullable(),
      todayMu: z.number(),
      /** Where it is now: covered by all machines, and by this one. */
      field: z
        .object({
          id: z.string(),
          village: z.string(),
          areaMu: z.number(),
          coveredMu: z.number(),
          ownMu: z.number(),
          finished: z.boolean(),
          /** When its operator said that it is done, if nothing was said since. */
          claimedAt: z.number().nullable(),
        })
        .nullable(),
      /** Of the newest fix that the server has; null: none yet. */
      lastFixTime: z.number().nullable(),
      duty: z.object({ on: z.boolean(), since: z.number() }).nullable(),
      /** The repair that is open, if any. `station` null: no station knows of it; `startedAt` null: it has not begun. */
      repair: z
        .object({
          id: z.string(),
          fault: z.enum(faultKinds),
          calledAt: z.number(),
          station: z.string().nullable(),
          startedAt: z.number().nullable(),
          stage: z.enum(repairStages),
        })
        .nullable(),
      /** Care that is due, the most overdue first. */
      dues: z.array(maintenanceRowSchema.pick({ task: true, unit: true, since: true, every: true })),
      consentAt: z.number().nullable(),
    }),
  },
  /** Idempotent by id. What counts is the switch with the latest time, whatever the order of arrival. */
  switchDuty: { method: 'post', path: '/cab/duty', query: none, body: dutySchema, output: dutySchema },
  /** A time on duty without a position, for the dispatcher to see. Idempotent by id. */
  reportGap: { method: 'post', path: '/cab/gaps', query: none, body: phoneGapSchema, output: phoneGapSchema },
  /** A signed-in operator makes this phone the device of the own machine. */
  cabToken: {
    method: 'post',
    path: '/cab/token',
    query: none,
    body: none,
    output: z.object({ machine: machineIdSchema, plate: z.string(), token: z.string() }),
  },
  /** The operator has read what becomes of the positions, and agreed. Idempotent by id. */
  cabConsent: {
    method: 'post',
    path: '/cab/consent',
    query: none,
    body: z.object({ id: z.uuid(), text: z.number().int().min(1), at: z.number() }),
    output: z.object({ consentAt: z.number() }),
  },
} as const;
