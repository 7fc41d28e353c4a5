import { describe, expect, test } from 'vitest';
import type { AccountCard, InvitationCard, NewInvitation } from '../../shared/account.ts';
import type { Actor } from '../../shared/permissions.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, COUNTY, machine, NOON, type TestApp, TOWN, testApp } from '../app-for-test.ts';

const OTHER = '410185';
const PASSWORD = 'gold wheat 27';
const DAY = 24 * 3_600_000;

interface Entered {
  status: number;
  body: { actor: Actor; deviceToken: string | null; problem?: { code: string; message: string } };
  cookie: string;
}

/** What these tests do over and over, by HTTP like a page. */
function visitor(server: TestApp, administrator: string) {
  const post = async (path: string, body: unknown, headers = {}, token?: string) => {
    const answer = await server.send('POST', `/api/v1${path}`, body, token, headers);
    return { ...answer, cookie: answer.cookie?.split(';')[0] ?? '' } as unknown as Entered;
  };
  const invite = async (who: object, token = administrator) =>
    (await post('/invitations', { name: '李明', ...who }, {}, token)).body as unknown as NewInvitation;
  const accept = (code: string, more = {}) => post('/invitations/accept', { code, ...more });
  return {
    post,
    invite,
    accept,
    join: async (login: string, who: object) => accept((await invite(who)).code, { login, password: PASSWORD }),
    signIn: (login: string, password = PASSWORD, headers = {}) => post('/session', { login, password }, headers),
    session: (cookie: string) => server.send('GET', '/api/v1/session', undefined, undefined, { Cookie: cookie }),
    change: async (id: string, path: string, body: object = {}, token = administrator) =>
      (await post(`/accounts/${id}${path}`, body, {}, token)) as unknown as { status: number; body: AccountCard },
    list: async (token = administrator) =>
      (await server.get('/api/v1/accounts', token)).body as { accounts: AccountCard[]; invitations: InvitationCard[] },
  };
}

