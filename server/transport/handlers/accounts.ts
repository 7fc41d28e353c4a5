import type { Position } from '../../../shared/account.ts';
import { type Actor, isAllowed } from '../../../shared/permissions.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { accountRoutes } from '../../../shared/routes/accounts.ts';
import { FileReply } from '../../../shared/routes/route.ts';
import { auditedAccount, type Changed } from '../../services/accounts.ts';
import { templateOf } from '../../services/imports/columns.ts';
import { reportOf } from '../../services/imports/imports.ts';
import { judgeOperators } from '../../services/imports/operators.ts';
import { Pace } from '../../services/pace.ts';
import { placeNames } from '../../services/position.ts';
import type { HandlersOf, HttpRequest } from '../http.ts';
import type { HttpParts } from '../http-handlers.ts';
import { cookieOf, SESSION_COOKIE, sessionCookie } from '../secrets.ts';
import { auditHandlers } from './audit.ts';

type Account = Changed['after'];

export function accountHandlers(parts: HttpParts): HandlersOf<typeof accountRoutes> {
  const { book, guard, publicUrl, secureCookie, endSession } = parts;
  const { people, credentials, enrolment, registry } = book;
  const { accounts, invitations, lockouts } = people;
  const card = (account: Account) =>
    accounts.card(account, account.loginKey === null ? null : lockouts.lockedUntil(account.loginKey, book.clock.wall()));
  const homeOf = (machine: string | null) => registry.chain(registry.machines.get(machine ?? '')?.division ?? '');

  /** Whom a dispatcher may see: operators of machines in the own division. Everybody else is the administrator's. */
  const mayRead = (actor: Actor, { role, machine }: Pick<Position, 'role' | 'machine'>): boolean =>
    isAllowed(actor, 'account:read', { divisions: role === 'operator' ? homeOf(machine) : [] });
  /** Invitations of operators may come from who may enrol their machine. */
  const needInviter = (actor: Actor, { role, machine }: Pick<Position, 'role' | 'machine'>): void => {
    if (role === 'operator' && machine !== null && registry.machines.has(machine)) guard.onMachine(actor, 'machine:enrol', machine);
    else guard.onCity(actor, 'account:write');
  };

  async function openSession(account: Account, { by, request, response, audit }: Entering): Promise<Actor> {
    const actor = accounts.actorOf(account);
    const old = cookieOf(request);
    if (old) {
      await credentials.end(old);
      endSession(old);
    }
    const { secret, expiresAt } = await credentials.openSession(actor);
    response.cookie(SESSION_COOKIE, secret, { ...sessionCookie(secureCookie), expires: new Date(expiresAt) });
    by.actor = actor;
    audit(`session:${account.login ?? account.name}`, null, { role: account.role });
    return actor;
  }

  const noted = async (change: Promise<Changed>, audit: Audit) => {
    const { before, after } = await change;
    audit(`account:${after.id}`, auditedAccount(before), auditedAccount(after));
    return card(after);
  };

  return {
    ...auditHandlers(parts),
    async lookInvitation({ body, request }) {
      const found = await people.codesByAddress.attempt(request.ip ?? null, () => invitations.look(body.code));
      const { role, name, division, machine, station, account, expiresAt } = found;
      const login = account === null ? null : accounts.need(account).login;
      return { role, name, division, machine, station, expiresAt, login, ...placeNames(registry, found) };
    },
    async acceptInvitation(input) {
      const { account, before } = await people.codesByAddress.attempt(input.request.ip ?? null, () => invitations.accept(input.body));
      if (account.loginKey !== null) await lockouts.clear(account.loginKey);
      input.audit(`account:${account.id}`, before && auditedAccount(before), auditedAccount(account));
      const actor = await openSession(account, input);
      const { role, machine, name } = account;
      const isPhone = role === 'operator' && machine !== null;
      return { actor, deviceToken: isPhone ? await enrolment.device(machine, { name, account: account.id }) : null };
    },
    async signIn(input) {
      const { login, password } = input.body;
      const account = await people.passwordsByAddress.attempt(input.request.ip ?? null, () => people.signIn.accountFor(login, password));
      return openSession(account, input);
    },
    async accounts({ actor }) {
      guard.anywhere(actor, 'account:read');
      const seen = [...accounts.all()].filter(account => mayRead(actor, account)).map(card);
      return { accounts: seen, invitations: (await invitations.open()).filter(one => mayRead(actor, one)), publicUrl };
    },
    async invite({ actor, body, audit }) {
      needInviter(actor, body);
      const made = await invitations.invite(body, actor);
      audit(`invitation:${made.invitation.id}`, null, auditedInvitation(made.invitation));
      return made;
    },
    async importOperators({ actor, body, query, audit }) {
      guard.anywhere(actor, 'machine:enrol');
      const apply = query.apply === 'true';
      const drivers = new Set([...accounts.all()].flatMap(one => (one.disabledAt === null ? [`${one.name}\n${one.machine}`] : [])));
      const judged = await judgeOperators(body, {
        ...{ registry, pace: new Pace(), reaches: division => guard.reaches(actor, 'machine:enrol', division) },
        isKnown: ({ name, machine }) => drivers.has(`${name}\n${machine}`),
      });
      if (apply && judged.findings.badRows > 0)
        throw new Refusal(
          'invalid',
          `file: ${judged.findings.badRows} rows are bad, so nobody was invited; check it without apply to see them`,
        );
      const made = apply ? await invitations.inviteAll(judged.people, actor) : [];
      for (const { invitation } of made) audit(`invitation:${invitation.id}`, null, auditedInvitation(invitation));
      const withPhones = made.map((one, i) => ({ ...one, phone: judged.people[i].phone }));
      return { ...reportOf({ kind: 'operators', apply }, judged), invitations: withPhones };
    },
    operatorTemplate({ actor }) {
      guard.anywhere(actor, 'machine:enrol');
      return new FileReply(Buffer.from(templateOf('operators')), 'text/csv; charset=utf-8', 'operators.csv');
    },
    async revokeInvitation({ actor, params, audit }) {
      const found = (await invitations.open()).find(one => one.id === params.id);
      if (found) needInviter(actor, found);
      else guard.onCity(actor, 'account:write');
      audit(`invitation:${params.id}`, auditedInvitation(await invitations.revoke(params.id)), null);
      return {};
    },
    async editAccount({ actor, params, body: { version, ...input }, audit }) {
      guard.onCity(actor, 'account:write');
      const before = accounts.need(params.id);
      const after = await noted(accounts.edit(params.id, version, input), audit);
      // What was promised to the old role does not open the new one.
      if (before.role !== after.role || before.machine !== after.machine) await invitations.voidOf(params.id);
      return after;
    },
    async disableAccount({ actor, params, body, audit }) {
      guard.onCity(actor, 'account:write');
      const after = await noted(accounts.disable(params.id, body.devices), audit);
      await invitations.voidOf(params.id);
      return after;
    },
    enableAccount({ actor, params, audit }) {
      guard.onCity(actor, 'account:write');
      return noted(accounts.enable(params.id), audit);
    },
    async signOutEverywhere({ actor, params, body, audit }) {
      guard.onCity(actor, 'account:write');
      const { after } = await accounts.signOut(params.id, body.devices);
      audit(`account:${after.id}`, 'signed in', body.devices ? 'signed out everywhere, device tokens revoked' : 'signed out everywhere');
      return card(after);
    },
    async resetAccount({ actor, params, audit }) {
      guard.anywhere(actor, 'account:read');
      const account = accounts.find(params.id);
      if (account) needInviter(actor, account);
      else guard.onCity(actor, 'account:write');
      const made = await invitations.reset(accounts.need(params.id), actor);
      audit(`account:${params.id}`, null, 'invited to set it anew');
      return made;
    },
  };
}

type Audit = HttpRequest<'invite'>['audit'];
type Entering = Pick<HttpRequest<'signIn'>, 'by' | 'request' | 'response' | 'audit'>;

const auditedInvitation = ({ name, role, division, station, machine, expiresAt }: Position & { name: string; expiresAt: number }) => ({
  name,
  role,
  ...(division !== null && { division }),
  ...(station !== null && { station }),
  ...(machine !== null && { machine }),
  expiresAt,
});
