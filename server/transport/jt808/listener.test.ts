import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { mutatedFrames } from '../../../seed/drill/mutated-frames.ts';
import { NOON, testApp } from '../../app-for-test.ts';
import { silentLog } from '../../services/log.ts';
import { acceptedOf } from '../../services/outbox.ts';
import { TerminalIntake } from '../../services/terminal-intake.ts';
import { TerminalOutboxes } from '../../services/terminal-outboxes.ts';
import { encodeFrame, type Frame, FrameReader } from './frame.ts';
import { Jt808Listener } from './listener.ts';

const NUMBER = '13812345678';
const bytes = (text: string) => Uint8Array.from((text.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16)));
const word = (value: number, digits = 4) => value.toString(16).padStart(digits, '0');

/** 11:mm:ss on 6 June 2027, at 113.4° E plus so many micro-degrees. */
const location = (time: string, east = 0) =>
  `00000000${word(3, 8)}${word(34_700_000, 8)}${word(113_400_000 + east, 8)}0064002a005a27060611${time}`;

/** A terminal: sends frames and waits for the answers. */
class Terminal {
  private readonly reader = new FrameReader();
  private readonly heard: Frame[] = [];
  private waiting: (() => void) | null = null;
  private serial = 0;
  closed = false;

  private constructor(
    readonly socket: Socket,
    private readonly edition: 2013 | 2019,
    private readonly number: string,
  ) {
    socket.on('data', chunk => {
      for (const decoded of this.reader.read(chunk)) if ('frame' in decoded) this.heard.push(decoded.frame);
      this.waiting?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.waiting?.();
    });
  }

  static call(port: number, edition: 2013 | 2019 = 2013, number = NUMBER): Promise<Terminal> {
    return new Promise((settle, fail) => {
      const socket = connect(port, '127.0.0.1', () => settle(new Terminal(socket, edition, number)));
      socket.once('error', fail);
    });
  }

  /** The body of the answer behind the serial that it answers, hex; null when the line was closed instead. */
  async ask(message: number, body = ''): Promise<string | null> {
    this.serial++;
    this.socket.write(encodeFrame({ message, edition: this.edition, terminal: this.number, serial: this.serial, body: bytes(body) }));
    const answer = await this.answer();
    if (answer !== null && answer.slice(0, 4) !== word(this.serial)) throw new Error(`${this.serial} is answered by ${answer}`);
    return answer === null ? null : answer.slice(4);
  }

  async answer(): Promise<string | null> {
    while (this.heard.length === 0) {
      if (this.closed) return null;
      await new Promise<void>(settle => {
        this.waiting = settle;
      });
    }
    return Buffer.from(this.heard.shift()!.body).toString('hex');
  }
}

