import type { HelmetOptions } from 'helmet';

/** No script but our own files; images also from the map's tile host. Leaflet and the views set styles on elements. */
export function contentSecurity({ secure, tiles }: { secure: boolean; tiles: string | null }): HelmetOptions {
  const tileHost = tiles === null ? [] : [new URL(tiles.replace(/\{s\}/g, 'a').replace(/[{}]/g, '')).origin.replace('//a.', '//*.')];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...tileHost],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: secure,
    crossOriginOpenerPolicy: secure,
    originAgentCluster: false,
  };
}