describe('an invitation', async () => {
  let wall = NOON;
  const server = await testApp({ machines: [machine('C1'), machine('C9', { division: OTHER })], wall: () => wall });
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const { post, invite, accept, join, signIn, session, change, list } = visitor(server, administrator);

  test('says what it is for, is taken up once, and opens a session', async () => {
    const made = await invite({ role: 'dispatcher', division: COUNTY, name: '荥阳调度' });
    expect(made).toMatchObject({ path: `/invite#${made.code}`, invitation: { divisionName: '荥阳市', expiresAt: NOON + DAY } });
    expect(made.code).toMatch(/^[ABCDEFGHJKMNP-Z2-9]{5}-[ABCDEFGHJKMNP-Z2-9]{5}$/);
    const typed = made.code.toLowerCase().replace('-', ' ');
    expect(await post('/invitations/look', { code: typed })).toMatchObject({
      status: 200,
      body: { role: 'dispatcher', name: '荥阳调度', divisionName: '荥阳市', login: null },
    });
    const entered = await accept(typed, { login: 'Xingyang', password: PASSWORD });
    expect(entered.body).toMatchObject({ actor: { role: 'dispatcher', division: COUNTY, name: '荥阳调度' }, deviceToken: null });
    expect(await session(entered.cookie)).toMatchObject({ status: 200, body: { role: 'dispatcher', account: entered.body.actor.account } });
    expect(await accept(made.code, { login: 'second', password: PASSWORD })).toMatchObject({
      status: 409,
      body: { problem: { message: expect.stringMatching(/^code:/) } },
    });
    expect(await post('/invitations/look', { code: made.code })).toMatchObject({ status: 409 });
    expect(await signIn('xINGYANG')).toMatchObject({ status: 200, body: { account: entered.body.actor.account } });
  });

  test('raced by ten makes one account', async () => {
    const { code } = await invite({ role: 'viewer' });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => accept(code, { login: `racer${i}`, password: PASSWORD })));
    expect(answers.map(answer => answer.status).sort()).toEqual([200, ...Array(9).fill(409)]);
    expect((await list()).accounts.filter(account => account.login?.startsWith('racer')).length).toBe(1);
  });

  test('keeps its code from lists, from the database and from the audit trail', async () => {
    const { code, invitation } = await invite({ role: 'viewer' });
    const stored = JSON.stringify(await dump(server));
    expect(stored).toContain(invitation.id);
    expect(JSON.stringify(await list())).not.toContain(code);
    for (const secret of [code, code.replace('-', ''), PASSWORD]) expect(stored).not.toContain(secret);
  });

  test('is refused when it is unknown, withdrawn or has run out', async () => {
    expect(await post('/invitations/look', { code: 'ABCDE-FGHJK' })).toMatchObject({ status: 404 });
    const revoked = await invite({ role: 'viewer' });
    expect(await server.send('DELETE', `/api/v1/invitations/${revoked.invitation.id}`, undefined, administrator)).toMatchObject({
      status: 200,
    });
    expect(await accept(revoked.code, { login: 'late', password: PASSWORD })).toMatchObject({ status: 403 });
    const old = await invite({ role: 'viewer' });
    wall += DAY;
    expect(await accept(old.code, { login: 'late', password: PASSWORD })).toMatchObject({ status: 403 });
    expect((await list()).accounts.some(account => account.login === 'late')).toBe(false);
  });

  test('does not take a login that is taken, in any case, nor a weak password; it can be tried again', async () => {
    const { code } = await invite({ role: 'viewer', name: '观察员张' });
    const refused = async (login: string, password: string) => (await accept(code, { login, password })).body.problem?.message;
    expect(await refused('XINGYANG', PASSWORD)).toMatch(/^login: somebody/);
    expect(await refused('two words', PASSWORD)).toMatch(/^login: without spaces/);
    expect(await refused('zhang-guest', 'Zhang-Guest')).toMatch(/^password: not the login/);
    expect(await refused('zhang-guest', '88888888')).toMatch(/^password: one of the commonest/);
    expect(await refused('zhang-guest', '7777777')).toMatch(/^password/);
    expect(await accept(code, { login: 'zhang-guest', password: PASSWORD })).toMatchObject({ status: 200 });
  });

  test("of an operator needs no password and brings the machine's token; the code lasts three days", async () => {
    const made = await invite({ role: 'operator', machine: 'C1', name: '王师傅' });
    expect(made).toMatchObject({ path: `/cab#enrol=${made.code}`, invitation: { plate: '豫A·C1', expiresAt: wall + 3 * DAY } });
    const entered = await accept(made.code);
    expect(entered.body.actor).toMatchObject({ role: 'operator', machine: 'C1', name: '王师傅' });
    const phone = await server.connect(entered.body.deviceToken);
    const rows = [[1, NOON, 113.4, 34.7, 3, 0, 2, 2.5, 1]];
    expect(await ask(phone, 'fix:report', { v: 1, outbox: 'outbox-phone', rows })).toMatchObject({ ok: true, value: { upTo: 1 } });
    expect(await ask(phone, 'fix:report', { v: 1, machine: 'C9', outbox: 'outbox-phone', rows })).toMatchObject({
      ok: false,
      problem: { code: 'forbidden' },
    });
  });

  test('needs a place that exists and fits the role', async () => {
    const refused = async (who: object) => (await post('/invitations', { name: '甲', ...who }, {}, administrator)).body.problem?.message;
    expect(await refused({ role: 'dispatcher' })).toMatch(/^division: a dispatcher needs one/);
    expect(await refused({ role: 'clerk', division: '999999' })).toMatch(/^division: there is no/);
    expect(await refused({ role: 'operator', machine: 'C77' })).toMatch(/^machine: there is no/);
    expect(await refused({ role: 'station', station: 'S77' })).toMatch(/^station: there is no/);
    expect(await refused({ role: 'device' })).toMatch(/^role/);
    expect((await invite({ role: 'viewer', division: COUNTY, machine: 'C1' })).invitation).toMatchObject({ division: null, machine: null });
  });

  test('comes from a dispatcher for operators of the own division only, who are all that this dispatcher sees', async () => {
    const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY });
    expect((await invite({ role: 'operator', machine: 'C1', name: '赵师傅' }, dispatcher)).code).toBeDefined();
    const forbidden = { problem: { code: 'forbidden' } };
    expect(await invite({ role: 'operator', machine: 'C9' }, dispatcher)).toMatchObject(forbidden);
    expect(await invite({ role: 'operator', machine: 'nowhere' }, dispatcher)).toMatchObject(forbidden);
    expect(await invite({ role: 'clerk', division: TOWN }, dispatcher)).toMatchObject(forbidden);
    expect((await list(dispatcher)).accounts.map(account => account.name)).toEqual(['王师傅']);
    expect((await list(dispatcher)).invitations.map(one => one.name)).toEqual(['赵师傅']);
    const driver = (await list(dispatcher)).accounts[0];
    expect(await change(driver.id, '/reset', {}, dispatcher)).toMatchObject({ status: 200 });
    expect(await change(driver.id, '/disable', { devices: true }, dispatcher)).toMatchObject({ status: 403 });
    const [admin] = (await list()).accounts.filter(account => account.role !== 'operator');
    expect(await change(admin.id, '/reset', {}, dispatcher)).toMatchObject({ status: 403 });
    expect(await server.get('/api/v1/accounts', await server.token({ role: 'clerk', division: COUNTY }))).toMatchObject({ status: 403 });
  });

  test('comes to each of a list of operators, all or none; who drives the machine already gets none, an older one of the same person is void', async () => {
    const dispatcher = await server.token({ role: 'dispatcher', name: '荥阳调度', division: COUNTY });
    const send = async (text: string, apply: boolean) => {
      const headers = { Authorization: `Bearer ${dispatcher}` };
      const answer = await fetch(`${server.url}/api/v1/invitations/table?apply=${apply}`, { method: 'POST', headers, body: text });
      return { status: answer.status, body: (await answer.json()) as RouteOutput<'importOperators'> };
    };
    const bad = '姓名,电话,农机\n,138,C1\n老赵,138,豫A 没有\n老钱,139,C9\n老孙,137,豫A C1\n老孙,,C1\n';
    const seen = (await send(bad, false)).body;
    expect(seen.bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, '姓名', 'missing'],
      [3, '农机', 'unknownMachine'],
      [4, '农机', 'notReached'],
      [6, '姓名', 'twice'],
    ]);
    const named = async () => (await list()).invitations.filter(({ name }) => name.startsWith('老'));
    expect([(await send(bad, true)).status, await named()]).toEqual([400, []]);
    const good = '姓名,电话,农机\n老孙,137,豫a·c1\n老李,,C1\n';
    const first = (await send(good, true)).body;
    expect(first.invitations.map(({ phone, invitation: { name, machine, role } }) => [name, phone, machine, role])).toEqual([
      ['老孙', '137', 'C1', 'operator'],
      ['老李', '', 'C1', 'operator'],
    ]);
    expect((await accept(first.invitations[0].code)).status).toBe(200);
    const again = (await send(good, true)).body;
    expect([again.new, again.same, again.invitations.map(({ invitation }) => invitation.name)]).toEqual([1, 1, ['老李']]);
    expect((await accept(first.invitations[1].code)).status).toBe(403);
    expect((await named()).map(({ id }) => id)).toEqual([again.invitations[0].invitation.id]);
  });

  test('for an account that exists sets a new password, and ends what the old one had opened', async () => {
    const entered = await join('forgetful', { role: 'clerk', division: TOWN, name: '统计员' });
    const id = entered.body.actor.account!;
    const first = (await change(id, '/reset')).body as unknown as NewInvitation;
    const second = (await change(id, '/reset')).body as unknown as NewInvitation;
    expect(await post('/invitations/look', { code: first.code })).toMatchObject({ status: 403 });
    expect(await post('/invitations/look', { code: second.code })).toMatchObject({ body: { login: 'forgetful' } });
    expect(await accept(second.code, { login: 'other', password: 'a new password' })).toMatchObject({
      status: 200,
      body: { actor: { account: id } },
    });
    expect(await session(entered.cookie)).toMatchObject({ status: 401 });
    expect(await signIn('forgetful')).toMatchObject({ status: 401 });
    expect(await signIn('forgetful', 'a new password')).toMatchObject({ status: 200 });
  });
});

