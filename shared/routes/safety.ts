import * as z from 'zod';
import { divisionCodeSchema } from '../registry.ts';
import { accidentInputSchema, accidentSchema, overhauledSchema, registers, trainedSchema } from '../safety.ts';

const page = {
  division: divisionCodeSchema.optional(),
  q: z.string().trim().max(60).default(''),
  from: z.coerce.number().int().min(0).default(0),
};

/** Accidents, and the registers of people trained and machines overhauled. */
export const safetyRoutes = {
  /** The newest first, at most 100 from `from`; a station's are its own. */
  accidents: {
    method: 'get',
    path: '/accidents',
    query: z.object(page),
    output: z.object({ asOf: z.number(), total: z.number(), injured: z.number(), accidents: z.array(accidentSchema) }),
  },
  /** The same id again is the same accident; with the `version` it was made on it is a change of it. */
  putAccident: {
    method: 'put',
    path: '/accidents/:id',
    params: z.object({ id: z.uuid() }),
    query: z.object({ version: z.coerce.number().int().min(0).default(0) }),
    body: accidentInputSchema,
    output: accidentSchema,
  },
  /** By what is typed, at most 100 from `from`; a station sees those of its county. */
  register: {
    method: 'get',
    path: '/registers/:register',
    params: z.object({ register: z.enum(registers) }),
    query: z.object(page),
    output: z.object({ total: z.number(), trained: z.array(trainedSchema), overhauled: z.array(overhauledSchema) }),
  },
} as const;