describe('terminals over TCP', async () => {
  const server = await testApp();
  const { terminals, log } = server.app.book;
  const port = await server.app.jt808.listen(0, '127.0.0.1');
  const stored = async () => {
    const times: string[] = [];
    for await (const batch of log.ofMachine('C1', 0, NOON)) {
      for (const { fixTime, lng } of acceptedOf(batch)) times.push(`${batch.outbox} ${(fixTime - NOON) / 1000 + 3600} ${lng}`);
    }
    return times;
  };
  let line: Terminal;
  let code: string;

  test('one that nobody enrolled is told so, and is seen as a caller', async () => {
    const stranger = await Terminal.call(port);
    expect(await stranger.ask(0x0100, '00'.repeat(37))).toBe('04');
    expect(await stranger.ask(0x0102, '414243')).toBe('010201');
    expect(await stranger.ask(0x0200, location('0000'))).toBe('020001');
    expect(terminals.unknownCallers()).toEqual([{ number: NUMBER, lastAt: expect.any(Number) }]);
    expect(await stored()).toEqual([]);
  });

  test('one that is enrolled registers, authenticates with what it was given, and reports', async () => {
    await terminals.enrol({ number: NUMBER, machine: 'C1', datum: 'wgs84' }, 'test');
    line = await Terminal.call(port);
    const answer = await line.ask(0x0100, '00'.repeat(37));
    expect(answer).toMatch(/^00([0-9a-f]{24})$/);
    code = answer!.slice(2);
    expect(await line.ask(0x0102, code)).toBe('010200');
    expect(await line.ask(0x0002)).toBe('000200');
    expect(await line.ask(0x0200, location('0000'))).toBe('020000');
    expect(await stored()).toEqual([`jt808-${NUMBER} 0 113.4`]);
  });

  test('a location that comes again is answered again and stored once; a list of stored ones likewise', async () => {
    expect(await line.ask(0x0200, location('0000'))).toBe('020000');
    const list = [location('0005', 50), location('0010', 100), location('0000')];
    expect(await line.ask(0x0704, `${word(3)}01${list.map(one => `001c${one}`).join('')}`)).toBe('070400');
    expect(await stored()).toEqual([`jt808-${NUMBER} 0 113.4`, `jt808-${NUMBER} 5 113.40005`, `jt808-${NUMBER} 10 113.4001`]);
    expect(terminals.list()[0].counts).toEqual({ accepted: 3, refused: 0, known: 2, unusable: 0, offDuty: 0, late: 0, clockSteps: 0 });
  });

  test('a location without satellites, and one that cannot be read, are counted and not stored', async () => {
    expect(await line.ask(0x0200, location('0015').replace('00000003', '00000001'))).toBe('020000');
    expect(await line.ask(0x0200, location('9915'))).toBe('020002');
    expect(await line.ask(0x0900, '00')).toBe('090003');
    expect(await stored()).toHaveLength(3);
    expect(terminals.list()[0].counts.unusable).toBe(2);
  });

  test('another edition, another line, the code of before: the same terminal', async () => {
    const again = await Terminal.call(port, 2019);
    expect(await again.ask(0x0102, `0c${code}`)).toBe('010200');
    expect(await again.ask(0x0200, location('0020', 200))).toBe('020000');
    expect((await stored()).at(-1)).toBe(`jt808-${NUMBER} 20 113.4002`);
  });

  test('on a line of one terminal nobody reports as another', async () => {
    await terminals.enrol({ number: '999', machine: 'C2', datum: 'wgs84' }, 'test');
    line.socket.write(encodeFrame({ message: 0x0200, edition: 2013, terminal: '999', serial: 77, body: bytes(location('0030')) }));
    expect(await line.answer()).toBe('004d020001');
    expect(await stored()).toHaveLength(4);
  });

  test('a terminal that reports in GCJ-02 is put where it is', async () => {
    await terminals.enrol({ number: NUMBER, machine: 'C1', datum: 'gcj02' }, 'test');
    expect(await line.ask(0x0200, location('0130', 6106))).toBe('020000');
    const [, second, lng] = (await stored()).at(-1)!.split(' ');
    expect(second).toBe('90');
    // GCJ-02 lies some 0.0061° to the east here.
    expect(Number(lng)).toBeCloseTo(113.4, 3);
  });

  test('hostile bytes end their own line at most; the others go on', async () => {
    // Under the number of the terminal itself, on lines where it is known.
    for (const edition of [2013, 2019] as const) {
      const frames = mutatedFrames({ edition, number: '999' }, { seed: 7, at: NOON });
      const registered = await Terminal.call(port, edition, '999');
      const own = (await registered.ask(0x0100, '00'.repeat(76)))!.slice(2);
      for (let round = 0; round < 12; round++) {
        const attacker = await Terminal.call(port, edition, '999');
        await attacker.ask(0x0102, edition === 2019 ? `0c${own}` : own);
        attacker.socket.write(Buffer.concat(Array.from({ length: 120 }, () => frames.next().value.bytes)));
        // Until it is cut for so much nonsense.
        while ((await attacker.answer()) !== null);
      }
    }
    expect(await line.ask(0x0002)).toBe('000200');
    // A frame cut off by the end of the line is nobody's.
    const half = await Terminal.call(port);
    half.socket.end(encodeFrame({ message: 2, edition: 2013, terminal: NUMBER, serial: 1, body: new Uint8Array() }).subarray(0, 9));
    expect(await line.ask(0x0002)).toBe('000200');
  });

  test('what was kept while off duty is dropped and counted, though the machine is on duty again', async () => {
    const { duties } = server.app.book;
    const at = (minute: number) => NOON - 3_600_000 + minute * 60_000;
    await duties.change('C1', 'test', { id: 'duty-1', on: false, at: at(10) });
    await duties.change('C1', 'test', { id: 'duty-2', on: true, at: at(20) });
    const before = (await stored()).length;
    const list = ['0930', '1200', '1959', '2100'].map(time => `001c${location(time)}`);
    expect(await line.ask(0x0704, `${word(4)}01${list.join('')}`)).toBe('070400');
    expect([(await stored()).length - before, terminals.list()[0].counts.offDuty]).toEqual([2, 2]);
  });

  test('connections that do not say who they are: so many of one address, and so long', async () => {
    const { app } = server;
    const outboxes = new TerminalOutboxes({ ingest: app.ingest, fold: app.book.fold, log });
    const intake = new TerminalIntake({ terminals, outboxes, duties: app.book.duties });
    const strict = new Jt808Listener({ terminals, intake, log: silentLog, strangerMs: 300, mostStrangers: 3 });
    const strictPort = await strict.listen(0, '127.0.0.1');
    const known = await Terminal.call(strictPort);
    expect(await known.ask(0x0102, code)).toBe('010200');
    const silent = [await Terminal.call(strictPort), await Terminal.call(strictPort), await Terminal.call(strictPort)];
    // Cut at once, before or after it hears that it was let in.
    const oneMore = Terminal.call(strictPort);
    expect(
      await oneMore.then(
        one => one.answer(),
        () => null,
      ),
    ).toBeNull();
    for (const one of silent) expect(await one.answer()).toBeNull();
    expect(await known.ask(0x0002)).toBe('000200');
    await strict.close();
  });

  test('one whose enrolment was taken back is heard no more', async () => {
    await terminals.remove(NUMBER);
    expect(await line.ask(0x0200, location('0200'))).toBe('020001');
    expect(await (await Terminal.call(port)).ask(0x0102, code)).toBe('010201');
  });
});
