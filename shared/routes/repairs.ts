import { repairCallSchema, repairSchema } from '../repair.ts';
import { none } from './route.ts';

export const repairRoutes = {
  /** The breakdown button of the cab: by an operator, for the own machine. The same id again is the same call. */
  callRepair: { method: 'post', path: '/repairs/call', query: none, body: repairCallSchema, output: repairSchema },
} as const;
