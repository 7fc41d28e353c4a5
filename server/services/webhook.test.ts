import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../database/test-database.ts';
import { connectStores } from '../stores/connection.ts';
import { WebhookStore } from '../stores/webhook.ts';
import { SeasonClock } from './season-clock.ts';
import { Webhook } from './webhook.ts';
import { addressesOf, mayReach, readAddress } from './webhook-address.ts';
import { post, signatureOf } from './webhook-post.ts';

const NOON = 1_000_000_000_000;
const ADDRESS = 'http://127.0.0.1:9/events';

describe('where events may go', () => {
  const reached = (onLoopback: boolean, ...addresses: string[]) => addresses.filter(address => mayReach(address, onLoopback));

  test('to the world; to this computer and its own network only from a program that listens on loopback', () => {
    const own = ['127.0.0.1', '::1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fc00::1', 'fd12::1'];
    expect(reached(false, '8.8.8.8', '172.32.0.1', '2606:4700::1', ...own)).toEqual(['8.8.8.8', '172.32.0.1', '2606:4700::1']);
    expect(reached(true, ...own)).toEqual(own);
  });

  test('never to link-local, to reserved nets, or to a private address written as an IPv6 one', () => {
    const never = [
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      'fe80::1',
      '::',
      'ff02::1',
      '64:ff9b::a00:1',
      '2002:a00:1::1',
    ];
    expect(reached(true, ...never)).toEqual([]);
    expect(reached(false, '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::ffff:10.0.0.1', 'no address')).toEqual([]);
  });

  test('only https, or http on this computer, and no password in the address', () => {
    for (const url of ['https://example.org/a', 'http://127.0.0.1:80/', 'http://localhost:80', 'http://[::1]/']) readAddress(url);
    for (const url of ['http://example.org', 'ftp://127.0.0.1', 'https://a:b@example.org', 'no address', 'file:///etc/passwd'])
      expect(() => readAddress(url)).toThrow('url:');
  });

  test('a name one of whose addresses is refused is refused', async () => {
    const resolve = async () => ['8.8.8.8', '10.0.0.1'].map(address => ({ address, family: 4 }));
    await expect(addressesOf(new URL('https://inside.example'), false, resolve)).rejects.toThrow('private network');
    expect(await addressesOf(new URL('https://inside.example'), true, resolve)).toHaveLength(2);
    // Numbers in disguise are read by the address parser before they are asked for.
    await expect(addressesOf(new URL('https://0x7f.1/'), false)).rejects.toThrow('private network');
    await expect(addressesOf(new URL('https://2130706433/'), false)).rejects.toThrow('private network');
  });
});

/** A receiver that does as it is told and keeps what it got. */
async function receiver() {
  const got: { event: string; subject: string; signature: string; body: string }[] = [];
  const mood: { answer: number | 'hang' } = { answer: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', part => {
      body += part;
    });
    request.on('end', () => {
      const { event, subject } = JSON.parse(body) as { event: string; subject: string };
      got.push({ event, subject, signature: String(request.headers['x-signature']), body });
      if (mood.answer === 'hang') return;
      response.writeHead(mood.answer, { Location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, mood, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` };
}

const connection = await connectStores(testDatabase());
afterAll(() => connection.close());
const store = new WebhookStore(connection);
await store.prepare();

async function webhook() {
  const clock = { now: NOON };
  const made = new Webhook({ store, clock: SeasonClock.real(() => clock.now), onLoopback: () => true });
  await made.load();
  return { clock, webhook: made };
}

test('what is sent is signed over its time and its text', async () => {
  const { got, url } = await receiver();
  expect(await post({ url, secret: 'key', body: '{"event":"ping"}', wall: NOON, onLoopback: true })).toBe('200');
  const expected = createHmac('sha256', 'key').update('1000000000.{"event":"ping"}').digest('hex');
  expect(got[0].signature).toBe(`t=1000000000,v1=${expected}`);
  expect(signatureOf('other', '{"event":"ping"}', NOON)).not.toBe(got[0].signature);
});

test('a redirect is not followed, a slow receiver is left, a private address is not asked', async () => {
  const { got, mood, url } = await receiver();
  mood.answer = 307;
  const delivery = { url, secret: 'key', body: '{"event":"ping"}', wall: NOON, onLoopback: true };
  expect(await post(delivery)).toBe('307');
  mood.answer = 'hang';
  expect(await post({ ...delivery, timeoutMs: 200 })).toBe('timeout');
  expect(await post({ ...delivery, onLoopback: false })).toBe('refused address');
  expect(got).toHaveLength(2);
  expect(await post({ ...delivery, url: ADDRESS })).toBe('ECONNREFUSED');
});

test('events are sent again until they are taken, those of a subject in their order, over a restart too', async () => {
  const { got, mood, url } = await receiver();
  const first = await webhook();
  const secret = await first.webhook.put({ url, isOn: true, newSecret: false });
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await first.webhook.put({ url, isOn: true, newSecret: false })).toBe(null);
  mood.answer = 500;
  first.webhook.tell('alert.raised', 'alert:1', { minutes: 45 });
  first.webhook.tell('alert.ended', 'alert:1', {});
  first.webhook.tell('order.state', 'order:2', {});
  await first.webhook.deliver();
  expect(got.map(({ event }) => event).sort()).toEqual(['alert.raised', 'order.state']);
  // Not again before five seconds are over.
  await first.webhook.deliver();
  expect(got).toHaveLength(2);
  expect(first.webhook.shown().webhook).toMatchObject({ waiting: 3, lastStatus: '500', lost: 0 });

  const second = await webhook();
  expect(second.webhook.shown().webhook).toMatchObject({ url, waiting: 3, lastStatus: '500' });
  mood.answer = 204;
  second.clock.now = NOON + 5000;
  await second.webhook.deliver();
  await second.webhook.deliver();
  expect(
    got
      .slice(2)
      .map(({ event }) => event)
      .sort(),
  ).toEqual(['alert.ended', 'alert.raised', 'order.state']);
  expect(got.slice(2).findIndex(one => one.event === 'alert.raised')).toBeLessThan(
    got.slice(2).findIndex(one => one.event === 'alert.ended'),
  );
  expect(JSON.parse(got.find(({ event }) => event === 'alert.raised')!.body)).toMatchObject({ data: { minutes: 45 }, at: NOON });
  expect(second.webhook.shown().webhook).toMatchObject({ waiting: 0, lastStatus: '204' });
});

test('of more than a thousand the oldest is given up, and said to be; switched off it notes nothing', async () => {
  const { got, mood, url } = await receiver();
  const { webhook: one } = await webhook();
  await one.put({ url, isOn: true, newSecret: true });
  mood.answer = 503;
  for (let i = 0; i < 1002; i++) one.tell('alert.raised', `alert:${i}`, {});
  await one.deliver();
  expect(one.shown().webhook).toMatchObject({ waiting: 1000, lost: 2 });
  expect(got.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['alert:2', 'alert:3']));
  expect(await one.attempt()).toBe('503');
  await one.put({ url, isOn: false, newSecret: false });
  one.tell('alert.raised', 'alert:x', {});
  expect(one.shown().webhook).toMatchObject({ waiting: 1000, isOn: false });
});
