import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { InvitationCard, InviteInput, NewInvitation } from '../../shared/account.ts';
import type { Actor } from '../../shared/permissions.ts';
import { needsPassword } from '../../shared/person-role.ts';
import { Refusal } from '../../shared/reply.ts';
import { newCode, plainCode } from '../domain/invitation-code.ts';
import { passwordFault } from '../domain/password-rules.ts';
import type { Account } from '../stores/accounts.ts';
import type { Invitation, InvitationStore } from '../stores/invitations.ts';
import { type Accounts, loginKeyOf } from './accounts.ts';
import type { NewOperator } from './imports/operators.ts';
import type { Passwords } from './passwords.ts';
import { checkedPosition, placeNames } from './position.ts';
import type { Registry } from './registry.ts';

const HOUR_MS = 3_600_000;
const validMs = (role: Invitation['role']): number => (role === 'operator' ? 72 : 24) * HOUR_MS;
const hashOf = (code: string): string => createHash('sha256').update(plainCode(code)).digest('hex');
const PROGRAM = 'the program';

export interface Wish {
  code: string;
  name?: string | undefined;
  login?: string | undefined;
  password?: string | undefined;
}

/** One-time codes: each makes one account, or sets one anew. */
export class Invitations {
  constructor(
    private readonly deps: {
      store: InvitationStore;
      accounts: Accounts;
      passwords: Passwords;
      registry: Registry;
      wall: () => number;
    },
  ) {}

  open = async (): Promise<InvitationCard[]> => (await this.deps.store.open(this.deps.wall())).map(this.card);

  invite({ name, ...position }: InviteInput, by: Actor): Promise<NewInvitation> {
    return this.make({ ...checkedPosition(this.deps.registry, position), name, account: null, createdBy: by.name, first: false });
  }

  /** Operators of a list, all or none. An open invitation of the same person to the same machine is void. */
  async inviteAll(people: readonly NewOperator[], by: Actor): Promise<NewInvitation[]> {
    if (people.length === 0) return [];
    const keyOf = ({ name, machine }: { name: string; machine: string | null }) => `${name}\n${machine}`;
    const named = new Set(people.map(keyOf));
    const open = await this.deps.store.open(this.deps.wall());
    const replaced = open.filter(one => one.role === 'operator' && one.account === null && named.has(keyOf(one)));
    const made = people.map(({ name, machine }) => {
      const position = checkedPosition(this.deps.registry, { role: 'operator', machine, division: null, station: null });
      return this.drafted({ ...position, name, account: null, createdBy: by.name, first: false });
    });
    await this.deps.store.addAll(
      made.map(({ invitation }) => invitation),
      replaced.map(({ id }) => id),
      this.deps.wall(),
    );
    return made.map(this.told);
  }

  /** For an account that exists: a new password, or the operator's next phone. One that was made before is void. */
  async reset(account: Account, by: Actor): Promise<NewInvitation> {
    if (account.disabledAt !== null) throw new Refusal('conflict', 'account: it is disabled; enable it first');
    const { id, name, role, division, station, machine } = account;
    await this.voidOf(id);
    return this.make({ name, role, division, station, machine, account: id, createdBy: by.name, first: false });
  }

  voidOf = (account: string): Promise<void> => this.deps.store.revokeAll({ account }, this.deps.wall());

  /** For a database without an administrator; null: there is one. Those that were made before are void. */
  async forFirstAdministrator(): Promise<NewInvitation | null> {
    await this.deps.store.revokeAll({ first: true }, this.deps.wall());
    if (this.deps.accounts.hasAdministrator()) return null;
    const nowhere = { division: null, station: null, machine: null, account: null };
    return this.make({ ...nowhere, role: 'administrator', name: '', createdBy: PROGRAM, first: true });
  }

  async revoke(id: string): Promise<InvitationCard> {
    const revoked = await this.deps.store.revoke(id, this.deps.wall());
    if (!revoked) throw new Refusal('notFound', 'there is no such open invitation');
    return this.card(revoked);
  }

  /** @throws Refusal notFound unknown, conflict used, forbidden run out or withdrawn */
  async look(code: string): Promise<Invitation> {
    const invitation = await this.deps.store.find(hashOf(code));
    if (!invitation) throw new Refusal('notFound', 'code: there is no such invitation; look at it again');
    if (invitation.usedAt !== null) throw new Refusal('conflict', 'code: this invitation has been taken up already; ask for a new one');
    if (invitation.revokedAt !== null || invitation.expiresAt <= this.deps.wall() || this.isOfDisabled(invitation)) {
      throw new Refusal('forbidden', 'code: this invitation has run out or was withdrawn; ask for a new one');
    }
    return invitation;
  }

