import type { IncomingMessage } from 'node:http';

export const SESSION_COOKIE = 'session';

/** No script and no other site can use it. */
export const sessionCookie = (secure: boolean) => ({ httpOnly: true, sameSite: 'strict', secure, path: '/' }) as const;

/** The session cookie's value, if any. */
export function cookieOf(request: IncomingMessage): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === SESSION_COOKIE) return part.slice(at + 1).trim();
  }
  return null;
}

/** `Authorization: Bearer TOKEN`, which works wherever a cookie does. */
export function bearerOf(request: IncomingMessage): string | null {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
