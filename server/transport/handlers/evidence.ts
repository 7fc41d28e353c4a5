import type { evidenceRoutes } from '../../../shared/routes/evidence.ts';
import { withoutNames } from '../../services/evidence.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

/** The sheet with its evidence, and the links to it. */
export function evidenceHandlers({ book, guard }: HttpParts): HandlersOf<typeof evidenceRoutes> {
  const { evidence, evidenceShares, registry } = book;
  const townOf = (field: string) => registry.fields.get(field)?.town ?? '';
  return {
    evidence: ({ actor, params: { id }, query: { operation } }) => {
      guard.onField(actor, 'evidence:read', { town: townOf(id), machines: evidence.machinesOf(id, operation) });
      return evidence.sheet(id, operation);
    },
    evidenceShares: async ({ actor, params: { id }, query: { operation } }) => {
      guard.onDivision(actor, 'evidence:share', townOf(id));
      return { shares: await evidenceShares.of(id, operation) };
    },
    shareEvidence: async ({ actor, params: { id }, body: { operation, days }, audit }) => {
      guard.onDivision(actor, 'evidence:share', townOf(id));
      const { share, token } = await evidenceShares.create({ field: id, operation, days, author: actor.name });
      audit(`evidence-share:${share.id}`, null, share);
      return { share, token, path: `/evidence#share=${token}` };
    },
    revokeEvidenceShare: async ({ actor, params: { id }, audit }) => {
      const before = await evidenceShares.find(id);
      // A link that does not exist is of no town: whoever may not see all learns nothing from trying ids.
      guard.onDivision(actor, 'evidence:share', townOf(before?.field ?? ''));
      const after = await evidenceShares.revoke(id, actor.name);
      audit(`evidence-share:${id}`, before, after);
      return after;
    },
    sharedEvidence: async ({ body: { token }, request }) => {
      const { field, operation, expiresAt, author } = await evidenceShares.open(token, request.ip ?? null);
      return { evidence: withoutNames(await evidence.sheet(field, operation)), expiresAt, author };
    },
  };
}
