import type { IncomingMessage } from 'node:http';

/**
 * Whether a request that names an Origin comes from our own pages: from `PUBLIC_URL`, or, unset, from the host it was asked on. No Origin at
 * all is not a browser's cross-site request.
 */
export function isOwnOrigin(request: IncomingMessage, publicUrl: string | null): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicUrl !== null) return origin === publicUrl;
  return URL.canParse(origin) && new URL(origin).host === host;
}
