import type { setupRoutes } from '../../../shared/routes/setup.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function setupHandlers(_parts: HttpParts): HandlersOf<typeof setupRoutes> {
  return {};
}
