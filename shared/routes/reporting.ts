import * as z from 'zod';
import { divisionCodeSchema } from '../registry.ts';
import { reminderSchema, reportBoardSchema, reportFormSchema } from '../reporting.ts';
import { daySchema } from '../season.ts';
import { none } from './route.ts';

const units = z.array(divisionCodeSchema).min(1).max(500);

/** Clerks' figures beside the route that takes one: the page's form, the board of who has not reported, reminders. */
export const reportingRoutes = {
  reportForm: {
    method: 'get',
    path: '/reported/form',
    /** Without a unit: the one that the clerk belongs to. */
    query: z.object({ division: divisionCodeSchema.optional(), day: daySchema.optional() }),
    output: reportFormSchema,
  },
  reportBoard: {
    method: 'get',
    path: '/reported/board',
    query: z.object({ division: divisionCodeSchema, day: daySchema.optional() }),
    output: reportBoardSchema,
  },
  remind: {
    method: 'post',
    path: '/reported/reminders',
    query: none,
    body: z.object({ day: daySchema, units }),
    output: z.object({ reminders: z.array(reminderSchema) }),
  },
  /** The clerk has read them. */
  seeReminders: {
    method: 'post',
    path: '/reported/reminders/seen',
    query: none,
    body: z.object({ ids: z.array(z.string().max(60)).min(1).max(500) }),
    output: z.object({ seen: z.number() }),
  },
} as const;
