import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';

/** 通知: to operators, whom it concerns by unit, kind of machine, machine or order. Instants on the season's clock. */
export const noticeInputSchema = z.object({
  id: z.uuid(),
  division: divisionCodeSchema,
  /** Empty: all kinds. */
  kinds: z.array(z.enum(['combine', 'seeder', 'tractor'])).max(3),
  /** Empty: all machines of the unit, those that are there now included. */
  machines: z.array(machineIdSchema).max(500),
  order: z.uuid().nullable(),
  /** Repeats until it is read. */
  isSevere: z.boolean(),
  text: z.string().trim().min(1).max(300),
  /** Shown until; null: to the end of the day. */
  until: z.number().nullable(),
});
export type NoticeInput = z.infer<typeof noticeInputSchema>;

export const noticeSchema = noticeInputSchema.extend({ until: z.number(), at: z.number(), author: z.string() });
export type Notice = z.infer<typeof noticeSchema>;

/** With who has it and who has read it. */
export const noticeShownSchema = noticeSchema.extend({
  divisionName: z.string(),
  withdrawn: z.object({ at: z.number(), by: z.string() }).nullable(),
  sentTo: z.number(),
  read: z.number(),
  unread: z.array(z.object({ machine: machineIdSchema, plate: z.string(), operatorName: z.string() })).max(200),
});
export type NoticeShown = z.infer<typeof noticeShownSchema>;

/** As a phone in a cab gets it. */
export const cabNoticeSchema = noticeSchema.pick({ id: true, isSevere: true, text: true, at: true, until: true, author: true }).extend({
  readAt: z.number().nullable(),
});
export type CabNotice = z.infer<typeof cabNoticeSchema>;
