import { setTimeout as pause } from 'node:timers/promises';
import type { Fix } from '../../shared/fix.ts';
import { packFixes } from '../../shared/packing.ts';
import { answerParent } from './ingest-child.ts';
import { Line } from './ingest-line.ts';
import { OUTBOX } from './ingest-season.ts';
import type { IngestSize } from './ingest-size.ts';
import { trackOf } from './ingest-track.ts';

/** The clients' process: all devices of the bench. Tracks are made and packed before the clock starts. */
interface Track {
  batches: Uint8Array[];
  singles: Uint8Array[];
}
let tracks: Track[] = [];
let size: IngestSize;

function packed(fixes: readonly Fix[], batch: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(fixes.length / batch) }, (_, i) => packFixes(fixes.slice(i * batch, (i + 1) * batch)));
}

function prepare(given: { size: IngestSize; since: number }): void {
  size = given.size;
  const { machines, trackFixes, pacedSeconds, fields, batch } = size;
  tracks = Array.from({ length: machines }, (_, machine) => {
    const track = trackOf(machine, { fixes: trackFixes + pacedSeconds, fields: fields / machines, since: given.since });
    return { batches: packed(track.slice(0, trackFixes), batch), singles: packed(track.slice(trackFixes), 1) };
  });
}

/** Phase A. Without an end it sends each track once; with one it starts over until the time is up. Returns fixes and seconds. */
async function rush({ port, tokens, seconds }: { port: number; tokens: string[]; seconds: number | null }) {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const isOver = () => seconds !== null && elapsed() >= seconds;
  let next = 0;
  let fixes = 0;
  const lane = async () => {
    while ((seconds !== null || next < tracks.length) && !isOver()) {
      const machine = next++ % tracks.length;
      const line = await Line.open(port, tokens[machine]);
      const acked = await sendAll(line, tracks[machine].batches, isOver);
      fixes += acked;
      line.close();
    }
  };
  await Promise.all(Array.from({ length: size.lanes }, lane));
  return { fixes, seconds: elapsed() };
}

/** Resolves with the number of fixes answered for. */
function sendAll(line: Line, batches: readonly Uint8Array[], isOver: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let acked = 0;
    let upTo = 0;
    line.onFailure = reject;
    const heard = (to: number): void => {
      acked++;
      upTo = Math.max(upTo, to);
      if (acked === batches.length || (acked === sent && isOver())) resolve(upTo);
      else if (sent < batches.length && !isOver()) line.report(OUTBOX, batches[sent++], heard);
    };
    while (sent < Math.min(size.unacked, batches.length)) line.report(OUTBOX, batches[sent++], heard);
  });
}

/** Phase B: every machine on its own socket, a fix a second, evenly spread over the second. Returns the times of all acks, ms. */
async function pace({ port, tokens }: { port: number; tokens: string[] }): Promise<Float64Array> {
  const lines = await openMany(port, tokens.slice(0, tracks.length));
  const times = new Float64Array(lines.length * size.pacedSeconds);
  let acked = 0;
  let sent = 0;
  let failure: Error | null = null;
  for (const line of lines)
    line.onFailure = error => {
      failure = error;
    };
  const started = performance.now();
  while (acked < times.length) {
    if (failure) throw failure;
    const due = Math.min(times.length, Math.floor(((performance.now() - started) / 1000) * lines.length));
    for (; sent < due; sent++) {
      const machine = sent % lines.length;
      const at = performance.now();
      lines[machine].report(OUTBOX, tracks[machine].singles[Math.floor(sent / lines.length)], () => {
        times[acked++] = performance.now() - at;
      });
    }
    await pause(2);
  }
  for (const line of lines) line.close();
  return times;
}

let idle: Line[] = [];
/** Phase C. */
async function rest({ port, tokens }: { port: number; tokens: string[] }): Promise<number> {
  idle = await openMany(port, tokens);
  return idle.length;
}

const OPENING_AT_ONCE = 100;
async function openMany(port: number, tokens: readonly string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (let i = 0; i < tokens.length; i += OPENING_AT_ONCE) {
    lines.push(...(await Promise.all(tokens.slice(i, i + OPENING_AT_ONCE).map(token => Line.open(port, token)))));
  }
  return lines;
}

/** What a fix costs on the wire at 60 a batch, in an outbox of its own. */
async function weigh({ port, token, since }: { port: number; token: string; since: number }): Promise<number> {
  const { trackFixes, fields, machines } = size;
  const line = await Line.open(port, token);
  const before = line.bytes();
  const batches = packed(trackOf(0, { fixes: trackFixes, fields: fields / machines, since }), 60);
  await new Promise<void>((resolve, reject) => {
    line.onFailure = reject;
    const send = (i: number): void => (i === batches.length ? resolve() : line.report(`${OUTBOX}-weighed`, batches[i], () => send(i + 1)));
    send(0);
  });
  const bytes = line.bytes() - before;
  line.close();
  return bytes / trackFixes;
}

answerParent({
  prepare,
  rush,
  pace,
  rest,
  weigh,
  usage: () => ({ cpuS: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 }),
  leave: () => {
    for (const line of idle) line.close();
  },
});
