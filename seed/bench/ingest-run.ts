import { readFileSync } from 'node:fs';
import { temporaryDatabase } from '../../server/database/temporary.ts';
import type { Digest } from '../../server/services/digest.ts';
import { readSettings } from '../../server/settings.ts';
import { Child } from './ingest-child.ts';
import { referenceDigest } from './ingest-reference.ts';
import type { IngestSize } from './ingest-size.ts';

export interface IngestResult {
  rawEchoFixesPerS: number;
  durableFixesPerS: number;
  /** Durable to echo. */
  ratio: number;
  ackP50Ms: number;
  ackP99Ms: number;
  ackSockets: number;
  /** WebSocket bytes both ways with frames, at 60 a batch, packed. */
  bytesPerFix: number;
  /** Idle ones, on which `rssPerSocketKb` was measured. */
  sockets: number;
  rssPerSocketKb: number;
  machines: number;
  fields: number;
  fixes: number;
  /** Phase A with the real server: sending; working out what is left and the last checkpoint. */
  seconds: { sending: number; settling: number };
  ackMaxMs: number;
  /** Processor seconds in phase A. */
  cpuS: { durable: Cpu; echo: Omit<Cpu, 'database'> };
  digest: Digest;
  /** Whether the same fixes, folded in one process without sockets and database, give the same digest. */
  digestIsRight: boolean;
}
interface Cpu {
  server: number;
  clients: number;
  database: number | null;
}

interface Place {
  uri: string;
  databasePid: () => number;
  start: (module: string) => Child;
  say: (what: string) => void;
}

/** Files that a process may open besides its sockets. */
const OTHER_FILES = 300;

/** All phases, on a database and on ports of their own; whatever was started is ended. */
export async function runIngestBench(size: IngestSize, say: (what: string) => void): Promise<IngestResult> {
  const children: Child[] = [];
  const start = (module: string) => {
    const child = Child.start(new URL(module, import.meta.url));
    children.push(child);
    return child;
  };
  // Of the data folder only the cache of fetched database servers is looked at.
  const { mongod, dataDir } = readSettings(process.env);
  const database = await temporaryDatabase({ mongodPath: mongod, dataDir, log: { info: say, warn: say } });
  try {
    return await run(size, { uri: database.uri, databasePid: () => database.pid, start, say });
  } finally {
    await Promise.all(children.map(child => child.stop()));
    await database.stop();
  }
}

async function run(size: IngestSize, place: Place): Promise<IngestResult> {
  const { start, say, uri } = place;
  const now = Date.now();
  const since = now - (now % 1000) - (size.trackFixes + size.pacedSeconds) * 1000;
  const year = new Date(since).getUTCFullYear();
  const clients = start('ingest-client.ts');
  const server = start('ingest-server.ts');
  say(`${size.machines} machines over ${size.fields} fields: making the season and the tracks`);
  await Promise.all([clients.ask('prepare', { size, since }), server.ask('load', { uri, size, year })]);
  const port = await server.ask<number>('open', { uri });
  const tokens = await server.ask<string[]>('tokens', { count: size.machines, machines: size.machines });

  say(`phase A: ${size.trackFixes} fixes each, ${size.batch} a batch, ${size.lanes} machines at a time`);
  const durable = await rush(place, { server, clients, port, tokens, seconds: null });
  say(`  durable, folded and in the checkpoint: ${Math.round(durable.fixesPerS)} fixes/s over ${durable.seconds.toFixed(1)} s`);
  const echo = start('ingest-server.ts');
  const raw = await rush(place, { server: echo, clients, port: await echo.ask<number>('echo'), tokens, seconds: durable.seconds });
  await echo.stop();
  say(`  echo: ${Math.round(raw.fixesPerS)} fixes/s over ${raw.seconds.toFixed(1)} s`);

  say(`phase B: ${size.machines} sockets, a fix a second each, ${size.pacedSeconds} s`);
  const times = (await clients.ask<Float64Array>('pace', { port, tokens })).sort();
  const ackMs = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  say(`  ack p50 ${ackMs(0.5).toFixed(1)} ms, p99 ${ackMs(0.99).toFixed(1)} ms, longest ${ackMs(1).toFixed(0)} ms`);
  await server.ask('settle');
  const digest = await server.ask<Digest>('digest');
  await server.ask('close');
  await server.stop();
  say('folding the same fixes without sockets and database');
  const digestIsRight = JSON.stringify(digest) === JSON.stringify(await referenceDigest(size, since, year));
  say(`  the digest is ${digestIsRight ? 'the same' : 'another one'}`);

  const rest = await restOnSockets(size, place, clients);
  return {
    rawEchoFixesPerS: Math.round(raw.fixesPerS),
    durableFixesPerS: Math.round(durable.fixesPerS),
    ratio: round(durable.fixesPerS / raw.fixesPerS, 3),
    ackP50Ms: round(ackMs(0.5), 1),
    ackP99Ms: round(ackMs(0.99), 1),
    ackSockets: size.machines,
    ...rest,
    machines: size.machines,
    fields: size.fields,
    fixes: durable.fixes,
    seconds: { sending: round(durable.sending, 2), settling: round(durable.seconds - durable.sending, 2) },
    ackMaxMs: round(ackMs(1), 1),
    cpuS: { durable: durable.cpuS, echo: { server: raw.cpuS.server, clients: raw.cpuS.clients } },
    digest,
    digestIsRight,
  };
}

