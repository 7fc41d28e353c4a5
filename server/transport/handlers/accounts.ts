import { Refusal } from '../../../shared/reply.ts';
import type { accountRoutes } from '../../../shared/routes/accounts.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

const later = (): never => {
  throw new Refusal('unavailable', 'not yet');
};

export function accountHandlers(_parts: HttpParts): HandlersOf<typeof accountRoutes> {
  return {
    lookInvitation: () => later(),
    acceptInvitation: () => later(),
  };
}
