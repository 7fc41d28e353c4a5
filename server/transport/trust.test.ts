import { describe, expect, test } from 'vitest';
import { ask, at, COUNTY, field, machine, NOON, rectangle, TOWN, testApp } from '../app-for-test.ts';
import { tilesOf } from '../domain/tiles.ts';
import { maskedPhone } from '../services/masked-phone.ts';

const OTHER = '410185';
const OTHER_TOWN = '410185100';
const ground = rectangle(0, 0, 20, 100);
const FORBIDDEN = { status: 403, body: { problem: { code: 'forbidden' } } };
const forbidden = { ok: false, problem: { code: 'forbidden' } };

describe('between counties', async () => {
  const server = await testApp({
    fields: [field('F1', ground)],
    machines: [machine('C1', { operatorName: '王师傅', operatorPhone: '13800001234' }), machine('C9', { division: OTHER })],
    stations: [
      { id: 'S1', name: '高村站', division: COUNTY, location: at(0, 0) },
      { id: 'S9', name: '登封站', division: OTHER, location: at(-4000, -20_000) },
    ],
  });
  const stranger = await server.token({ role: 'dispatcher', division: OTHER });
  const own = await server.token({ role: 'dispatcher', division: COUNTY });
  const call = (method: string, path: string, body?: unknown, token = stranger) => server.send(method, `/api/v1${path}`, body, token);
  const repair = {
    id: 'b1a2c3d4-0000-4000-8000-000000000001',
    fault: 'engine',
    note: '',
    parts: '',
    plate: '',
    startedAt: null,
    finishedAt: null,
  };
  const logged = { ...repair, machine: 'C1', station: 'S1', lngLat: null, calledAt: NOON };

  test('a dispatcher reads nothing of another county', async () => {
    const paths = [
      '/fields/F1',
      `/fields?division=${COUNTY}`,
      `/fields?division=${TOWN}`,
      '/fields?division=410100',
      '/machines/C1',
      `/machines/C1/trail?from=0&to=${NOON}`,
      `/progress?division=${COUNTY}`,
      `/progress/parts?division=${TOWN}`,
      `/reported/form?division=${COUNTY}`,
      `/reported/board?division=${COUNTY}`,
      `/bulletins?division=${COUNTY}`,
      `/bulletins/draft?division=${TOWN}`,
      `/bulletins/week?division=${COUNTY}`,
      `/bulletins/${COUNTY}/2027-06-05/1`,
      `/repairs?division=${COUNTY}`,
      '/repairs?machine=C1',
      '/repairs?station=S1',
    ];
    for (const path of paths) expect([path, await call('GET', path)]).toMatchObject([path, FORBIDDEN]);
  });

  test('nor by places that are cut up by tiles or found by words', async () => {
    const [x, y] = tilesOf(ground)[0].split('/');
    expect(await call('GET', `/tiles/${x}/${y}`)).toMatchObject({ status: 200, body: { fields: [] } });
    expect((await call('GET', `/tiles/${x}/${y}`, undefined, own)).body).toMatchObject({ fields: [{ id: 'F1' }] });
    for (const word of ['C1', 'F1', '高村', '王师傅', '荥阳']) {
      const found = (await call('GET', `/search?q=${encodeURIComponent(word)}`)).body as {
        machines: [];
        fields: [];
        divisions: { code: string }[];
      };
      expect([word, found.machines, found.fields, found.divisions]).toEqual([word, [], [], []]);
    }
  });

  test('writes nothing there', async () => {
    expect(await call('PUT', '/fields/F1', { polygon: ground, version: 1 })).toMatchObject(FORBIDDEN);
    const made = { id: 'F2', polygon: rectangle(100, 0, 20, 100), town: TOWN, village: '', crop: 'wheat', ripeDate: null };
    expect(await call('POST', '/fields', made)).toMatchObject(FORBIDDEN);
    const figure = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 1, handMu: 0 };
    expect(await call('POST', '/reported', figure)).toMatchObject(FORBIDDEN);
    const issue = { division: COUNTY, day: '2027-06-05', draftVersion: 0, lastVersion: 0 };
    expect(await call('POST', '/bulletins', issue)).toMatchObject(FORBIDDEN);
    expect(await call('POST', '/repairs', logged)).toMatchObject(FORBIDDEN);
    expect(await call('POST', '/reported/reminders', { day: '2027-06-06', units: [OTHER_TOWN, TOWN] })).toMatchObject(FORBIDDEN);
    expect(await call('POST', '/invitations', { role: 'operator', name: '甲', machine: 'C1' })).toMatchObject(FORBIDDEN);
  });

  test('subscribes to none of its rooms', async () => {
    const socket = await server.connect(stranger);
    expect(await ask(socket, 'view:open', { division: COUNTY })).toMatchObject(forbidden);
    expect(await ask(socket, 'view:open', { division: '410100' })).toMatchObject(forbidden);
    expect(await ask(socket, 'repairs:watch', { station: 'S1' })).toMatchObject(forbidden);
    expect(await ask(socket, 'tiles:watch', { tiles: tilesOf(ground) })).toEqual({ ok: true, value: { fields: [] } });
    const rooms = [...server.app.sockets.io.sockets.sockets.get(socket.id!)!.rooms];
    expect(rooms.filter(room => /^(view|tile|repairs):/.test(room))).toEqual([]);
  });

  test('and cannot tell by trying ids what exists there', async () => {
    const answers = async (path: string) => {
      const { status, body } = await call('GET', path);
      return { status, body };
    };
    expect(await answers('/fields/F1')).toEqual(await answers('/fields/F777'));
    expect(await answers('/machines/C1')).toEqual(await answers('/machines/C777'));
    expect(await answers('/machines/C1/trail?from=0&to=1')).toEqual(await answers('/machines/C777/trail?from=0&to=1'));
    expect(await answers('/repairs?machine=C1')).toEqual(await answers('/repairs?machine=C777'));
    expect(await answers('/repairs?station=S1')).toEqual(await answers('/repairs?station=S777'));
  });

  test("an operator's phone reports for no other machine, however it asks", async () => {
    const phone = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
    const rows = [[1, NOON, ...at(1, 1), 3, 0, 2, 2.5, 1]];
    expect(await ask(phone, 'fix:report', { v: 1, machine: 'C9', outbox: 'outbox-other', rows })).toMatchObject(forbidden);
    const person = await server.connect(await server.token({ role: 'operator', machine: 'C1' }));
    expect(await ask(person, 'fix:report', { v: 1, machine: 'C1', outbox: 'outbox-person', rows })).toMatchObject(forbidden);
    expect(await ask(phone, 'fix:report', { v: 1, outbox: 'outbox-own', rows })).toMatchObject({ ok: true });
    expect(server.app.book.fleet.machines.has('C9')).toBe(false);
  });

  test("a station touches no other station's repair", async () => {
    expect(await call('POST', '/repairs', logged, own)).toMatchObject({ status: 200, body: { station: 'S1' } });
    const elsewhere = await server.token({ role: 'station', station: 'S9' });
    const path = `/repairs/${repair.id}`;
    expect(await call('GET', path, undefined, elsewhere)).toMatchObject(FORBIDDEN);
    expect(await call('PUT', path, { version: 1, changes: { finishedAt: NOON } }, elsewhere)).toMatchObject(FORBIDDEN);
    expect(await call('GET', '/repairs?station=S1', undefined, elsewhere)).toMatchObject(FORBIDDEN);
    expect(await call('GET', path, undefined, own)).toMatchObject({ body: { finishedAt: null, version: 1 } });
  });

  test('a phone number is whole for who has to call, and masked for who only looks', async () => {
    const seen = async (who: Parameters<typeof server.token>[0]) =>
      ((await call('GET', '/machines/C1', undefined, await server.token(who))).body as { operatorPhone: string }).operatorPhone;
    for (const who of [
      { role: 'administrator' },
      { role: 'dispatcher', division: COUNTY },
      { role: 'dispatcher', division: '410100' },
    ] as const) {
      expect(await seen(who)).toBe('13800001234');
    }
    expect(await seen({ role: 'station', station: 'S9' })).toBe('13800001234');
    expect(await seen({ role: 'viewer' })).toBe('138****1234');
    expect(await seen({ role: 'operator', machine: 'C1' })).toBe('138****1234');
    expect([maskedPhone('+86 138 0000 1234'), maskedPhone('1234'), maskedPhone('')]).toEqual(['138****1234', '****', '']);
  });
});

