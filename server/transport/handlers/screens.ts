import type { screenRoutes } from '../../../shared/routes/screens.ts';
import type { HandlersOf } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';

export function screenHandlers({ book, guard, endHash }: HttpParts): HandlersOf<typeof screenRoutes> {
  const { screens } = book;
  return {
    screens: async ({ actor }) => {
      guard.onCity(actor, 'screen:write');
      return { screens: await screens.list() };
    },
    createScreen: async ({ actor, body, audit }) => {
      guard.onCity(actor, 'screen:write');
      const { token, ...screen } = await screens.create(body.name, actor.name);
      audit(`screen:${screen.id}`, null, screen);
      return { ...screen, token };
    },
    revokeScreen: async ({ actor, params, audit }) => {
      guard.onCity(actor, 'screen:write');
      const { screen, hash } = await screens.revoke(params.id, actor.name);
      endHash(hash);
      audit(`screen:${screen.id}`, { revoked: null }, screen);
      return screen;
    },
  };
}