  /** Takes it up, once however many try: the account that came of it. */
  async accept(wish: Wish): Promise<{ account: Account; before: Account | null }> {
    const invitation = await this.look(wish.code);
    const before = invitation.account === null ? null : this.deps.accounts.need(invitation.account);
    const entry = await this.entryOf(invitation, before, wish);
    const now = this.deps.wall();
    const account = await this.deps.accounts.settle(
      () => (before ? renewed(this.deps.accounts.need(before.id), entry) : created(invitation, entry, now)),
      (_account, store) => this.deps.store.takeUp(invitation._id, now, store),
    );
    if (!account) throw new Refusal('conflict', 'code: this invitation has been taken up already; ask for a new one');
    return { account, before };
  }

  readonly card = ({
    id,
    name,
    role,
    division,
    station,
    machine,
    account,
    createdAt,
    expiresAt,
    createdBy,
  }: Invitation): InvitationCard => {
    const place = { division, station, machine };
    return { id, name, role, ...place, account, createdAt, expiresAt, createdBy, ...placeNames(this.deps.registry, place) };
  };

  private isOfDisabled({ account }: Invitation): boolean {
    return account !== null && (this.deps.accounts.find(account)?.disabledAt ?? null) !== null;
  }

  private async entryOf(invitation: Invitation, before: Account | null, wish: Wish): Promise<Entry> {
    const name = wish.name ?? before?.name ?? invitation.name;
    if (name === '') throw new Refusal('invalid', 'name: say who you are');
    if (!needsPassword(invitation.role)) return { name, login: before?.login ?? null, passwordHash: before?.passwordHash ?? null };
    const login = before?.login ?? wish.login;
    if (login === undefined) throw new Refusal('invalid', 'login: choose one');
    if (/[\s\p{C}]/u.test(login)) throw new Refusal('invalid', 'login: without spaces');
    if (before?.login === undefined && this.deps.accounts.withLogin(login))
      throw new Refusal('conflict', 'login: somebody has this one already');
    if (wish.password === undefined) throw new Refusal('invalid', 'password: choose one');
    const fault = passwordFault(wish.password, { login, name });
    if (fault) throw new Refusal('invalid', `password: ${fault}`);
    return { name, login, passwordHash: await this.deps.passwords.hash(wish.password) };
  }

  private async make(part: Part): Promise<NewInvitation> {
    const draft = this.drafted(part);
    await this.deps.store.add(draft.invitation);
    return this.told(draft);
  }

  private readonly told = ({ invitation, code }: Draft): NewInvitation => ({
    invitation: this.card(invitation),
    code,
    path: invitation.role === 'operator' ? `/cab#enrol=${code}` : `/invite#${code}`,
  });

  private drafted(part: Part): Draft {
    const code = newCode(randomInt);
    const createdAt = this.deps.wall();
    const times = { createdAt, expiresAt: createdAt + validMs(part.role), usedAt: null, revokedAt: null };
    const invitation: Invitation = { _id: hashOf(code), id: randomUUID(), ...part, ...times };
    return { invitation, code };
  }
}

type Part = Pick<Invitation, 'name' | 'role' | 'division' | 'station' | 'machine' | 'account' | 'createdBy' | 'first'>;
/** With the code, which is stored nowhere. */
interface Draft {
  invitation: Invitation;
  code: string;
}
type Entry = Pick<Account, 'name' | 'login' | 'passwordHash'>;

const created = ({ role, division, station, machine }: Invitation, entry: Entry, now: number): Account => ({
  id: randomUUID(),
  ...entry,
  loginKey: entry.login === null ? null : loginKeyOf(entry.login),
  role,
  division,
  station,
  machine,
  disabledAt: null,
  sessionEpoch: 0,
  deviceEpoch: 0,
  lastSeenAt: now,
  createdAt: now,
  version: 1,
});

/** A new password ends the sessions that the old one opened; an operator's other phone goes on. */
const renewed = (account: Account, entry: Entry): Account => ({
  ...account,
  ...entry,
  loginKey: entry.login === null ? null : loginKeyOf(entry.login),
  sessionEpoch: account.sessionEpoch + (needsPassword(account.role) ? 1 : 0),
  version: account.version + 1,
});
