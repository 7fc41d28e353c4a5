import type { cabRoutes } from '../../../shared/routes/cab.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function cabHandlers(_parts: HttpParts): HandlersOf<typeof cabRoutes> {
  return {};
}
