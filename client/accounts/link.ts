export const linkOf = (path: string, base: string): string => base + path;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/** Why a link may not work where it is sent to: nobody else reaches this computer's own address; over plain http phones give no position. */
export function linkWarnings(link: string): ('loopback' | 'plainHttp')[] {
  const { hostname, protocol } = new URL(link);
  if (isLoopback(hostname)) return ['loopback'];
  return protocol === 'http:' ? ['plainHttp'] : [];
}
