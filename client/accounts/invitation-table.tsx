import type { InvitationCard } from '../../shared/account.ts';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import { accountWords } from './account-words.ts';
import { placeOf } from './place-name.ts';

/** Invitations that nobody has taken up yet. Their codes are known to whoever got them, not to this page. */
export function InvitationTable({ invitations, onRevoke }: { invitations: InvitationCard[]; onRevoke: (id: string) => Promise<void> }) {
  const text = accountWords.value;
  return (
    <section class="accounts__open">
      <h2>{text.openTitle}</h2>
      {invitations.length === 0 && <Quiet>{text.noInvitations}</Quiet>}
      {invitations.length > 0 && (
        <table class="sheet">
          <thead>
            <tr>
              <th>{text.name}</th>
              <th>{text.role}</th>
              <th>{text.place}</th>
              <th>{text.invitedBy}</th>
              <th>{text.validUntil}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {invitations.map(one => (
              <tr key={one.id}>
                <td data-label={text.name}>{one.name === '' ? '—' : one.name}</td>
                <td data-label={text.role}>{words.value.roles[one.role]}</td>
                <td data-label={text.place}>{placeOf(one)}</td>
                <td data-label={text.invitedBy}>{one.createdBy}</td>
                <td data-label={text.validUntil}>{timeNear(one.expiresAt, Date.now())}</td>
                <td>
                  <button type="button" class="button" onClick={() => void onRevoke(one.id)}>
                    {text.revoke}
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
