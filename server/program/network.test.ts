import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAccessKey } from '../access-key.ts';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from '../stores/connection.ts';

const certificate = join(import.meta.dirname, 'tls-fixture/certificate.pem');
const ca = readFileSync(certificate, 'utf8');

interface Program {
  url: URL;
  uri: string;
  key: string;
  child: ChildProcess;
  dataDir: string;
}
const running: Program[] = [];

/** `npm run serve` as a person starts it, with these settings. */
async function serve(env: Record<string, string>): Promise<Program> {
  const uri = testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'harvest-network-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs'), '--serve'], {
    env: { ...process.env, PORT: '0', MONGODB_URI: uri, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((settle, fail) => {
    let out = '';
    let complaints = '';
    child.stdout.on('data', chunk => {
      out += chunk;
      const ready = /^ready (\S+)$/m.exec(out);
      if (ready) settle(ready[1]);
    });
    child.stderr.on('data', chunk => {
      complaints += chunk;
    });
    child.once('close', code => fail(new Error(`ended with ${code}: ${complaints}`)));
  });
  const program = { url: new URL(url), uri, key: readAccessKey(dataDir)!, child, dataDir };
  running.push(program);
  return program;
}

afterAll(async () => {
  for (const { child, dataDir } of running) {
    const ended = new Promise(settle => child.once('close', settle));
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

function ask(url: URL, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((settle, fail) => {
    const sent = request(new URL(path, url), { method, headers, ca }, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => settle({ status: response.statusCode!, headers: response.headers, text }));
    });
    sent.once('error', fail);
    sent.end(body);
  });
}
interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Whether a page's socket is let in: `connected`, or what it was told. */
function socketFrom(url: URL, token: string, origin: string): Promise<string> {
  const socket = io(url.href, {
    transports: ['websocket'],
    auth: { token },
    extraHeaders: { Origin: origin },
    ca,
    reconnection: false,
    forceNew: true,
  });
  return new Promise<string>(settle => {
    socket.once('connect', () => settle('connected'));
    socket.once('connect_error', error => settle(error.message));
  }).finally(() => socket.disconnect());
}

const issueToken = (url: URL, key: string, headers: Record<string, string> = {}) =>
  ask(url, '/api/v1/tokens', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ viewer: true }),
  });

describe('with a certificate and a public address of its own', () => {
  let program: Program;
  beforeAll(async () => {
    program = await serve({
      TLS_CERT: certificate,
      TLS_KEY: join(import.meta.dirname, 'tls-fixture/key.pem'),
      PUBLIC_URL: 'https://sanxia.example.cn',
    });
  });

  test('it answers over TLS, and tells browsers to stay there and to run no script but its own', async () => {
    expect(program.url.protocol).toBe('https:');
    const { status, headers, text } = await ask(program.url, '/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
    expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
    expect(text).not.toMatch(/<script(?![^>]* src=)/);
    expect((await ask(program.url, '/healthz')).status).toBe(200);
  });

  test('requests and sockets from the public address are let in, from anywhere else they are refused', async () => {
    const { url, key } = program;
    expect((await issueToken(url, key, { Origin: 'https://sanxia.example.cn' })).status).toBe(200);
    expect((await issueToken(url, key, { Origin: url.origin })).status).toBe(403);
    expect((await issueToken(url, key, { Origin: 'https://sanxia.example.cn.evil.example' })).status).toBe(403);
    expect(await socketFrom(url, key, 'https://sanxia.example.cn')).toBe('connected');
    expect(await socketFrom(url, key, 'https://evil.example')).toBe('websocket error');
  });
});

describe('behind a proxy', () => {
  let program: Program;
  let proxy: URL;

  beforeAll(async () => {
    program = await serve({ TRUST_PROXY: '1' });
    const { hostname, port } = program.url;
    // As proxies do it: what the sender claimed stays in front, and the proxy adds whom it saw.
    const forwarded = ({ headers }: IncomingMessage) => ({
      ...headers,
      'x-forwarded-for': [headers['x-forwarded-for'], '203.0.113.7'].filter(Boolean).join(', '),
      'x-forwarded-proto': 'https',
    });
    const server = createServer((request, response) => {
      const onward = plainRequest({ hostname, port, path: request.url, method: request.method, headers: forwarded(request) }, answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    server.on('upgrade', (request, socket, head) => {
      const onward = connectTcp(Number(port), hostname, () => {
        const headers = Object.entries(forwarded(request)).map(([name, value]) => `${name}: ${value}`);
        onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
    proxy = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
  });

  test('pages and sockets work by the address of the proxy', async () => {
    expect((await ask(proxy, '/')).status).toBe(200);
    expect(await socketFrom(proxy, program.key, proxy.origin)).toBe('connected');
  });

  test('the audit trail names the address that the proxy saw, and believes nobody beyond it', async () => {
    expect((await issueToken(proxy, program.key, { 'X-Forwarded-For': '198.51.100.1' })).status).toBe(200);
    const connection = await connectStores(program.uri);
    const event = await connection.collection('audit').findOne({ object: 'token:viewer' }, { sort: { wallAt: -1 } });
    await connection.close();
    expect(event).toMatchObject({ action: 'issueToken', from: '203.0.113.7', who: { role: 'administrator', name: 'DATA_DIR' } });
  });
});