/** Everything that is stored of people, as text. */
async function dump(server: TestApp) {
  const database = (await import('mongoose')).default.createConnection(server.uri);
  await database.asPromise();
  const names = ['accounts', 'invitations', 'credentials', 'audit', 'lockouts'];
  const all = await Promise.all(names.map(name => database.collection(name).find({}).toArray()));
  await database.close();
  return all;
}

describe('an account', async () => {
  const server = await testApp({ machines: [machine('C1'), machine('C2')] });
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const { post, invite, accept, join, signIn, session, change, list } = visitor(server, administrator);
  const ended = async (cookie: string) => {
    const socket = await server.connect(null, { cookie, origin: server.url });
    return { socket, end: new Promise(resolve => socket.once('session:ended', () => socket.once('disconnect', resolve))) };
  };
  const edit = (id: string, body: object) => server.send('PUT', `/api/v1/accounts/${id}`, body, administrator);

  test('that is moved to another division reaches that one at once, and its open page is told', async () => {
    const { cookie, body } = await join('mover', { role: 'dispatcher', division: COUNTY });
    const { socket, end } = await ended(cookie);
    expect(await ask(socket, 'view:open', { division: COUNTY })).toMatchObject({ ok: true });
    const moved = { name: '李明', role: 'dispatcher', division: OTHER, version: 1 };
    expect(await edit(body.actor.account!, moved)).toMatchObject({ status: 200, body: { version: 2, divisionName: '登封市' } });
    expect(await end).toBe('io server disconnect');
    const progress = (division: string) =>
      server.send('GET', `/api/v1/progress?division=${division}`, undefined, undefined, { Cookie: cookie });
    expect([(await progress(COUNTY)).status, (await progress(OTHER)).status]).toEqual([403, 200]);
    const again = await server.connect(null, { cookie, origin: server.url });
    expect(await ask(again, 'view:open', { division: COUNTY })).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    expect(await edit(body.actor.account!, moved)).toMatchObject({
      status: 409,
      body: { problem: { message: expect.stringMatching(/^version/) } },
    });
  });

  test('that is disabled is out on every way, and in again when it is enabled', async () => {
    const { cookie, body } = await join('leaver', { role: 'viewer' });
    const { end } = await ended(cookie);
    expect(await change(body.actor.account!, '/disable', { devices: true })).toMatchObject({ status: 200 });
    expect(await end).toBe('io server disconnect');
    expect(await session(cookie)).toMatchObject({ status: 401 });
    await expect(server.connect(null, { cookie, origin: server.url })).rejects.toThrow('unauthenticated');
    expect(await signIn('leaver')).toMatchObject({
      status: 401,
      body: { problem: { message: 'login and password do not belong together' } },
    });
    expect(await change(body.actor.account!, '/reset')).toMatchObject({ status: 409 });
    expect(await change(body.actor.account!, '/enable')).toMatchObject({ status: 200, body: { disabledAt: null } });
    expect(await signIn('leaver')).toMatchObject({ status: 200 });
    expect(await session(cookie)).toMatchObject({ status: 401 });
  });

  test('is signed out everywhere; a phone goes on sending unless its token is revoked too', async () => {
    const entered = await accept((await invite({ role: 'operator', machine: 'C1' })).code);
    const id = entered.body.actor.account!;
    const phone = await server.connect(entered.body.deviceToken);
    await change(id, '/sign-out', { devices: false });
    expect(await session(entered.cookie)).toMatchObject({ status: 401 });
    const report = (seq: number) =>
      ask(phone, 'fix:report', { v: 1, outbox: 'outbox-drain', rows: [[seq, NOON + seq * 1000, 113.4, 34.7, 0, 0, 2, 2.5, 1]] });
    expect(await report(1)).toMatchObject({ ok: true });
    const gone = new Promise(resolve => phone.once('disconnect', resolve));
    await change(id, '/sign-out', { devices: true });
    expect(await gone).toBe('io server disconnect');
    await expect(server.connect(entered.body.deviceToken)).rejects.toThrow('unauthenticated');
  });

  test('of the last administrator is neither disabled nor demoted, also when two try at once', async () => {
    const one = (await join('admin-one', { role: 'administrator' })).body.actor.account!;
    expect(await change(one, '/disable', { devices: false })).toMatchObject({ status: 409 });
    expect(await edit(one, { name: '甲', role: 'viewer', version: 1 })).toMatchObject({ status: 409 });
    const two = (await join('admin-two', { role: 'administrator' })).body.actor.account!;
    const both = await Promise.all([change(one, '/disable', { devices: false }), edit(two, { name: '乙', role: 'viewer', version: 1 })]);
    expect(both.map(answer => answer.status).sort()).toEqual([200, 409]);
  });

  test('shows when it was last seen, also after a restart', async () => {
    const before = Date.now();
    const { cookie, body } = await join('watcher', { role: 'viewer' });
    await session(cookie);
    const seen = (await list()).accounts.find(account => account.id === body.actor.account)!.lastSeenAt!;
    expect(seen).toBeGreaterThanOrEqual(before);
    await server.app.book.people.accounts.keepSeen();
    const again = await testApp({ uri: server.uri });
    expect(again.app.book.people.accounts.find(body.actor.account!)?.lastSeenAt).toBe(seen);
    expect((await again.send('GET', '/api/v1/session', undefined, undefined, { Cookie: cookie })).status).toBe(200);
    await again.close();
  });

  test('signs out: that session ends and no other', async () => {
    const { cookie } = await join('two-pages', { role: 'viewer' });
    const other = await signIn('two-pages');
    await server.send('DELETE', '/api/v1/session', undefined, undefined, { Cookie: cookie });
    expect([(await session(cookie)).status, (await session(other.cookie)).status]).toEqual([401, 200]);
  });

  test('that signs in twice in one browser leaves no session behind', async () => {
    const first = await signIn('two-pages');
    const second = await post('/session', { login: 'two-pages', password: PASSWORD }, { Cookie: first.cookie });
    expect([(await session(first.cookie)).status, (await session(second.cookie)).status]).toEqual([401, 200]);
  });
});

describe('the first administrator', () => {
  test('comes by a link that works once; a restart before that makes a new one and voids the old', async () => {
    const server = await testApp({ empty: true });
    const { accept } = visitor(server, '');
    const { invitations } = server.app.book.people;
    const first = (await invitations.forFirstAdministrator())!;
    expect((await server.get('/api/v1/welcome')).body).toMatchObject({ waitsForAdministrator: true });
    const second = (await invitations.forFirstAdministrator())!;
    expect(await accept(first.code, { name: '王局', login: 'wang', password: PASSWORD })).toMatchObject({ status: 403 });
    expect(await accept(second.code, { login: 'wang', password: PASSWORD })).toMatchObject({
      body: { problem: { message: 'name: say who you are' } },
    });
    expect(await accept(second.code, { name: '王局', login: 'wang', password: PASSWORD })).toMatchObject({
      status: 200,
      body: { actor: { role: 'administrator', name: '王局' } },
    });
    expect(await invitations.forFirstAdministrator()).toBe(null);
    expect((await server.get('/api/v1/welcome')).body).toMatchObject({ waitsForAdministrator: false });
  });
});
