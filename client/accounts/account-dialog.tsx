import { useSignal } from '@preact/signals';
import type { AccountCard, NewInvitation } from '../../shared/account.ts';
import { personRoles } from '../../shared/person-role.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { Modal } from '../panels/modal.tsx';
import { accountProblem } from './account-problem.ts';
import { accountWords } from './account-words.ts';
import { NewLink } from './new-link.tsx';
import { placeOf } from './place-name.ts';
import { type PersonForm, PositionFields, personOf } from './position-fields.tsx';

interface AccountDialogParts {
  account: AccountCard;
  publicUrl: string | null;
  /** Dispatchers may only enrol their operators' phones anew. */
  mayWrite: boolean;
  onClose: () => void;
}

/** What can be done to one account. */
export function AccountDialog({ account, publicUrl, mayWrite, onClose }: AccountDialogParts) {
  const text = accountWords.value;
  const made = useSignal<NewInvitation | null>(null);
  const busy = useSignal(false);
  const problem = useSignal<RequestFailed | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    busy.value = true;
    problem.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = cause;
    }
    busy.value = false;
  };
  if (made.value)
    return (
      <Modal title={text.ready} onClose={onClose}>
        <NewLink made={made.value} publicUrl={publicUrl} onDone={onClose} />
      </Modal>
    );
  const acting = { account, busy: busy.value, attempt, onClose };
  return (
    <Modal title={text.manageTitle(account.name)} onClose={onClose}>
      {problem.value && (
        <p class="note note--late" role="alert">
          {accountProblem(problem.value)}
        </p>
      )}
      {mayWrite && <Edit {...acting} />}
      <section class="account-actions">
        <Act
          label={account.role === 'operator' ? text.resetPhone : text.resetPassword}
          hint={account.role === 'operator' ? text.resetPhoneHint : text.resetPasswordHint}
          busy={busy.value}
          onClick={() =>
            attempt(async () => {
              made.value = await ask('resetAccount', { id: account.id });
            })
          }
        />
        {mayWrite && <Standing {...acting} />}
      </section>
    </Modal>
  );
}

interface Acting {
  account: AccountCard;
  busy: boolean;
  attempt: (work: () => Promise<void>) => Promise<void>;
  onClose: () => void;
}

function Edit({ account, busy, attempt, onClose }: Acting) {
  const text = accountWords.value;
  const value = account.division ?? account.station ?? account.machine;
  const place = value === null ? null : { value, label: placeOf(account), hint: value };
  const form = useSignal<PersonForm>({ name: account.name, role: account.role, place });
  const save = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      await ask('editAccount', { id: account.id }, { body: { ...personOf(form.value), version: account.version } });
      onClose();
    });
  };
  return (
    <form class="form form__wide" onSubmit={save}>
      <PositionFields form={form} roles={personRoles} problem={null} />
      <div class="form__buttons">
        <button type="submit" class="button button--main" disabled={busy}>
          {text.save}
        </button>
      </div>
    </form>
  );
}

/** Signing out, disabling, enabling. */
function Standing({ account, busy, attempt, onClose }: Acting) {
  const text = accountWords.value;
  const isOperator = account.role === 'operator';
  const devices = useSignal(isOperator);
  const act = (name: 'signOutEverywhere' | 'disableAccount' | 'enableAccount') => () =>
    attempt(async () => {
      await ask(name, { id: account.id }, name === 'enableAccount' ? {} : { body: { devices: devices.value } });
      onClose();
    });
  if (account.disabledAt !== null) return <Act label={text.enable} hint="" busy={busy} onClick={act('enableAccount')} />;
  return (
    <>
      {isOperator && (
        <label class="account-actions__devices">
          <input
            type="checkbox"
            checked={devices.value}
            onChange={event => {
              devices.value = event.currentTarget.checked;
            }}
          />
          {text.devices}
        </label>
      )}
      <Act label={text.signOutEverywhere} hint={text.signOutHint} busy={busy} onClick={act('signOutEverywhere')} />
      <Act label={text.disable} hint={text.disableHint} busy={busy} onClick={act('disableAccount')} />
    </>
  );
}

function Act({ label, hint, busy, onClick }: { label: string; hint: string; busy: boolean; onClick: () => Promise<void> }) {
  return (
    <div class="account-action">
      <button type="button" class="button" disabled={busy} onClick={() => void onClick()}>
        {label}
      </button>
      <span class="muted">{hint}</span>
    </div>
  );
}
