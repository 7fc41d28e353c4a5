import { afterEach, describe, expect, test } from 'vitest';
import type { ClockLine } from '../../shared/clock.ts';
import type { Fix } from '../../shared/fix.ts';
import { randomOf } from '../season/random.ts';
import { Device, type DeviceOptions } from './device.ts';
import { type Mood, unreliableServer } from './unreliable-server.ts';

const fixAt = (second: number): Omit<Fix, 'seq'> => ({
  fixTime: 1_780_000_000_000 + second * 1000,
  lng: 113.6 + second * 1e-5,
  lat: 34.7,
  speedKmh: 4.5,
  headingDeg: 90,
  accuracyM: 1.2,
  widthM: 2.5,
  working: 1,
});
const numbered = (from: number, to: number): Fix[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    ...fixAt(from + i),
    lng: Math.round((113.6 + (from + i) * 1e-5) * 1e7) / 1e7,
    seq: from + i,
  }));

const open: { close(): unknown }[] = [];
afterEach(() => open.splice(0).map(each => each.close()));

async function pair(moods: Mood[], options: Partial<DeviceOptions> = {}) {
  const server = await unreliableServer(moods);
  const device = new Device({
    url: server.url,
    token: 'good',
    outbox: 'outbox-of-the-test',
    batch: 5,
    lingerMs: 0,
    ackTimeoutMs: 100,
    reconnectMs: 10,
    ...options,
  });
  open.push(device, server);
  return { server, device };
}
const pushAll = (device: Device, from: number, to: number) => {
  for (let second = from; second <= to; second++) device.push(fixAt(second));
};
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
};

describe('a device loses nothing and reorders nothing when', () => {
  const problems: [string, Mood[]][] = [
    ['all is well', []],
    ['a batch is never answered', ['silent']],
    ['an ack is lost', ['takeSilently']],
    ['two acks in a row are lost', ['takeSilently', 'takeSilently']],
    ['the server hangs up before it takes a batch', ['take', 'hangUp']],
    ['the server hangs up after it took a batch', ['take', 'takeAndHangUp', 'take', 'takeAndHangUp']],
    ['it is limited', [{ problem: { code: 'limited', message: 'slower', retryAfterMs: 20 } }]],
    ['the database is away', [{ problem: { code: 'unavailable', message: 'no room', retryAfterMs: 20 } }]],
    ['one batch is lost and the next comes out of turn', ['take', 'silent', 'take', 'take', 'silent']],
  ];
  test.each(problems)('%s', async (_, moods) => {
    for (const packed of [true, false]) {
      const { server, device } = await pair([...moods], { packed });
      pushAll(device, 1, 43);
      await device.drained();
      expect(server.stored).toEqual(numbered(1, 43));
      expect([device.acked, device.pending]).toEqual([43, 0]);
    }
  });

  test('its own line drops and doubles batches', async () => {
    const random = randomOf('faults');
    const often = () => random.next() < 0.3;
    const { server, device } = await pair([], { ackTimeoutMs: 30, faults: { dropBatch: often, dropReply: often, duplicate: often } });
    pushAll(device, 1, 43);
    await device.drained();
    expect(server.stored).toEqual(numbered(1, 43));
  });
});

describe('a device', () => {
  test('waits as long as it is told', async () => {
    const { server, device } = await pair([{ problem: { code: 'limited', message: 'slower', retryAfterMs: 150 } }]);
    const from = Date.now();
    pushAll(device, 1, 3);
    await device.drained();
    expect(Date.now() - from).toBeGreaterThanOrEqual(150);
    expect(server.stored).toEqual(numbered(1, 3));
  });

  test('that is told of a lost past names it as thinned and goes on', async () => {
    const { server, device } = await pair([]);
    pushAll(device, 1, 10);
    await device.drained();
    server.state.upTo = 4;
    pushAll(device, 11, 12);
    await device.drained();
    expect([device.acked, server.state.upTo]).toEqual([12, 12]);
    expect(server.stored.slice(-2)).toEqual(numbered(11, 12));
  });

  test('names what it gave up', async () => {
    const { server, device } = await pair([]);
    device.loseSignal();
    pushAll(device, 1, 20);
    device.thin(4, 9);
    device.regainSignal();
    await device.drained();
    expect(server.stored).toEqual([...numbered(1, 3), ...numbered(10, 20)]);
    expect(device.acked).toBe(20);
  });

  test('counts a refused fix once, by reason, however often it is answered', async () => {
    const { server, device } = await pair(['take', 'takeSilently', 'silent']);
    server.state.refuse = fix => fix.seq === 2 || fix.seq === 7;
    pushAll(device, 1, 12);
    await device.drained();
    expect([device.refused, [...device.refusedByReason]]).toEqual([2, [['jump', 2]]]);
  });

  test('that was away shows its newest position first and drains in large batches', async () => {
    const { server, device } = await pair([], { drainBatch: 40 });
    await until(() => device.state === 'connected');
    device.loseSignal();
    pushAll(device, 1, 100);
    expect([device.state, device.pending]).toEqual(['away', 100]);
    device.regainSignal();
    await device.drained();
    expect(server.live[0]).toEqual(Object.values({ seq: 100, ...fixAt(100) }));
    expect(server.batchSizes.slice(0, 2)).toEqual([40, 40]);
    expect(server.stored).toEqual(numbered(1, 100));
  });

  test('keeps a batch that is not full for the time it was given', async () => {
    const { server, device } = await pair([], { lingerMs: 100 });
    await until(() => device.state === 'connected');
    device.push(fixAt(1));
    await until(() => device.acked === 1);
    const from = Date.now();
    pushAll(device, 2, 4);
    await until(() => device.acked === 4);
    expect(Date.now() - from).toBeGreaterThan(60);
    expect(server.batchSizes).toEqual([1, 3]);
  });

  test('keeps the season clock of the server', async () => {
    const lines: ClockLine[] = [];
    const { device } = await pair([], { onClock: line => lines.push(line) });
    expect(device.seasonNow()).toBe(null);
    await until(() => lines.length > 0);
    expect([lines, device.seasonNow(10)]).toEqual([[{ seasonAt: 1_000_000, wallAt: 0, speed: 30 }], 1_000_300]);
  });

  test('whose token is unknown says so and stops', async () => {
    const { device } = await pair([], { token: 'bad' });
    device.push(fixAt(1));
    await expect(device.drained()).rejects.toThrow('unknown token');
    expect(device.state).toBe('denied');
  });
});
