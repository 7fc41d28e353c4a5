import { Refusal } from '../../shared/reply.ts';
import type { Account } from '../stores/accounts.ts';
import { type Accounts, loginKeyOf } from './accounts.ts';
import type { Lockouts } from './lockout.ts';
import type { Passwords } from './passwords.ts';

/** By login and password. Whether a login exists shows in no answer: not in its words, its time, or the lock. */
export class SignIn {
  /** Told when wrong passwords locked an account that exists; not waited for, as that would show. */
  locked: (account: Account) => void = () => undefined;

  constructor(private readonly deps: { accounts: Accounts; lockouts: Lockouts; passwords: Passwords; wall: () => number }) {}

  async accountFor(login: string, password: string): Promise<Account> {
    const { accounts, lockouts, passwords, wall } = this.deps;
    const key = loginKeyOf(login);
    lockouts.begin(key, wall());
    const account = accounts.withLogin(login);
    const right = await passwords.isRight(password, account?.passwordHash ?? null).catch(problem => {
      lockouts.undo(key);
      throw problem;
    });
    if (right && account && account.disabledAt === null) {
      await lockouts.clear(key);
      return account;
    }
    if ((await lockouts.failed(key, wall())) && account) this.locked(account);
    throw new Refusal('unauthenticated', 'login and password do not belong together');
  }
}
