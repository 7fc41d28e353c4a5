import * as z from 'zod';
import { none } from './route.ts';

const screenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  author: z.string(),
  revoked: z.object({ at: z.number(), author: z.string() }).nullable(),
});
export type ScreenToken = z.infer<typeof screenSchema>;

/** Tokens of big screens: they read, and nothing else. */
export const screenRoutes = {
  screens: { method: 'get', path: '/screens', query: none, output: z.object({ screens: z.array(screenSchema) }) },
  /** The token is told once, here. */
  createScreen: {
    method: 'post',
    path: '/screens',
    query: none,
    body: z.object({ name: z.string().trim().min(1).max(60) }),
    output: screenSchema.extend({ token: z.string() }),
  },
  revokeScreen: { method: 'delete', path: '/screens/:id', params: z.object({ id: z.uuid() }), query: none, output: screenSchema },
} as const;
