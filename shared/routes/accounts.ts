import * as z from 'zod';
import { accountCardSchema, invitationCardSchema, inviteSchema, newInvitationSchema } from '../account.ts';
import { importReportSchema } from '../imports.ts';
import { roles } from '../permissions.ts';
import { daySchema } from '../season.ts';
import { actorSchema, fileReply, none, uploaded } from './route.ts';

const code = z.string().trim().min(8).max(40);
const oneAccount = z.object({ id: z.string().min(1).max(40) });
/** Whether the tokens of the account's phone end too: fixes that still wait on it are then not taken any more. */
const devices = z.object({ devices: z.boolean() });

const auditEventSchema = z.object({
  id: z.string(),
  /** Season clock and wall clock: outside the demonstration they are one. */
  at: z.number(),
  wallAt: z.number(),
  who: z.object({ account: z.string().nullable(), role: z.string(), name: z.string() }),
  from: z.string().nullable(),
  /** Name of the route. */
  action: z.string(),
  object: z.string(),
  /** What people call the object, where it has a name beside its id. */
  label: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});

/** Which events: of an object (`field:F1`, or a part of it), a person by a part of the name, an action, a day of the season's clock. */
const auditFilter = z.object({
  object: z.string().trim().max(80).optional(),
  person: z.string().trim().max(80).optional(),
  action: z.string().trim().max(60).optional(),
  day: daySchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** Accounts, invitations and the audit trail. */
export const accountRoutes = {
  /**
   * What an invitation is for, before it is taken up. A POST, so that the code stands in no log. Refused: `notFound` no such code,
   * `conflict` taken up already, `forbidden` run out or withdrawn, `limited` too many wrong codes from this address.
   */
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
      /** The login of the account that it sets anew; null: it makes one. */
      login: z.string().nullable(),
      expiresAt: z.number(),
    }),
  },
  /**
   * Takes up an invitation, once: makes the account and opens its session. An operator's phone needs no password, and gets its machine's
   * token. Refused as above, and `invalid` or `conflict` with the field before the colon: `password: …`, `login: …`.
   */
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
  /** Refused: `unauthenticated` when login and password do not belong together, `limited` with `retryAfterMs` after too many of those. */
  signIn: {
    method: 'post',
    path: '/session',
    open: true,
    query: none,
    body: z.object({ login: z.string().trim().min(1).max(80), password: z.string().min(1).max(200) }),
    output: actorSchema,
  },
  /** As far as the asker reaches: a dispatcher gets the operators of the own division. */
  accounts: {
    method: 'get',
    path: '/accounts',
    query: none,
    output: z.object({
      accounts: z.array(accountCardSchema),
      invitations: z.array(invitationCardSchema),
      /** Address for links; null: the one that the page was asked on. */
      publicUrl: z.string().nullable(),
    }),
  },
  invite: { method: 'post', path: '/invitations', query: none, body: inviteSchema, output: newInvitationSchema },
  /**
   * Invites the operators of a table: reads it and says what it would do; with `apply=true` does it, all or nothing. Whoever drives that
   * machine already is not invited again; an older invitation of the same person is void.
   */
  importOperators: {
    method: 'post',
    path: '/invitations/table',
    query: z.object({ apply: z.enum(['true', 'false']).default('false'), name: z.string().max(200).default('') }),
    body: uploaded,
    upload: '1mb',
    needs: 'machine:enrol',
    output: importReportSchema.extend({ invitations: z.array(newInvitationSchema.extend({ phone: z.string() })) }),
  },
  operatorTemplate: { method: 'get', path: '/invitations/table/template', query: none, output: fileReply },
  revokeInvitation: { method: 'delete', path: '/invitations/:id', params: oneAccount, query: none, output: none },
  editAccount: {
    method: 'put',
    path: '/accounts/:id',
    params: oneAccount,
    query: none,
    body: inviteSchema.extend({ version: z.number().int() }),
    output: accountCardSchema,
  },
  disableAccount: {
    method: 'post',
    path: '/accounts/:id/disable',
    params: oneAccount,
    query: none,
    body: devices,
    output: accountCardSchema,
  },
  enableAccount: { method: 'post', path: '/accounts/:id/enable', params: oneAccount, query: none, output: accountCardSchema },
  signOutEverywhere: {
    method: 'post',
    path: '/accounts/:id/sign-out',
    params: oneAccount,
    query: none,
    body: devices,
    output: accountCardSchema,
  },
  /** An invitation bound to this account: it sets a new password, or enrols the operator's next phone. Ends a lock. */
  resetAccount: { method: 'post', path: '/accounts/:id/reset', params: oneAccount, query: none, output: newInvitationSchema },
  /** Newest first, a hundred at a time; `next` is where to go on. */
  audit: {
    method: 'get',
    path: '/audit',
    query: auditFilter.extend({ from: z.string().max(60).optional() }),
    output: z.object({ events: z.array(auditEventSchema), next: z.string().nullable(), actions: z.array(z.string()) }),
  },
  /** The same as a CSV file, at most 50,000 lines. That it was taken out is an event itself. */
  auditFile: { method: 'get', path: '/audit/file', query: auditFilter, output: fileReply },
} as const;
