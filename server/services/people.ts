import { Refusal } from '../../shared/reply.ts';
import { AccountStore } from '../stores/accounts.ts';
import type { Connection } from '../stores/connection.ts';
import { InvitationStore } from '../stores/invitations.ts';
import { LockoutStore } from '../stores/lockouts.ts';
import { Accounts } from './accounts.ts';
import { AddressLimit } from './address-limit.ts';
import { Invitations } from './invitations.ts';
import { Lockouts } from './lockout.ts';
import { Passwords } from './passwords.ts';
import type { Registry } from './registry.ts';
import { SignIn } from './sign-in.ts';

const MOST_WRONG_PASSWORDS = 30;
const MOST_WRONG_CODES = 40;

const refusedWith =
  (code: Refusal['code']) =>
  (problem: unknown): boolean =>
    problem instanceof Refusal && problem.code === code;

/** Accounts, and the two ways in: an invitation and a password. */
export class People {
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly lockouts: Lockouts;
  readonly passwords = new Passwords();
  readonly signIn: SignIn;
  readonly passwordsByAddress = new AddressLimit(MOST_WRONG_PASSWORDS, refusedWith('unauthenticated'));
  readonly codesByAddress = new AddressLimit(MOST_WRONG_CODES, refusedWith('notFound'));
  private readonly stores;

  constructor(
    connection: Connection,
    registry: Registry,
    private readonly wall: () => number,
  ) {
    this.stores = {
      accounts: new AccountStore(connection),
      invitations: new InvitationStore(connection),
      lockouts: new LockoutStore(connection),
    };
    this.accounts = new Accounts({ store: this.stores.accounts, registry, wall });
    this.lockouts = new Lockouts(this.stores.lockouts);
    const { accounts, passwords, lockouts } = this;
    this.invitations = new Invitations({ store: this.stores.invitations, accounts, passwords, registry, wall });
    this.signIn = new SignIn({ accounts, passwords, lockouts, wall });
  }

  async prepare(): Promise<void> {
    await Promise.all([this.stores.accounts.prepare(), this.stores.invitations.prepare()]);
  }

  async load(): Promise<void> {
    await this.accounts.load();
    await this.lockouts.load(this.wall());
  }
}
