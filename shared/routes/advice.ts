import * as z from 'zod';
import { adviceKinds, adviceSchema, adviceStates, adviceStepSchema, nothingCodes, whatIfSchema } from '../advice.ts';
import { movesAdviceSchema } from '../moves.ts';
import { divisionCodeSchema } from '../registry.ts';
import { daySchema, operations } from '../season.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });

const side = z.object({
  finish: z.object({ p10: daySchema.nullable(), p50: daySchema.nullable(), p90: daySchema.nullable() }),
  chanceInTime: z.number().nullable(),
});

/** What the program recommends, and what a person makes of it. */
export const adviceRoutes = {
  /** Open ones first, then the latest. */
  adviceList: {
    method: 'get',
    path: '/advice',
    query: z.object({ division: divisionCodeSchema, state: z.enum([...adviceStates, 'all']).default('open') }),
    output: z.object({
      asOf: z.number(),
      advice: z.array(adviceSchema),
      /** What is being worked out just now. */
      running: z.array(z.object({ kind: z.enum(adviceKinds), division: divisionCodeSchema, since: z.number() })),
    }),
  },
  adviceOne: { method: 'get', path: '/advice/:id', params: id, query: none, output: adviceSchema },
  /** Asks for advice now; what is open of the same kind and unit is superseded when it comes. */
  askAdvice: {
    method: 'post',
    path: '/advice',
    query: none,
    body: z.object({ kind: z.enum(adviceKinds), division: divisionCodeSchema, operation: z.enum(operations) }),
    output: z.object({ advice: adviceSchema.nullable(), nothing: z.enum(nothingCodes).nullable() }),
  },
  /** Sends the chosen steps out as orders, all or nothing. `steps`: as they are to go out, by the id of their offer; a changed machine or unit makes it an edit. */
  approveAdvice: {
    method: 'post',
    path: '/advice/:id/approve',
    params: id,
    query: none,
    body: z.object({
      version: z.number().int(),
      steps: z
        .array(adviceStepSchema.pick({ offer: true, machineVersion: true }))
        .min(1)
        .max(2000),
      reason: z.string().trim().max(200),
    }),
    output: adviceSchema,
  },
  refuseAdvice: {
    method: 'post',
    path: '/advice/:id/refuse',
    params: id,
    query: none,
    body: z.object({ version: z.number().int(), reason: z.string().trim().min(1).max(200) }),
    output: adviceSchema,
  },
  /** Both finish dates of each unit as things stand and in the scenario. Nothing is kept. */
  whatIf: {
    method: 'post',
    path: '/what-if',
    query: none,
    body: whatIfSchema,
    output: z.object({
      asOf: z.number(),
      units: z.array(
        z.object({
          division: divisionCodeSchema,
          name: z.string(),
          harvest: z.object({ deadline: daySchema, now: side, scenario: side }),
          sow: z.object({ deadline: daySchema, now: side, scenario: side }),
        }),
      ),
      moves: movesAdviceSchema.nullable(),
    }),
  },
  /** Makes advice of the moves of a scenario: open, to be approved like any other. */
  adoptWhatIf: { method: 'post', path: '/what-if/adopt', query: none, body: whatIfSchema, output: adviceSchema },
} as const;
