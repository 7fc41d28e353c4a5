import * as z from 'zod';
import { personRoles } from './person-role.ts';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';

const personName = z.string().trim().min(1).max(40);
const id = z.string().min(1).max(40);

/** What a person is and where: the server checks the place that its role needs (`placeNeeded`). */
export const positionSchema = z.object({
  role: z.enum(personRoles),
  division: divisionCodeSchema.nullable().default(null),
  station: id.nullable().default(null),
  machine: machineIdSchema.nullable().default(null),
});
export type Position = z.infer<typeof positionSchema>;

export const inviteSchema = positionSchema.extend({ name: personName });
export type InviteInput = z.infer<typeof inviteSchema>;

/** Names of what the position points at, for lists. */
const placeNames = z.object({ divisionName: z.string().nullable(), stationName: z.string().nullable(), plate: z.string().nullable() });

export const accountCardSchema = placeNames.extend({
  id,
  login: z.string().nullable(),
  name: z.string(),
  ...positionSchema.shape,
  /** Instants of the wall clock; null: not disabled, not locked, never seen. */
  disabledAt: z.number().nullable(),
  lockedUntil: z.number().nullable(),
  lastSeenAt: z.number().nullable(),
  createdAt: z.number(),
  version: z.number().int(),
});
export type AccountCard = z.infer<typeof accountCardSchema>;

export const invitationCardSchema = placeNames.extend({
  id,
  name: z.string(),
  ...positionSchema.shape,
  /** The account that it sets anew; null: it makes one. */
  account: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  createdBy: z.string(),
});
export type InvitationCard = z.infer<typeof invitationCardSchema>;

/** The only time that the code is told; the program keeps its hash. */
export const newInvitationSchema = z.object({
  invitation: invitationCardSchema,
  /** XXXXX-XXXXX */
  code: z.string(),
  /** Of the page that takes it up, the code behind the #. */
  path: z.string(),
});
export type NewInvitation = z.infer<typeof newInvitationSchema>;