/** Phase A: from the first connection until the checkpoint covers the last fix, or for so many seconds of echo. */
async function rush(
  place: Place,
  { server, clients, port, tokens, seconds }: { server: Child; clients: Child; port: number; tokens: string[]; seconds: number | null },
) {
  const before = await usage(place, server, clients);
  const started = performance.now();
  const sent = await clients.ask<{ fixes: number; seconds: number }>('rush', { port, tokens, seconds });
  if (seconds === null) await server.ask('settle');
  const took = (performance.now() - started) / 1000;
  const after = await usage(place, server, clients);
  const cpuS: Cpu = {
    server: round(after.server - before.server, 1),
    clients: round(after.clients - before.clients, 1),
    database: after.database === null ? null : round(after.database - before.database!, 1),
  };
  return { fixes: sent.fixes, fixesPerS: sent.fixes / took, sending: sent.seconds, seconds: took, cpuS };
}

/** Phase C: what an idle socket holds in a server that has just started; and what a fix costs on the wire. */
async function restOnSockets(size: IngestSize, { start, say, uri }: Place, clients: Child) {
  const count = Math.min(size.idleSockets, openFileLimit() - OTHER_FILES);
  say(`phase C: ${count} idle sockets (at most ${openFileLimit()} open files a process)`);
  const server = start('ingest-server.ts');
  const port = await server.ask<number>('open', { uri });
  const tokens = await server.ask<string[]>('tokens', { count, machines: size.machines });
  const since = Date.now() - (Date.now() % 1000) - size.trackFixes * 1000;
  const bytesPerFix = await clients.ask<number>('weigh', { port, token: tokens[0], since });
  const rssKb = async () => (await server.ask<{ rssKb: number }>('usage')).rssKb;
  const before = await rssKb();
  const sockets = await clients.ask<number>('rest', { port, tokens });
  const rssPerSocketKb = ((await rssKb()) - before) / sockets;
  await clients.ask('leave');
  say(`  ${rssPerSocketKb.toFixed(1)} kB a socket; ${bytesPerFix.toFixed(2)} bytes a fix`);
  return { bytesPerFix: round(bytesPerFix, 2), sockets, rssPerSocketKb: round(rssPerSocketKb, 1) };
}

async function usage({ databasePid }: Place, server: Child, clients: Child): Promise<Cpu> {
  const cpuOf = async (child: Child) => (await child.ask<{ cpuS: number }>('usage')).cpuS;
  return { server: await cpuOf(server), clients: await cpuOf(clients), database: cpuSecondsOf(databasePid()) };
}

/** Null where the system does not tell. */
function cpuSecondsOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

/** The soft limit: Node raises it to the hard one when it starts. */
function openFileLimit(): number {
  const report = process.report.getReport() as unknown as { userLimits?: { open_files: { soft: number | 'unlimited' } } };
  const soft = report.userLimits?.open_files.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
