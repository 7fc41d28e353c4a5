import { describe, expect, test } from 'vitest';
import type { CabNotice, NoticeShown } from '../../shared/notice.ts';
import { ask, at, COUNTY, field, machine, NOON, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';

const MINUTE = 60_000;
const RAIN = '午后有雨，先割成熟地块';
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const notice = (n: number, over: object = {}) => ({
  id: id(n),
  division: COUNTY,
  kinds: [],
  machines: [],
  order: null,
  isSevere: false,
  text: RAIN,
  until: null,
  ...over,
});
const season = {
  machines: [
    machine('C1'),
    machine('C2', { division: TOWN }),
    machine('C3', { kind: 'seeder' }),
    // Nobody can reach it.
    machine('C4', { hasTerminal: false }),
    machine('C9', { division: '410185' }),
  ],
  fields: [field('F1', rectangle(0, 0, 40, 100))],
};

async function served(over: Parameters<typeof testApp>[0] = {}) {
  const clock = { now: NOON };
  const server = await testApp({ ...season, now: () => clock.now, ...over });
  const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY, name: '荥阳调度' });
  const send = async (n: number, part: object = {}) => server.send('POST', '/api/v1/notices', notice(n, part), dispatcher);
  const listed = async (of = dispatcher) =>
    ((await server.get(`/api/v1/notices?division=${COUNTY}`, of)).body as { notices: NoticeShown[] }).notices;
  return { server, clock, dispatcher, send, listed, notices: server.app.book.notices };
}

/** What its phone hears from now on. */
async function phoneOf(server: TestApp, id: string) {
  const socket = await server.connect(await server.token({ role: 'device', machine: id }));
  const heard = { count: 0 };
  socket.on('inbox:changed', () => heard.count++);
  return heard;
}
const heard = async (phone: { count: number }, count: number) => {
  for (let i = 0; i < 200 && phone.count < count; i++) await new Promise(resolve => setTimeout(resolve, 20));
  expect(phone.count).toBe(count);
};

