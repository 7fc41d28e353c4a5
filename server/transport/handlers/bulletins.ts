import type { bulletinRoutes } from '../../../shared/routes/bulletins.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function bulletinHandlers(_parts: HttpParts): HandlersOf<typeof bulletinRoutes> {
  return {};
}
