import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { Server } from 'socket.io';
import { type App, createApp } from '../../server/app.ts';
import { digestOf } from '../../server/services/digest.ts';
import { SeasonClock } from '../../server/services/season-clock.ts';
import { loadSeason } from '../../server/services/season-load.ts';
import { connectStores } from '../../server/stores/connection.ts';
import { RegistryStore } from '../../server/stores/registry.ts';
import { actor } from '../../shared/permissions.ts';
import { answerParent } from './ingest-child.ts';
import { benchSeason, machineId } from './ingest-season.ts';
import type { IngestSize } from './ingest-size.ts';

/** The server's process: the real program on the real database, or the echo that it is measured against. */
let app: App | null = null;
const http = createServer();

async function listen(): Promise<number> {
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  return (http.address() as AddressInfo).port;
}

async function load({ uri, size, year }: { uri: string; size: IngestSize; year: number }): Promise<void> {
  const connection = await connectStores(uri);
  const store = new RegistryStore(connection);
  await store.prepare();
  await loadSeason(store, benchSeason(size, year), () => undefined);
  await connection.close();
}

async function open({ uri }: { uri: string }): Promise<number> {
  app = await createApp({
    http,
    connection: await connectStores(uri),
    clock: SeasonClock.real(Date.now),
    log: pino({ level: 'warn' }, pino.destination(2)),
    demo: false,
    oneClick: false,
    onLoopback: true,
    publicUrl: null,
    secure: false,
    tiles: null,
    metricsToken: null,
    trustProxy: null,
    pages: null,
    newDemoSeason: null,
    reopen: null,
    watchedFolder: null,
  });
  http.on('request', app.express);
  return listen();
}

/** Plain Socket.IO with the options of the real server: takes the same report and returns the same answer. */
function echo(): Promise<number> {
  const io = new Server(http, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 262_144 });
  const clock = SeasonClock.real(Date.now).current();
  io.on('connection', socket => {
    let upTo = 0;
    socket.on('fix:report', (report: { packed: Uint8Array }, reply: (answer: unknown) => void) => {
      upTo += report.packed[1];
      reply({ ok: true, value: { upTo, refused: [] } });
    });
    socket.emit('clock:changed', clock);
  });
  return listen();
}

answerParent({
  load,
  open,
  echo,
  /** A token for each of so many sockets, all different; the machines in turn. */
  tokens: ({ count, machines }: { count: number; machines: number }) =>
    app!.book.credentials.newTokens(
      Array.from({ length: count }, (_, i) => actor({ role: 'device', name: machineId(i % machines), machine: machineId(i % machines) })),
    ),
  /** Everything taken so far is worked out, and the checkpoint covers it. */
  settle: async () => {
    await app!.book.fold.evaluateAll();
    await app!.book.fold.checkpoint();
  },
  digest: () => digestOf(app!.book.log, app!.book.fold),
  usage: () => ({ cpuS: (process.cpuUsage().user + process.cpuUsage().system) / 1e6, rssKb: process.memoryUsage.rss() / 1024 }),
  close: () => app?.close(),
});
