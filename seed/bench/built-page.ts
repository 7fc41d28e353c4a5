import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Builds one page of client/bench into a folder, as the client itself is built. */
export async function buildBenchPage(name: string, outDir: string): Promise<void> {
  const root = resolve(import.meta.dirname, '../../client');
  const input = join(root, `bench/${name}.html`);
  const configFile = resolve(root, '../vite.config.ts');
  await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
}

/** Serves the built page and nothing else; resolves with its address. */
export async function serveBenchPage(name: string, folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const path = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname);
    const body = path.startsWith(folder) ? await readFile(path).catch(() => null) : null;
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body ?? '');
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bench/${name}.html`, close: () => server.close() };
}
