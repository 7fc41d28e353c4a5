import { Refusal } from '../../../shared/reply.ts';
import type { repairRoutes } from '../../../shared/routes/repairs.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

const later = (): never => {
  throw new Refusal('unavailable', 'not yet');
};

export function repairHandlers(_parts: HttpParts): HandlersOf<typeof repairRoutes> {
  return {
    callRepair: () => later(),
  };
}
