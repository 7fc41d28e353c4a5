import { afterAll, describe, expect, test } from 'vitest';
import type { Alert } from '../../shared/alert.ts';
import { divisions } from '../app-for-test.ts';
import { testDatabase } from '../database/test-database.ts';
import type { Finding } from '../domain/alerts/rule.ts';
import { AlertStore } from '../stores/alerts.ts';
import { connectStores } from '../stores/connection.ts';
import { RegistryStore } from '../stores/registry.ts';
import { Alerts } from './alerts.ts';
import { Registry } from './registry.ts';

const NOON = 1_000_000_000_000;
const MINUTE = 60_000;
const uri = testDatabase();
const connection = await connectStores(uri);
afterAll(() => connection.close());
const registry = new Registry(new RegistryStore(connection));
registry.putUnits({ divisions });
const store = new AlertStore(connection);
await store.prepare();

async function engine(over: { hasDispatcher?: (division: string) => boolean } = {}) {
  const clock = { now: NOON };
  let ids = 0;
  const news: string[] = [];
  const alerts = new Alerts({
    store,
    registry,
    now: () => clock.now,
    newId: () => `${crypto.randomUUID().slice(0, 35)}${ids++ % 10}`,
    hasDispatcher: over.hasDispatcher ?? (() => false),
  });
  await alerts.load();
  alerts.onEvent = (event, { subject }) => void news.push(`${event} ${subject}`);
  const round = (rule: Alert['rule'], found: Finding[], kept = found, minutes = 0) => {
    clock.now = NOON + minutes * MINUTE;
    return alerts.settle([{ rule, escalateMin: 30, found, kept }], clock.now);
  };
  const open = async (division = '410100') => (await alerts.list(division, 'open')).map(({ subject, level }) => `${subject} ${level}`);
  return { alerts, clock, round, open, news };
}
const finding = (subject: string, part: Partial<Finding> = {}): Finding => ({
  subject,
  subjectName: subject,
  division: '410182',
  lngLat: null,
  values: { minutes: 45 },
  ...part,
});

test('what lasts is one alert, with the figures of the last round', async () => {
  const { alerts, round, open, news } = await engine();
  await round('silent', [finding('machine:A')]);
  await round('silent', [finding('machine:A', { values: { minutes: 50 } })], undefined, 5);
  expect(await open()).toEqual(['machine:A 1']);
  expect((await alerts.list('410100', 'open'))[0]).toMatchObject({
    rule: 'silent',
    since: NOON,
    lastAt: NOON + 5 * MINUTE,
    values: { minutes: 50 },
    acknowledged: null,
    endedAt: null,
  });
  expect(news).toEqual(['raised machine:A']);
  await round('silent', [], [], 5);
  await round('silent', [], [], 8);
});

test('it ends three minutes after it was last found, and is history then', async () => {
  const { alerts, round, open, news } = await engine();
  await round('idle', [finding('machine:B')]);
  await round('idle', [], [], 1);
  await round('idle', [finding('machine:B')], undefined, 2);
  await round('idle', [], [], 10);
  await round('idle', [], [], 12);
  expect(await open()).toEqual(['machine:B 1']);
  await round('idle', [], [], 13);
  expect([await open(), news]).toEqual([[], ['raised machine:B', 'ended machine:B']]);
  const ended = (await alerts.list('410100', 'ended')).find(({ subject }) => subject === 'machine:B');
  expect(ended).toMatchObject({ since: NOON, endedAt: NOON + 10 * MINUTE });
});

test('between the limit and the easier one an open alert goes on, and none begins', async () => {
  const { round, open } = await engine();
  const hovering = finding('division:410182:harvest');
  await round('chance', [], [hovering]);
  expect(await open()).toEqual([]);
  await round('chance', [hovering], [hovering], 1);
  await round('chance', [], [hovering], 10);
  expect(await open()).toEqual(['division:410182:harvest 1']);
  await round('chance', [], [], 11);
  await round('chance', [], [], 14);
  expect(await open()).toEqual([]);
});

test('what must last for some time before it is an alert begins anew when it stops in between', async () => {
  const { round, open } = await engine();
  const out = finding('machine:C', { lastsMs: 30 * MINUTE });
  await round('outside', [out]);
  await round('outside', [], [], 20);
  await round('outside', [out], undefined, 25);
  await round('outside', [out], undefined, 54);
  expect(await open()).toEqual([]);
  await round('outside', [out], undefined, 55);
  expect(await open()).toEqual(['machine:C 1']);
  await round('outside', [], [], 60);
  await round('outside', [], [], 63);
});

describe('nobody acknowledged it', () => {
  test('so after half an hour it is everybody’s above; before, only the own dispatchers’', async () => {
    const { round, open, news } = await engine({ hasDispatcher: division => division === '410182' });
    await round('silent', [finding('machine:D')]);
    expect([await open('410182'), await open('410100')]).toEqual([['machine:D 1'], []]);
    await round('silent', [finding('machine:D')], undefined, 30);
    expect([await open('410182'), await open('410100')]).toEqual([['machine:D 2'], ['machine:D 2']]);
    expect(news).toEqual(['raised machine:D', 'escalated machine:D']);
    expect(await open('410185')).toEqual([]);
    await round('silent', [], [], 31);
    await round('silent', [], [], 34);
  });

  test('somebody did: the first who did so did, and it stays where it is', async () => {
    const { alerts, clock, round, open } = await engine();
    await round('silent', [finding('machine:E'), finding('machine:F')]);
    const [id] = (await alerts.list('410182', 'open')).filter(({ subject }) => subject === 'machine:E').map(alert => alert.id);
    clock.now = NOON + 10 * MINUTE;
    const both = await Promise.all([alerts.acknowledge(id, '甲'), alerts.acknowledge(id, '乙')]);
    expect(both.map(({ after }) => after.acknowledged)).toEqual(Array(2).fill({ by: '甲', at: NOON + 10 * MINUTE }));
    await round('silent', [finding('machine:E'), finding('machine:F')], undefined, 60);
    expect(await open('410182')).toEqual(['machine:F 2', 'machine:E 1']);
  });

  test('a restart raises nothing anew and forgets nothing', async () => {
    const { alerts, round, open, news } = await engine();
    expect(await open('410182')).toEqual(['machine:F 2', 'machine:E 1']);
    await round('silent', [finding('machine:E'), finding('machine:F')], undefined, 61);
    expect(news).toEqual([]);
    expect((await alerts.list('410182', 'open'))[1].acknowledged).toEqual({ by: '甲', at: NOON + 10 * MINUTE });
    await round('silent', [], [], 62);
    await round('silent', [], [], 65);
    expect([await open('410182'), news.sort()]).toEqual([[], ['ended machine:E', 'ended machine:F']]);
  });
});

test('one whose raising was stored and whose answer was lost is the one that is there', async () => {
  const one = await engine();
  const two = await engine();
  await one.round('station', [finding('station:S1')]);
  await two.round('station', [finding('station:S1')]);
  const [a, b] = [await one.alerts.list('410182', 'open'), await two.alerts.list('410182', 'open')];
  expect(a.map(({ id }) => id)).toEqual(b.map(({ id }) => id));
});
