import { describe, expect, test } from 'vitest';
import { drillFields, LISTED } from '../../seed/drill/drill-season.ts';
import { fieldWork } from '../../seed/drill/field-work.ts';
import { LedgerOutbox } from '../../seed/drill/ledger.ts';
import { type Random, randomOf } from '../../seed/season/random.ts';
import type { FixReport, FixReportReply } from '../../shared/device.ts';
import type { Reply } from '../../shared/reply.ts';
import { ask, field, machine, NOON, type TestApp, testApp } from '../app-for-test.ts';

const SEED = 7;
const HOUR_MS = 3_600_000;
const drillField = drillFields(SEED);
const season = {
  fields: drillField.map(({ id, polygon }) => field(id, polygon)),
  machines: LISTED.map(({ id, operation, widthM }) => machine(id, { implements: [{ from: 0, operation, workingWidthM: widthM }] })),
};

/** Three outboxes of each machine, 400 entries each: work in fields shared and not, refused, malformed and thinned ones among them. */
const outboxes = LISTED.flatMap((drillMachine, rank) => {
  const work = fieldWork(drillMachine, rank, { seed: SEED, fields: drillField, from: NOON - 48 * HOUR_MS });
  return [1, 2, 3].map(turn => {
    const outbox = new LedgerOutbox(drillMachine.id, `outbox-${turn}-of-${drillMachine.id}`);
    for (let i = 0; i < 400; i++) outbox.entries.push(work.next().value);
    return outbox;
  });
});

interface Piece {
  outbox: LedgerOutbox;
  report: FixReport;
  to: number;
}

function piece(outbox: LedgerOutbox, from: number, most: number, random: Random): Piece {
  const to = Math.min(outbox.last, from + random.whole(most));
  return { outbox, to, report: outbox.report(from, to, random.next() < 0.5) };
}

/** One outbox after the other in even pieces. */
const inOrder = (random: Random): Piece[] =>
  outboxes.flatMap(outbox => Array.from({ length: 8 }, (_, i) => piece(outbox, 1 + i * 50, 50, { ...random, whole: () => 49 })));

/** Pieces of any size, those of different outboxes in any order, some of them twice, some beginning with what was sent before. */
function shuffled(random: Random): Piece[] {
  const next = new Map(outboxes.map(outbox => [outbox, 1]));
  const pieces: Piece[] = [];
  while (next.size > 0) {
    const [outbox, from] = random.pick([...next]);
    const sent = piece(outbox, Math.max(1, from - random.whole(30)), 150, random);
    if (sent.to < from) continue;
    pieces.push(sent);
    if (random.next() < 0.3) pieces.push(sent);
    if (sent.to === outbox.last) next.delete(outbox);
    else next.set(outbox, sent.to + 1);
  }
  return pieces;
}

async function digestAfter(
  server: TestApp,
  pieces: readonly Piece[],
): Promise<{ body: { fixes: number; totals: Record<string, number> } }> {
  const sockets = new Map<string, Awaited<ReturnType<TestApp['connect']>>>();
  for (const { id } of LISTED) sockets.set(id, await server.connect(await server.token({ role: 'device', machine: id })));
  for (const { outbox, report, to } of pieces) {
    const reply = (await ask(sockets.get(outbox.machine)!, 'fix:report', report)) as Reply<FixReportReply>;
    expect(reply, `${outbox.id} up to ${to}`).toMatchObject({ ok: true });
    expect(reply.ok && reply.value.upTo).toBeGreaterThanOrEqual(to);
  }
  return await server.get('/api/v1/digest', await server.token({ role: 'administrator' }));
}

describe('the same fixes', async () => {
  const expected = await digestAfter(await testApp(season), inOrder(randomOf(SEED, 'plain')));

  test('are all there', () => {
    const entries = outboxes.flatMap(outbox => outbox.entries);
    const { fixes, totals } = expected.body;
    expect(fixes).toBe(entries.filter(({ kind }) => kind !== 'thinned').length);
    expect(totals.thinned).toBe(entries.filter(({ kind }) => kind === 'thinned').length);
    expect([totals.harvestDm2, totals.sowDm2, totals.refused].every(total => total > 0)).toBe(true);
  });

  test.each([1, 2])('give the same digest when outboxes are shuffled, pieces cut anew and sent twice (%i)', async seed => {
    const { body } = await digestAfter(await testApp(season), shuffled(randomOf(seed, 'shuffled')));
    expect(body).toEqual(expected.body);
  });

  test('one out of turn is told what is waited for, is sent again in its turn, and changes nothing', async () => {
    const server = await testApp(season);
    const [outbox] = outboxes;
    const device = await server.connect(await server.token({ role: 'device', machine: outbox.machine }));
    const [first, second] = [outbox.report(1, 100, true), outbox.report(101, outbox.last, false)];
    const outOfTurn = { ok: false, problem: { code: 'invalid', message: expect.any(String), expectedSeq: 1 } };
    expect(await ask(device, 'fix:report', second)).toEqual(outOfTurn);
    expect(await ask(device, 'fix:report', first)).toMatchObject({ ok: true, value: { upTo: 100 } });
    expect(await ask(device, 'fix:report', second)).toMatchObject({ ok: true, value: { upTo: outbox.last } });
    const rest = inOrder(randomOf(SEED, 'rest')).filter(piece => piece.outbox !== outbox);
    expect((await digestAfter(server, rest)).body).toEqual(expected.body);
  });
});
