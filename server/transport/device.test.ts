import { describe, expect, test } from 'vitest';
import { type FixRow, readFixRow } from '../../shared/fix.ts';
import { packFixes } from '../../shared/packing.ts';
import { ask, at, field, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';

const OUTBOX = 'outbox-test-1';
/** Fixes of one pass northwards, one a second, 1.25 m apart, header down. */
const pass = (from: number, to: number, east = 1.25): FixRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) => [
    from + i,
    NOON - 3_600_000 + (from + i) * 1000,
    ...at(east, (from + i) * 1.25),
    4.5,
    0,
    1,
    2.5,
    1,
  ]);
const report = (rows: unknown[], over: object = {}) => ({ v: 1, outbox: OUTBOX, rows, ...over });

describe('a device', async () => {
  const server = await testApp({ fields: [field('F1', rectangle(0, 0, 2.5, 200))] });
  const token = await server.token({ role: 'device', machine: 'C1' });
  const device = await server.connect(token);
  const stored = () =>
    server.app.book.fold
      .outboxesOf('C1')
      .map(({ outbox, lastSeq, fixes, refused, thinned }) => ({ outbox, lastSeq, fixes, refused, thinned }));

  test('is acknowledged when its batch is stored', async () => {
    expect(await ask(device, 'fix:report', report(pass(1, 10)))).toEqual({ ok: true, value: { upTo: 10, refused: [] } });
    expect(await server.app.book.log.lastOfOutbox('C1', OUTBOX)).toMatchObject({ firstSeq: 1, lastSeq: 10 });
  });

  test('may resend in any chunking: every fix is stored once and acknowledged again', async () => {
    expect(await ask(device, 'fix:report', report(pass(1, 10)))).toEqual({ ok: true, value: { upTo: 10, refused: [] } });
    expect(await ask(device, 'fix:report', report(pass(5, 15)))).toEqual({ ok: true, value: { upTo: 15, refused: [] } });
    const second = await server.connect(token);
    const both = await Promise.all([ask(device, 'fix:report', report(pass(12, 20))), ask(second, 'fix:report', report(pass(14, 22)))]);
    expect(both).toEqual([
      { ok: true, value: { upTo: expect.any(Number), refused: [] } },
      { ok: true, value: { upTo: 22, refused: [] } },
    ]);
    expect(stored()).toEqual([{ outbox: OUTBOX, lastSeq: 22, fixes: 22, refused: {}, thinned: 0 }]);
  });

  test('out of turn is told which seq is waited for, and nothing is stored', async () => {
    expect(await ask(device, 'fix:report', report(pass(30, 40)))).toEqual({
      ok: false,
      problem: { code: 'invalid', message: 'the batch is out of turn: seq 23 is next, or must be named as thinned', expectedSeq: 23 },
    });
    expect(stored()[0].lastSeq).toBe(22);
  });

  test('names what it gave up as thinned, and goes on after it', async () => {
    expect(await ask(device, 'fix:report', report(pass(30, 40), { thinned: [[23, 29]] }))).toEqual({
      ok: true,
      value: { upTo: 40, refused: [] },
    });
    expect(stored()[0]).toEqual({ outbox: OUTBOX, lastSeq: 40, fixes: 33, refused: {}, thinned: 7 });
  });

  test('hears of a refused fix with all reasons, the batch is acknowledged, and a resend tells it again', async () => {
    const rows = [...pass(41, 42), [43, NOON + 700_000, 0, 0, null, null, 500, null, null], [44, 'noon', 113, 34], ...pass(45, 46)];
    const answer = {
      ok: true,
      value: {
        upTo: 46,
        refused: [
          { seq: 43, reasons: ['future', 'inaccurate', 'outside', 'jump'] },
          { seq: 44, reasons: ['malformed'] },
        ],
      },
    };
    expect(await ask(device, 'fix:report', report(rows))).toEqual(answer);
    expect(await ask(device, 'fix:report', report(rows))).toEqual(answer);
    expect(stored()[0].refused).toEqual({ future: 1, inaccurate: 1, outside: 1, jump: 1, malformed: 1 });
  });

  test('may send packed', async () => {
    const packed = packFixes(pass(47, 106).map(row => readFixRow(row) as never));
    expect(await ask(device, 'fix:report', { v: 1, outbox: OUTBOX, packed })).toEqual({ ok: true, value: { upTo: 106, refused: [] } });
    expect(await ask(device, 'fix:report', { v: 1, outbox: OUTBOX, packed: packed.slice(0, 20) })).toMatchObject({
      ok: false,
      problem: { code: 'invalid' },
    });
  });

  test('covers the ground between its fixes, as wide as its header, and nothing where it was silent', async () => {
    server.app.book.fold.evaluate();
    const { coveredDm2, byMachine } = server.app.book.fold.coverageOf('F1', 'harvest')!;
    // From fix 1 to 106, 1.25 m apart and 2.5 m wide; neither the thinned 8 s nor the two refused fixes make a gap.
    expect(Math.abs(coveredDm2 / 100 - 105 * 1.25 * 2.5)).toBeLessThan(5);
    expect(byMachine).toEqual([['C1', coveredDm2]]);
  });

  test('malformed, oversized and foreign messages are answered, each with what is wrong', async () => {
    const codes = async (input: unknown) =>
      ((await ask(device, 'fix:report', input)) as { problem: { code: string; message: string } }).problem;
    expect(await codes('nonsense')).toMatchObject({ code: 'invalid' });
    expect(await codes({ v: 2, outbox: OUTBOX, rows: [] })).toMatchObject({ code: 'invalid', message: expect.stringContaining('v:') });
    expect(await codes(report([[0, 1, 2, 3]]))).toMatchObject({ code: 'invalid', message: expect.stringContaining('rows[0]') });
    expect(await codes(report(pass(107, 707)))).toMatchObject({ code: 'invalid', message: expect.stringContaining('rows') });
    expect(await codes(report([[107, 'x'.repeat(70_000)]]))).toMatchObject({ code: 'invalid', message: expect.stringContaining('bytes') });
    expect(await codes(report(pass(107, 108), { machine: 'C2' }))).toMatchObject({ code: 'forbidden' });
    expect(stored()[0].lastSeq).toBe(106);
  });

  test('beyond the message limit the connection ends, and the server goes on', async () => {
    const rude = await server.connect(token);
    const gone = new Promise(resolve => rude.once('disconnect', resolve));
    rude.emit('fix:report', 'x'.repeat(600_000), () => undefined);
    expect(await gone).toBe('transport close');
    expect(await ask(device, 'fix:report', report(pass(1, 2)))).toMatchObject({ ok: true });
  });

  test('with many reports open at once is limited, and nothing of those is stored', async () => {
    const flood = await server.connect(await server.token({ role: 'device', machine: 'C2' }));
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => ask(flood, 'fix:report', { v: 1, outbox: 'outbox-flood', rows: pass(i + 1, i + 1) })),
    );
    const codes = (answers as { ok: boolean; problem?: { code: string; retryAfterMs?: number } }[]).map(answer =>
      answer.ok ? 'ok' : answer.problem!.code,
    );
    expect(codes.slice(0, 8)).toEqual(Array(8).fill('ok'));
    expect(codes.slice(8)).toEqual(Array(22).fill('limited'));
    expect(await ask(flood, 'fix:report', { v: 1, outbox: 'outbox-flood', rows: pass(9, 9) })).toEqual({
      ok: true,
      value: { upTo: 9, refused: [] },
    });
  });

  test('without a valid token is not let in', async () => {
    await expect(server.connect('wrong')).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    await expect(server.connect(null)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    await expect(server.connect(token, { origin: 'https://elsewhere.example' })).rejects.toBeTruthy();
  });

  test('may not ask what pages ask', async () => {
    expect(await ask(device, 'view:open', { division: '410100' })).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    expect(await server.get(`/api/v1/progress?division=${TOWN}`, token)).toMatchObject({ status: 403 });
  });

  test('on the live lane moves the mark at once and stores nothing', async () => {
    const [lng, lat] = at(1.25, 300);
    device.emit('fix:live', [1, NOON - 1000, lng, lat, 15, 90, 1, null, null]);
    await expect.poll(() => server.app.book.fleet.machines.get('C1')?.fixTime).toBe(NOON - 1000);
    expect(stored()[0].lastSeq).toBe(106);
  });
});
