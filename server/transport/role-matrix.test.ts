import { describe, expect, test } from 'vitest';
import { requests } from '../../shared/contract.ts';
import { type Actor, actor, type Role, roles } from '../../shared/permissions.ts';
import { type RouteName, routes } from '../../shared/rest.ts';
import { ask, at, COUNTY, field, machine, rectangle, type TestApp, TOWN, testApp } from '../app-for-test.ts';
import { tilesOf } from '../domain/tiles.ts';
import { callRoute, furnished, worldOf } from './matrix-world-for-test.ts';
import { type Rule, routeCases, type Side, socketCases } from './route-cases.fixture.ts';

const OTHER = '410185';
/** 4 km west and 20 km south: in the other county. */
const far = [-4000, -20_000] as const;
const grounds = { inside: rectangle(0, 0, 20, 100), outside: rectangle(...far, 20, 100) };
const station = (id: string, division: string, lngLat: [number, number]) => ({ id, name: `站 ${id}`, division, location: lngLat });
const tileOf = (ground: (typeof grounds)['inside']) => tilesOf(ground)[0].split('/').map(Number) as [number, number];

const season = {
  fields: [field('F1', grounds.inside), field('F9', grounds.outside, { town: '410185100', county: OTHER })],
  machines: [machine('C1', { operatorPhone: '13800001234' }), machine('C9', { division: OTHER, operatorPhone: '13900009876' })],
  stations: [station('S1', COUNTY, at(0, 0)), station('S9', OTHER, at(...far))],
};

/** Everything within reach of the matrix's people, and the like of it beyond. */
async function sides(server: TestApp, administrator: string): Promise<{ inside: Side; outside: Side }> {
  const inside = {
    division: COUNTY,
    town: TOWN,
    machine: 'C1',
    station: 'S1',
    field: 'F1',
    lngLat: at(0, 0),
    tile: tileOf(grounds.inside),
  };
  const outside = {
    division: OTHER,
    town: '410185100',
    machine: 'C9',
    station: 'S9',
    field: 'F9',
    lngLat: at(...far),
    tile: tileOf(grounds.outside),
  };
  return {
    inside: await furnished(server, administrator, inside),
    outside: await furnished(server, administrator, outside),
  };
}

/** One of each role, at home on the inside. */
const people: Record<Role, Actor> = {
  administrator: actor({ role: 'administrator', name: '管理员' }),
  dispatcher: actor({ role: 'dispatcher', name: '调度员', division: COUNTY }),
  clerk: actor({ role: 'clerk', name: '统计员', division: COUNTY }),
  operator: actor({ role: 'operator', name: '机手', machine: 'C1' }),
  station: actor({ role: 'station', name: '站员', station: 'S1' }),
  viewer: actor({ role: 'viewer', name: '观察员' }),
  device: actor({ role: 'device', name: 'C1', machine: 'C1' }),
};

const expected = (rule: Rule, who: Actor, side: Side): boolean => (typeof rule === 'function' ? rule(who, side, '410100') : true);

test('every route and every request of the socket has its cases', () => {
  const missing = Object.keys(routes).filter(name => !routeCases[name]);
  const gone = Object.keys(routeCases).filter(name => !(name in routes));
  expect(
    { missing, gone },
    'Add each missing route to `routeCases` in server/transport/route-cases.fixture.ts: `rule` says what it asks the table for and on which ' +
      'object (onDivision, onMachine, onRepair, onCity, own, …), `call` gives a request on an object of a side that succeeds when it is allowed.',
  ).toEqual({ missing: [], gone: [] });
  expect(Object.keys(socketCases).sort()).toEqual(Object.keys(requests).sort());
});

