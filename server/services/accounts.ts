import type { AccountCard, InviteInput } from '../../shared/account.ts';
import { type Actor, actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Account, AccountStore } from '../stores/accounts.ts';
import type { Within } from '../stores/connection.ts';
import type { Credential } from '../stores/credentials.ts';
import type { Standing } from './credentials.ts';
import { checkedPosition, placeNames } from './position.ts';
import type { Registry } from './registry.ts';

/** As logins are compared: 李明 and LiMing and liming are two. */
export const loginKeyOf = (login: string): string => login.normalize('NFKC').toLowerCase();

/** What of an account goes into the audit trail. */
export const auditedAccount = ({ login, name, role, division, station, machine, disabledAt }: Account) => ({
  login,
  name,
  role,
  ...(division !== null && { division }),
  ...(station !== null && { station }),
  ...(machine !== null && { machine }),
  ...(disabledAt !== null && { disabled: true }),
});

export interface Changed {
  before: Account;
  after: Account;
}

const canSignIn = (account: Account): boolean => account.disabledAt === null && account.passwordHash !== null;

/** All accounts, held in memory with the store behind: what an account may is asked with every request. */
export class Accounts implements Standing {
  /** Told when sessions of an account ended, and its devices' tokens if `devices`. */
  ended: (account: string, devices: boolean) => void = () => undefined;
  private readonly byId = new Map<string, Account>();
  private readonly byLogin = new Map<string, Account>();
  private readonly unkeptSeen = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: { store: AccountStore; registry: Registry; wall: () => number }) {}

  async load(): Promise<void> {
    for (const account of await this.deps.store.all()) this.hold(account);
  }

  all = (): Iterable<Account> => this.byId.values();
  find = (id: string): Account | null => this.byId.get(id) ?? null;
  withLogin = (login: string): Account | null => this.byLogin.get(loginKeyOf(login)) ?? null;
  hasAdministrator = (): boolean => [...this.byId.values()].some(account => account.role === 'administrator' && canSignIn(account));

  /** Somebody dispatches this very unit. */
  hasDispatcher = (division: string): boolean =>
    [...this.byId.values()].some(account => account.role === 'dispatcher' && account.division === division && canSignIn(account));

  need(id: string): Account {
    const account = this.byId.get(id);
    if (!account) throw new Refusal('notFound', `there is no account ${id}`);
    return account;
  }

  actorOf({ id, role, name, division, station, machine }: Account): Actor {
    return actor({ role, name, account: id, division, station, machine });
  }

  epochOf(account: string, kind: Credential['kind']): number {
    const { sessionEpoch, deviceEpoch } = this.need(account);
    return kind === 'session' ? sessionEpoch : deviceEpoch;
  }

  bearerOf({ actor, kind, epoch }: Credential): Actor | null {
    const account = this.byId.get(actor.account ?? '');
    if (!account) return null;
    // A phone's token goes on while its account is disabled, unless it was revoked too: its outbox may still have to drain.
    if (kind === 'token') return epoch === account.deviceEpoch ? actor : null;
    if (epoch !== account.sessionEpoch || account.disabledAt !== null) return null;
    this.see(account);
    return this.actorOf(account);
  }

  card(account: Account, lockedUntil: number | null): AccountCard {
    const { id, login, name, role, division, station, machine, disabledAt, lastSeenAt, createdAt, version } = account;
    const own = { id, login, name, role, division, station, machine, disabledAt, lastSeenAt, createdAt, version };
    return { ...own, lockedUntil, ...placeNames(this.deps.registry, account) };
  }

  edit(id: string, version: number, { name, ...position }: InviteInput): Promise<Changed> {
    return this.change(id, before => {
      if (before.version !== version) throw new Refusal('conflict', 'version: somebody else changed this account meanwhile; look again');
      const after = { ...before, name, ...checkedPosition(this.deps.registry, position) };
      const moved = (['role', 'division', 'station', 'machine'] as const).some(key => before[key] !== after[key]);
      // Nothing ends when a person is only called otherwise.
      return moved ? { ...after, sessionEpoch: before.sessionEpoch + (before.role === after.role ? 0 : 1) } : after;
    });
  }

  disable(id: string, devices: boolean): Promise<Changed> {
    return this.change(id, before => signedOut({ ...before, disabledAt: before.disabledAt ?? this.deps.wall() }, devices));
  }

  enable = (id: string): Promise<Changed> => this.change(id, before => ({ ...before, disabledAt: null }));
  signOut = (id: string, devices: boolean): Promise<Changed> => this.change(id, before => signedOut(before, devices));

  /** Takes in an account that the work stores, or stores anew; the work says false when nothing came of it. */
  settle(
    account: () => Account,
    work: (account: Account, store: (within: Within) => Promise<void>) => Promise<boolean>,
  ): Promise<Account | null> {
    return this.inTurn(async () => {
      const made = account();
      const before = this.byId.get(made.id) ?? null;
      this.refuseTakenLogin(made);
      const stored = await work(made, async within => {
        if (before === null) await this.deps.store.add(made, within);
        else if (!(await this.deps.store.replace(made, within)))
          throw new Refusal('conflict', 'version: this account has just been changed');
      });
      if (!stored) return null;
      this.hold(made);
      if (before) this.tell(before, made);
      return made;
    });
  }

  /** Writes down who was seen since the last time. */
  async keepSeen(): Promise<void> {
    const seen = [...this.unkeptSeen];
    this.unkeptSeen.clear();
    for (const id of seen) await this.deps.store.seen(id, this.byId.get(id)?.lastSeenAt ?? 0);
  }

  /** One change after another: what is checked in it still holds when it is stored. */
  private change(id: string, edit: (before: Account) => Account): Promise<Changed> {
    return this.inTurn(async () => {
      const before = this.need(id);
      const after = { ...edit(before), version: before.version + 1 };
      this.refuseWithoutAdministrator(before, after);
      if (!(await this.deps.store.replace(after))) throw new Refusal('conflict', 'version: this account was changed by another program');
      this.hold(after);
      this.tell(before, after);
      return { before, after };
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private refuseWithoutAdministrator(before: Account, after: Account): void {
    const could = before.role === 'administrator' && canSignIn(before);
    const can = after.role === 'administrator' && canSignIn(after);
    const others = [...this.byId.values()].some(one => one.id !== after.id && one.role === 'administrator' && canSignIn(one));
    if (could && !can && !others) throw new Refusal('conflict', 'role: this is the last administrator; invite another one first');
  }

  private refuseTakenLogin({ id, loginKey }: Account): void {
    const holder = loginKey === null ? undefined : this.byLogin.get(loginKey);
    if (holder && holder.id !== id) throw new Refusal('conflict', 'login: somebody has this one already; choose another');
  }

  private hold(account: Account): void {
    const before = this.byId.get(account.id);
    if (before?.loginKey) this.byLogin.delete(before.loginKey);
    this.byId.set(account.id, account);
    if (account.loginKey) this.byLogin.set(account.loginKey, account);
  }

  /** Open sockets carry what the account was when they connected. */
  private tell(before: Account, after: Account): void {
    const devices = before.deviceEpoch !== after.deviceEpoch;
    const moved = (['role', 'division', 'station', 'machine', 'sessionEpoch', 'disabledAt'] as const).some(
      key => before[key] !== after[key],
    );
    if (moved || devices) this.ended(after.id, devices);
  }

  private see(account: Account): void {
    account.lastSeenAt = this.deps.wall();
    this.unkeptSeen.add(account.id);
  }
}

const signedOut = (account: Account, devices: boolean): Account => ({
  ...account,
  sessionEpoch: account.sessionEpoch + 1,
  deviceEpoch: account.deviceEpoch + (devices ? 1 : 0),
});
