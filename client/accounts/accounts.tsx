import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountCard } from '../../shared/account.ts';
import { permissions } from '../../shared/permissions.ts';
import { personRoles } from '../../shared/person-role.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { Awaited } from '../panels/message.tsx';
import { Modal } from '../panels/modal.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { ImportStep } from '../setup/import-step.tsx';
import '../setup/setup.css';
import '../style/form.css';
import { AccountDialog } from './account-dialog.tsx';
import { AccountTable } from './account-table.tsx';
import { accountWords } from './account-words.ts';
import './accounts.css';
import { InvitationSheet, type Made } from './invitation-sheet.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';

const EVERY_MS = 15_000;

/** Who may come in: accounts, open invitations, and how to make more of them. */
export function Accounts({ session }: PageParts) {
  const text = accountWords.value;
  const asked = useSignal(0);
  const answer = useAnswer('accounts', { asked: asked.value }, EVERY_MS);
  const last = useLast(answer.value);
  const inviting = useSignal(false);
  const importing = useSignal(false);
  const slips = useSignal<Made>([]);
  const sendList = async (wish: { apply: string; name: string }, file: ArrayBuffer) => {
    const report = await ask('importOperators', wish, { file });
    slips.value = report.invitations;
    return report;
  };
  const managed = useSignal<AccountCard | null>(null);
  const mayWrite = permissions[session.role]['account:write'] !== 'none';
  const roles = mayWrite ? personRoles : (['operator'] as const);
  const again = () => {
    asked.value++;
  };
  const revoke = async (id: string) => {
    await ask('revokeInvitation', { id }).catch((cause: unknown) => {
      // Taken up or withdrawn meanwhile: the new list says so.
      if (!(cause instanceof RequestFailed)) throw cause;
    });
    again();
  };
  return (
    <OfficePage
      session={session}
      title={text.title}
      tools={
        <>
          <button
            type="button"
            class="button"
            onClick={() => {
              importing.value = true;
            }}
          >
            {text.importOperators}
          </button>
          <button
            type="button"
            class="button button--main accounts__invite"
            onClick={() => {
              inviting.value = true;
            }}
          >
            {text.invite}
          </button>
        </>
      }
    >
      <Awaited answer={last}>
        {({ accounts, invitations, publicUrl }) =>
          slips.value.length > 0 ? (
            <InvitationSheet
              made={slips.value}
              publicUrl={publicUrl}
              onDone={() => {
                slips.value = [];
                again();
              }}
            />
          ) : (
            <>
              <AccountTable
                accounts={accounts}
                onManage={account => {
                  managed.value = account;
                }}
              />
              <InvitationTable invitations={invitations} onRevoke={revoke} />
              {inviting.value && (
                <InviteDialog
                  roles={roles}
                  publicUrl={publicUrl}
                  onClose={() => {
                    inviting.value = false;
                    again();
                  }}
                />
              )}
              {managed.value && (
                <AccountDialog
                  key={managed.value.id}
                  account={managed.value}
                  publicUrl={publicUrl}
                  mayWrite={mayWrite}
                  onClose={() => {
                    managed.value = null;
                    again();
                  }}
                />
              )}
              {importing.value && (
                <Modal title={text.importOperators} onClose={() => (importing.value = false)}>
                  <ImportStep
                    kind="operators"
                    applied={() => (importing.value = false)}
                    other={{ send: sendList, template: '/api/v1/invitations/table/template' }}
                  />
                </Modal>
              )}
            </>
          )
        }
      </Awaited>
    </OfficePage>
  );
}

/** The last answer that was ready stays while a newer one is on its way. */
function useLast<Value extends { state: string }>(now: Value): Value {
  const last = useSignal(now);
  useEffect(() => {
    if (now.state !== 'loading') last.value = now;
  }, [now, last]);
  return now.state === 'loading' ? last.value : now;
}
