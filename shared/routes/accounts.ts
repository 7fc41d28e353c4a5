import * as z from 'zod';
import { roles } from '../permissions.ts';
import { actorSchema, none } from './route.ts';

const code = z.string().trim().min(8).max(40);

/** Accounts, invitations and the audit trail. */
export const accountRoutes = {
  /** What an invitation is for, before it is taken up. A POST, so that the code stands in no log. */
  lookInvitation: {
    method: 'post',
    path: '/invitations/look',
    open: true,
    query: none,
    body: z.object({ code }),
    output: z.object({
      role: z.enum(roles),
      name: z.string(),
      division: z.string().nullable(),
      divisionName: z.string().nullable(),
      machine: z.string().nullable(),
      plate: z.string().nullable(),
      station: z.string().nullable(),
      stationName: z.string().nullable(),
      expiresAt: z.number(),
    }),
  },
  /** Takes up an invitation, once: makes the account and opens its session. An operator's phone needs no password, and gets its machine's token. */
  acceptInvitation: {
    method: 'post',
    path: '/invitations/accept',
    open: true,
    query: none,
    body: z.object({
      code,
      name: z.string().trim().min(1).max(40).optional(),
      login: z.string().trim().min(2).max(40).optional(),
      password: z.string().min(8).max(200).optional(),
    }),
    output: z.object({ actor: actorSchema, deviceToken: z.string().nullable() }),
  },
} as const;