describe('a notice', async () => {
  const { server, clock, send, listed, notices, dispatcher } = await served();

  test('goes to the machines of its unit that can show it, and is listed with who has not read it', async () => {
    const sent = await send(1);
    expect(sent.status).toBe(200);
    expect((await listed())[0]).toEqual({
      ...notice(1),
      at: NOON,
      author: '荥阳调度',
      // To the end of the day.
      until: NOON + 12 * 3_600_000,
      divisionName: '荥阳市',
      withdrawn: null,
      sentTo: 3,
      read: 0,
      unread: ['C1', 'C2', 'C3'].map(machine => ({ machine, plate: `豫A·${machine}`, operatorName: `机手 ${machine}` })),
    });
  });

  test('is there once, however often it is sent', async () => {
    expect(((await send(1)).body as NoticeShown).sentTo).toBe(3);
    expect((await listed()).length).toBe(1);
    expect((await send(1, { text: '别的' })).status).toBe(409);
  });

  test('is read once: the first time counts, said later by a phone that was offline, and never before it was sent', async () => {
    clock.now = NOON + 30 * MINUTE;
    expect(await notices.read(id(1), 'C1', NOON + 10 * MINUTE)).toBe(true);
    expect(await notices.read(id(1), 'C1', NOON + 20 * MINUTE)).toBe(false);
    expect(await notices.read(id(1), 'C2', NOON - 10 * MINUTE)).toBe(true);
    expect((await notices.forMachine('C1'))[0].readAt).toBe(NOON + 10 * MINUTE);
    expect((await notices.forMachine('C2'))[0].readAt).toBe(NOON);
    expect(await listed()).toMatchObject([{ sentTo: 3, read: 2, unread: [{ machine: 'C3' }] }]);
    await expect(notices.read(id(1), 'C9', NOON)).rejects.toThrow('there is no notice');
  });

  test('to some kinds or named machines goes to those only; the severe and unread come first', async () => {
    expect(((await send(2, { kinds: ['seeder'], text: '播种机' })).body as NoticeShown).unread.map(one => one.machine)).toEqual(['C3']);
    clock.now += MINUTE;
    expect(((await send(3, { machines: ['C1', 'C1'], isSevere: true, text: '雷电' })).body as NoticeShown).sentTo).toBe(1);
    expect((await notices.forMachine('C1')).map(({ text }: CabNotice) => text)).toEqual(['雷电', RAIN]);
    expect((await notices.forMachine('C3')).map(({ text }: CabNotice) => text)).toEqual(['播种机', RAIN]);
  });

  test('that nobody would get, or that is over already, is not sent; nor one to somebody else’s machine', async () => {
    expect((await send(4, { kinds: ['tractor'] })).body).toMatchObject({
      problem: { code: 'invalid', message: expect.stringContaining('machines:') },
    });
    expect((await send(4, { until: NOON })).body).toMatchObject({
      problem: { code: 'invalid', message: expect.stringContaining('until:') },
    });
    expect((await send(4, { machines: ['C9'] })).status).toBe(403);
    expect((await send(4, { order: id(9) })).body).toMatchObject({ problem: { message: expect.stringContaining('order:') } });
  });

  test('of the whole unit reaches a machine that comes there later too, and counts it from then on', async () => {
    const C9 = await server.connect(await server.token({ role: 'device', machine: 'C9' }));
    expect(await notices.forMachine('C9')).toEqual([]);
    // Ten seconds in a field of the unit.
    const rows = [0, 1, 2, 3, 4, 5].map(i => [i + 1, clock.now - 10_000 + 2000 * i, ...at(20, 20 + 2 * i), 3.6, 0, 2, 2.5, 0]);
    expect(await ask(C9, 'fix:report', { v: 1, outbox: 'outbox-of-9', rows })).toMatchObject({ ok: true });
    expect((await notices.forMachine('C9')).map(({ text }: CabNotice) => text)).toEqual([RAIN]);
    expect((await listed()).find(one => one.id === id(1))).toMatchObject({ sentTo: 4, read: 2 });
  });

  test('says beforehand who would get it', async () => {
    const audience = await server.get(`/api/v1/notices/audience?division=${TOWN}&kinds=combine,tractor`, dispatcher);
    expect(audience.body).toEqual({ machines: 2, onDuty: 1 });
  });

  test('that is withdrawn goes from the phones and stays in the list', async () => {
    expect((await server.send('DELETE', `/api/v1/notices/${id(3)}`, undefined, dispatcher)).status).toBe(200);
    expect((await notices.forMachine('C1')).map(({ text }: CabNotice) => text)).toEqual([RAIN]);
    expect((await listed())[0]).toMatchObject({ text: '雷电', withdrawn: { by: '荥阳调度', at: clock.now }, sentTo: 1, read: 0 });
  });

  test('outlives a restart with its receipts, and is gone from the phones when its time is over', async () => {
    await server.close();
    const again = await served({ uri: server.uri });
    expect(await again.listed()).toMatchObject([{ text: '雷电' }, { text: '播种机' }, { text: RAIN, sentTo: 4, read: 2 }]);
    expect((await again.notices.forMachine('C1'))[0]).toMatchObject({ text: RAIN, readAt: NOON + 10 * MINUTE });
    again.clock.now = NOON + 12 * 3_600_000;
    expect(await again.notices.forMachine('C1')).toEqual([]);
    again.notices.tick();
    // What was read offline is told even then.
    expect(await again.notices.read(id(1), 'C3', NOON + 60 * MINUTE)).toBe(true);
    expect((await again.listed())[2]).toMatchObject({ sentTo: 4, read: 3 });
  });
});

test('a severe one comes again every five minutes to those on duty who have not read it, and to nobody off duty', async () => {
  const { server, clock, send, notices } = await served();
  const duty = (id: string, on: boolean) => server.app.book.duties.change(id, 'test', { id: crypto.randomUUID(), on, at: NOON });
  await duty('C1', true);
  await duty('C2', false);
  await duty('C3', true);
  const phones = { C1: await phoneOf(server, 'C1'), C2: await phoneOf(server, 'C2'), C3: await phoneOf(server, 'C3') };
  await send(1, { isSevere: true });
  await send(2, { text: '不急' });
  for (const phone of Object.values(phones)) await heard(phone, 1);
  await notices.read(id(1), 'C3', NOON);
  clock.now = NOON + 5 * MINUTE;
  await heard(phones.C1, 2);
  clock.now = NOON + 10 * MINUTE;
  await heard(phones.C1, 3);
  expect([phones.C2.count, phones.C3.count]).toEqual([1, 1]);
}, 20_000);