describe('the matrix', async () => {
  const server = await testApp({ ...season, demo: true });
  const administrator = await server.token(people.administrator);
  const tokens = new Map<Role, string>();
  for (const role of roles) tokens.set(role, await server.token(people[role]));
  const both = await sides(server, administrator);
  const world = worldOf(server, administrator, false);

  test.each(Object.keys(routes) as RouteName[])('%s: each role on each side is let in or refused as the table says', async name => {
    for (const { rule, call } of routeCases[name] ?? []) {
      const cells: Record<string, string> = {};
      const should: Record<string, string> = {};
      for (const role of roles) {
        for (const [sideName, side] of Object.entries(both)) {
          const cell = `${role} ${sideName}`;
          const answer = await callRoute(server, name, (await call?.(side, world)) ?? {}, tokens.get(role)!);
          cells[cell] = answer.isForbidden ? 'refused' : answer.status >= 500 ? `failed ${JSON.stringify(answer.body)}` : 'let in';
          should[cell] = expected(rule, people[role], side) ? 'let in' : 'refused';
        }
      }
      const stranger = await callRoute(server, name, (await call?.(both.inside, world)) ?? {}, null);
      cells.stranger = stranger.status === 401 && rule !== 'open' ? 'refused' : 'let in';
      should.stranger = rule === 'open' ? 'let in' : 'refused';
      expect(cells).toEqual(should);
    }
  });

  test.each(Object.keys(requests) as (keyof typeof requests)[])(
    '%s: each role on each side, and no room of what was refused',
    async name => {
      const { rule, input, rooms } = socketCases[name];
      for (const role of roles) {
        for (const side of Object.values(both)) {
          const socket = await server.connect(tokens.get(role)!);
          const reply = (await ask(socket, name, input(side))) as { ok: boolean; problem?: { code: string } };
          const allowed = expected(rule, people[role], side);
          expect([role, side.machine, reply.ok || reply.problem?.code]).toEqual([role, side.machine, allowed || 'forbidden']);
          const joined = server.app.sockets.io.sockets.sockets.get(socket.id!)!.rooms;
          for (const room of rooms?.(side) ?? []) expect(joined.has(room)).toBe(allowed);
          socket.disconnect();
        }
      }
    },
  );
});

describe('the audit trail', async () => {
  const changes = (Object.keys(routes) as RouteName[]).filter(name => routes[name].method !== 'get');
  const servers = {
    demo: await testApp({ ...season, demo: true }),
    real: await testApp(season),
    ending: await testApp(season),
    empty: await testApp({ empty: true }),
  };
  const worlds = new Map<TestApp, { sides: Side; world: ReturnType<typeof worldOf>; tokens: Map<Role, string> }>();
  for (const server of Object.values(servers)) {
    const tokens = new Map<Role, string>();
    for (const role of roles) tokens.set(role, await server.token(people[role]));
    const administrator = tokens.get('administrator')!;
    const inside = server === servers.empty ? ({} as Side) : (await sides(server, administrator)).inside;
    worlds.set(server, { sides: inside, world: worldOf(server, administrator, server === servers.ending), tokens });
  }
  const eventsOf = async (server: TestApp, name: string) =>
    ((await server.get(`/api/v1/audit?action=${name}`, worlds.get(server)!.tokens.get('administrator'))).body as { events: unknown[] })
      .events.length;
  /** It throws the whole season away, and this trail with it. */
  const elsewhere = new Set(['newDemoSeason']);

  test.each(changes.filter(name => !elsewhere.has(name)))('%s leaves an event when it succeeds', async name => {
    for (const { rule, call, noEvent, place } of routeCases[name] ?? []) {
      const server = servers[place ?? 'demo'];
      const { sides: side, world, tokens } = worlds.get(server)!;
      if (noEvent) continue;
      const role = roles.find(one => expected(rule, people[one], side))!;
      const request = (await call?.(side, world)) ?? {};
      const before = await eventsOf(server, name);
      const answer = await callRoute(server, name, request, rule === 'open' ? null : tokens.get(role)!);
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
      expect(await eventsOf(server, name)).toBeGreaterThan(before);
    }
  });

  test('signing in and out are events too', async () => {
    const server = servers.real;
    const { tokens } = worlds.get(server)!;
    const made = await server.send('POST', '/api/v1/invitations', { role: 'viewer', name: '客人' }, tokens.get('administrator'));
    const { code } = made.body as { code: string };
    await server.send('POST', '/api/v1/invitations/accept', { code, login: 'guest', password: 'gold wheat 27' });
    const signedIn = await server.send('POST', '/api/v1/session', { login: 'guest', password: 'gold wheat 27' });
    await server.send('DELETE', '/api/v1/session', undefined, undefined, { Cookie: signedIn.cookie!.split(';')[0] });
    expect([await eventsOf(server, 'signIn'), await eventsOf(server, 'signOut')]).toEqual([1, 1]);
  });
});
