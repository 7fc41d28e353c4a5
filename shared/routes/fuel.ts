import * as z from 'zod';
import { fuelChangesSchema, fuelLogSchema, fuelRequestSchema, fuelShownSchema } from '../fuel.ts';
import { divisionCodeSchema, machineIdSchema } from '../registry.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });

/** Fuel for machines in the field: asked for in the cab or by telephone, brought by a station. */
export const fuelRoutes = {
  /** By an operator, for the own machine, to the nearest station. The same id again is the same request. */
  requestFuel: { method: 'post', path: '/fuel/request', query: none, body: fuelRequestSchema, output: fuelShownSchema },
  /** Written down at a station, or by a dispatcher; the same id again is the same booking. */
  logFuel: { method: 'post', path: '/fuel', query: none, body: fuelLogSchema, output: fuelShownSchema },
  /** Open ones by waiting time, closed ones newest first, at most 50 from `from`. One's own where nothing is named. */
  fuelList: {
    method: 'get',
    path: '/fuel',
    query: z.object({
      state: z.enum(['open', 'closed']).default('open'),
      station: z.string().max(40).optional(),
      division: divisionCodeSchema.optional(),
      machine: machineIdSchema.optional(),
      from: z.coerce.number().int().min(0).default(0),
    }),
    output: z.object({ asOf: z.number(), total: z.number(), bookings: z.array(fuelShownSchema) }),
  },
  fuel: { method: 'get', path: '/fuel/:id', params: id, query: none, output: fuelShownSchema },
  /** `version`: what the changes were made on. The same changes once more are a retry, others a conflict when somebody changed it since. */
  editFuel: {
    method: 'put',
    path: '/fuel/:id',
    params: id,
    query: none,
    body: z.object({ version: z.number().int().min(1), changes: fuelChangesSchema }),
    output: fuelShownSchema,
  },
} as const;
