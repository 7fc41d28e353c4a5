import { useSignal } from '@preact/signals';
import type { AccountCard } from '../../shared/account.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import { accountWords } from './account-words.ts';
import { placeOf } from './place-name.ts';

/** All accounts; on a phone each row becomes a card. */
export function AccountTable({ accounts, onManage }: { accounts: AccountCard[]; onManage: (account: AccountCard) => void }) {
  const text = accountWords.value;
  const filter = useSignal('');
  const wanted = filter.value.trim().toLowerCase();
  const textOf = (one: AccountCard) => `${one.name} ${one.login ?? ''} ${placeOf(one)} ${words.value.roles[one.role]}`.toLowerCase();
  const shown = accounts.filter(one => textOf(one).includes(wanted)).sort((a, b) => a.createdAt - b.createdAt);
  if (accounts.length === 0) return <Quiet>{text.noAccounts}</Quiet>;
  return (
    <section>
      <input
        class="form__input accounts__filter"
        type="search"
        placeholder={text.filter}
        aria-label={text.filter}
        value={filter.value}
        onInput={event => {
          filter.value = event.currentTarget.value;
        }}
      />
      {shown.length === 0 && <Quiet>{text.noMatch}</Quiet>}
      {shown.length > 0 && (
        <table class="sheet">
          <thead>
            <tr>
              <th>{text.name}</th>
              <th>{text.login}</th>
              <th>{text.role}</th>
              <th>{text.place}</th>
              <th>{text.state}</th>
              <th>{text.lastSeen}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {shown.map(account => (
              <tr key={account.id} class={account.disabledAt === null ? '' : 'sheet__off'}>
                <td data-label={text.name}>
                  <strong>{account.name}</strong>
                </td>
                <td data-label={text.login}>{account.login ?? <span class="muted">{text.noLogin}</span>}</td>
                <td data-label={text.role}>{words.value.roles[account.role]}</td>
                <td data-label={text.place}>{placeOf(account)}</td>
                <td data-label={text.state}>
                  <State account={account} />
                </td>
                <td data-label={text.lastSeen}>{account.lastSeenAt === null ? text.never : whenText(account.lastSeenAt, Date.now())}</td>
                <td>
                  <button type="button" class="button" onClick={() => onManage(account)} aria-label={text.manageTitle(account.name)}>
                    {text.manage}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function State({ account }: { account: AccountCard }) {
  const text = accountWords.value;
  if (account.disabledAt !== null) return <span class="chip">○ {text.disabled}</span>;
  if (account.lockedUntil !== null)
    return <span class="chip chip--late">✕ {text.lockedFor(timeNear(account.lockedUntil, Date.now()))}</span>;
  return <span class="chip chip--ahead">● {text.active}</span>;
}
