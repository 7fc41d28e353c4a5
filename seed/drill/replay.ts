import { io, type Socket } from 'socket.io-client';
import type { FixReportReply } from '../../shared/device.ts';
import type { Reply } from '../../shared/reply.ts';
import type { Random } from '../season/random.ts';
import type { EnrolledMachine } from './crew.ts';
import type { LedgerOutbox } from './ledger.ts';

const MOST_ROWS = 300;

/** Sends everything to a program that nobody disturbs: outboxes in another order, in other pieces, once. */
export async function replay(
  url: string,
  machines: readonly EnrolledMachine[],
  outboxes: readonly LedgerOutbox[],
  random: Random,
): Promise<void> {
  const shuffled = outboxes
    .map(outbox => ({ outbox, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ outbox }) => outbox);
  await Promise.all(
    machines.map(async ({ machine, token }) => {
      const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true });
      try {
        for (const outbox of shuffled) if (outbox.machine === machine.id) await sendAll(socket, outbox, random);
      } finally {
        socket.disconnect();
      }
    }),
  );
}

async function sendAll(socket: Socket, outbox: LedgerOutbox, random: Random): Promise<void> {
  for (let from = 1; from <= outbox.last; ) {
    const to = Math.min(outbox.last, from + random.whole(MOST_ROWS));
    const report = outbox.report(from, to, random.next() < 0.5);
    const reply: Reply<FixReportReply> = await socket.timeout(30_000).emitWithAck('fix:report', report);
    if (!reply.ok || reply.value.upTo !== to) throw new Error(`an undisturbed program answers ${JSON.stringify(reply)} to ${from}–${to}`);
    from = to + 1;
  }
}