describe('from another site', async () => {
  const server = await testApp({ demo: true });
  const signIn = (headers = {}) => server.send('POST', '/api/v1/demo/sign-in', { role: 'administrator' }, undefined, headers);
  const { cookie } = await signIn();
  const Cookie = cookie!.split(';')[0];
  const evil = { Cookie, Origin: 'https://evil.example' };

  test('nothing is changed, although the browser would send the cookie along', async () => {
    const changes: [string, string, unknown][] = [
      ['POST', '/tokens', { viewer: true }],
      ['POST', '/invitations', { role: 'administrator', name: '甲' }],
      ['PUT', '/fields/F1', { polygon: ground, version: 1 }],
      ['DELETE', '/session', undefined],
    ];
    for (const [method, path, body] of changes) {
      expect([path, await server.send(method, `/api/v1${path}`, body, undefined, evil)]).toMatchObject([path, FORBIDDEN]);
      const other = { Cookie, Origin: server.url.replace('http:', 'https:').replace(/:\d+$/, ':1') };
      expect([path, await server.send(method, `/api/v1${path}`, body, undefined, other)]).toMatchObject([path, FORBIDDEN]);
    }
    expect((await server.send('GET', '/api/v1/session', undefined, undefined, { Cookie })).status).toBe(200);
  });

  test('no socket opens, and without an Origin the cookie opens none either', async () => {
    await expect(server.connect(null, { cookie: Cookie, origin: 'https://evil.example' })).rejects.toThrow();
    await expect(server.connect(null, { cookie: Cookie })).rejects.toThrow('unauthenticated');
    expect((await server.connect(null, { cookie: Cookie, origin: server.url })).connected).toBe(true);
  });

  test('a form cannot sign somebody in: the cookie is for our own pages, and no script reads it', async () => {
    expect((await signIn({ Origin: 'https://evil.example' })).status).toBe(403);
    expect(cookie).toMatch(/^session=[\w-]{32}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
  });

  test('over TLS the cookie never goes out in the clear, and only PUBLIC_URL is our own', async () => {
    const secure = await testApp({ demo: true, secure: true, publicUrl: 'https://sanxia.example.cn' });
    const enter = (Origin: string) => secure.send('POST', '/api/v1/demo/sign-in', { role: 'viewer' }, undefined, { Origin });
    expect((await enter('https://sanxia.example.cn')).cookie).toMatch(/HttpOnly; Secure; SameSite=Strict$/);
    expect((await enter(secure.url)).status).toBe(403);
  });
});
