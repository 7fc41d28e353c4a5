import * as z from 'zod';
import { type Machine, machineIdSchema } from './registry.ts';

/** Recurring care of machines: what is due follows from what they worked since it was done last. */

export const maintenanceTasks = ['engineOil', 'airFilter', 'grease', 'belts', 'knife', 'hydraulicFilter', 'openers', 'seedPlate'] as const;
export type MaintenanceTask = (typeof maintenanceTasks)[number];

export interface MaintenanceRule {
  task: MaintenanceTask;
  /** One of the two. */
  everyH?: number;
  everyMu?: number;
}

/** By kind of machine, as makers' handbooks have it for harvest: dust shortens what is usual on the road. */
export const maintenanceRules: Readonly<Record<Machine['kind'], readonly MaintenanceRule[]>> = {
  combine: [
    { task: 'airFilter', everyH: 10 },
    { task: 'grease', everyH: 10 },
    { task: 'engineOil', everyH: 50 },
    { task: 'belts', everyH: 100 },
    { task: 'hydraulicFilter', everyH: 200 },
    { task: 'knife', everyMu: 1000 },
  ],
  seeder: [
    { task: 'grease', everyH: 10 },
    { task: 'openers', everyMu: 500 },
    { task: 'seedPlate', everyMu: 800 },
  ],
  tractor: [
    { task: 'airFilter', everyH: 20 },
    { task: 'grease', everyH: 20 },
    { task: 'engineOil', everyH: 100 },
  ],
};

/** From this share of the interval on it is said that it is due soon. */
export const SOON_SHARE = 0.8;

/** Ticked off by whoever did it; the id is made there, so that sending it again is the same tick. */
export const maintenanceTickSchema = z.object({
  id: z.uuid(),
  machine: machineIdSchema,
  task: z.enum(maintenanceTasks),
  at: z.number().min(0).max(8.64e15),
  note: z.string().max(200).default(''),
});
export type MaintenanceTick = z.infer<typeof maintenanceTickSchema>;

export const maintenanceRowSchema = z.object({
  machine: z.string(),
  plate: z.string(),
  kind: z.enum(['combine', 'seeder', 'tractor']),
  operatorName: z.string(),
  task: z.enum(maintenanceTasks),
  /** Worked since it was done last, and after how much it is due; in hours or in mu. */
  unit: z.enum(['h', 'mu']),
  since: z.number(),
  every: z.number(),
  state: z.enum(['due', 'soon', 'good']),
  last: z.object({ at: z.number(), by: z.string() }).nullable(),
});
export type MaintenanceRow = z.infer<typeof maintenanceRowSchema>;
