import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codeOf, StartProblem } from './database/start-problem.ts';

export interface ShellOptions {
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  demo: () => boolean;
  version: string;
}

/** The HTTP server itself: listens from the first second and answers /healthz while the rest is still coming up. */
export class Shell {
  readonly server: Server;
  /** What is being waited for; null: ready. */
  step: string | null = 'starting';
  /** Serves everything but /healthz once it is there. */
  app: RequestListener | null = null;

  constructor(private readonly options: ShellOptions) {
    const listener: RequestListener = (request, response) => this.answer(request, response);
    const { tls } = options;
    this.server = tls ? createHttps({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, listener) : createHttp(listener);
  }

  /** @throws StartProblem when the address cannot be had */
  async listen(): Promise<string> {
    const { host, port, tls } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', error => reject(addressProblem(error, host, port)));
      this.server.listen(port, host, resolve);
    });
    const { port: actual } = this.server.address() as AddressInfo;
    return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(...[request, response]: Parameters<RequestListener>): void {
    if (request.url === '/healthz') {
      const ready = this.step === null;
      response.writeHead(ready ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(
        JSON.stringify(ready ? { ok: true, demo: this.options.demo(), version: this.options.version } : { ok: false, step: this.step }),
      );
    } else if (this.app) {
      this.app(request, response);
    } else {
      response.writeHead(503, { 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '2', Refresh: '2' });
      response.end(`<!doctype html><meta charset="utf-8"><title>麦收调度</title><p>正在启动… Starting: ${this.step}</p>`);
    }
  }
}

function addressProblem(error: unknown, host: string, port: number): Error {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return new StartProblem(`Port ${port} on ${host} is in use by another program; end it, or set another PORT`);
  if (code === 'EACCES') return new StartProblem(`This user may not listen on port ${port}; set a PORT above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new StartProblem(`HOST ${host} is not an address of this computer`);
  return error as Error;
}
