import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { FixReport, FixReportReply } from '../../shared/device.ts';
import { type Fix, readFixRow } from '../../shared/fix.ts';
import { unpackFixes } from '../../shared/packing.ts';
import type { Problem, Reply } from '../../shared/reply.ts';

/** What a server may do instead of taking the batch, or after it. */
export type Mood = 'take' | 'silent' | 'takeSilently' | 'hangUp' | 'takeAndHangUp' | { problem: Problem };

/**
 * The receiving half of the contract in memory, for tests: it keeps its promises about seq, and misbehaves as it is told, one mood a
 * batch, `take` when there are none left.
 */
export async function unreliableServer(moods: Mood[] = []) {
  const http = createServer();
  const io = new Server(http);
  const stored: Fix[] = [];
  const batchSizes: number[] = [];
  const live: unknown[] = [];
  const state = { upTo: 0, refuse: (_fix: Fix) => false };

  const take = (report: FixReport): Reply<FixReportReply> => {
    const fixes = report.packed ? unpackFixes(report.packed) : report.rows!.map(row => readFixRow(row) as Fix);
    const thinned = (seq: number) => report.thinned?.some(([from, to]) => from <= seq && seq <= to);
    const refused: FixReportReply['refused'] = [];
    for (const fix of fixes) {
      while (state.upTo + 1 < fix.seq && thinned(state.upTo + 1)) state.upTo++;
      if (fix.seq > state.upTo + 1) return { ok: false, problem: { code: 'invalid', message: 'out of turn', expectedSeq: state.upTo + 1 } };
      if (state.refuse(fix)) refused.push({ seq: fix.seq, reasons: ['jump'] });
      if (fix.seq <= state.upTo) continue;
      stored.push(fix);
      state.upTo = fix.seq;
    }
    while (thinned(state.upTo + 1)) state.upTo++;
    batchSizes.push(fixes.length);
    return { ok: true, value: { upTo: state.upTo, refused } };
  };
  const receive = (socket: Socket, report: FixReport, reply: (answer: Reply<FixReportReply>) => void) => {
    const mood = moods.shift() ?? 'take';
    if (typeof mood === 'object') return reply({ ok: false, problem: mood.problem });
    const answer = mood === 'silent' || mood === 'hangUp' ? undefined : take(report);
    if (mood === 'take') reply(answer!);
    if (mood === 'hangUp' || mood === 'takeAndHangUp') socket.disconnect(true);
  };
  io.use((socket, next) =>
    next(
      socket.handshake.auth.token === 'good' ? undefined : Object.assign(new Error('unknown token'), { data: { code: 'unauthenticated' } }),
    ),
  );
  io.on('connection', socket => {
    socket.emit('clock:changed', { seasonAt: 1_000_000, wallAt: 0, speed: 30 });
    socket.on('fix:report', (report, reply) => receive(socket, report, reply));
    socket.on('fix:live', row => live.push(row));
  });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return { url, stored, batchSizes, live, state, moods, close: () => io.close() };
}
