import * as z from 'zod';
import { bulletinDraftSchema, bulletinSummarySchema, bulletinWeekSchema, issuedBulletinSchema, remarksSchema } from '../bulletin.ts';
import { divisionCodeSchema } from '../registry.ts';
import { daySchema } from '../season.ts';
import { none } from './route.ts';

const ofUnit = z.object({ division: divisionCodeSchema, day: daySchema.optional() });

export const bulletinRoutes = {
  /** Live figures of a bulletin's day, by default the one in hand, and of one's own unit. */
  bulletinDraft: { method: 'get', path: '/bulletins/draft', query: ofUnit.partial(), output: bulletinDraftSchema },
  /** Saves remarks on top of the `version` that was seen; a conflict when somebody saved in between. */
  saveRemarks: {
    method: 'put',
    path: '/bulletins/draft',
    query: none,
    body: z.object({ division: divisionCodeSchema, day: daySchema, version: z.number().int().min(0), remarks: remarksSchema }),
    output: bulletinDraftSchema.shape.draft,
  },
  /** Issues what stands now. `draftVersion` and `lastVersion` are what the issuer saw: a conflict when either has moved on. */
  issueBulletin: {
    method: 'post',
    path: '/bulletins',
    query: none,
    body: z.object({
      division: divisionCodeSchema,
      day: daySchema,
      draftVersion: z.number().int().min(0),
      lastVersion: z.number().int().min(0),
      /** Needed for a correction. */
      reason: z.string().trim().max(200).optional(),
    }),
    output: issuedBulletinSchema,
  },
  /** All versions of a unit's bulletins, newest first. */
  issuedBulletins: {
    method: 'get',
    path: '/bulletins',
    query: z.object({ division: divisionCodeSchema }),
    output: z.object({ bulletins: z.array(bulletinSummarySchema) }),
  },
  bulletinWeek: { method: 'get', path: '/bulletins/week', query: ofUnit, output: bulletinWeekSchema },
  issuedBulletin: {
    method: 'get',
    path: '/bulletins/:division/:day/:version',
    params: z.object({ division: divisionCodeSchema, day: daySchema, version: z.coerce.number().int().min(1) }),
    query: none,
    output: issuedBulletinSchema,
  },
} as const;
