import { useSignal } from '@preact/signals';
import type { NewInvitation } from '../../shared/account.ts';
import type { PersonRole } from '../../shared/person-role.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { Modal } from '../panels/modal.tsx';
import { accountProblem } from './account-problem.ts';
import { accountWords } from './account-words.ts';
import { NewLink } from './new-link.tsx';
import { type PersonForm, PositionFields, personOf } from './position-fields.tsx';

interface InviteDialogParts {
  roles: readonly PersonRole[];
  publicUrl: string | null;
  onClose: () => void;
}

/** Who is invited as what; then the link that makes the account. */
export function InviteDialog({ roles, publicUrl, onClose }: InviteDialogParts) {
  const text = accountWords.value;
  const form = useSignal<PersonForm>({ name: '', role: roles.includes('dispatcher') ? 'dispatcher' : roles[0], place: null });
  const made = useSignal<NewInvitation | null>(null);
  const busy = useSignal(false);
  const problem = useSignal<RequestFailed | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    problem.value = null;
    try {
      made.value = await ask('invite', {}, { body: personOf(form.value) });
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
  const field = problem.value?.field ?? null;
  const atField = field !== null && ['division', 'station', 'machine', 'name'].includes(field);
  return (
    <Modal title={text.inviteTitle} onClose={onClose}>
      <form class="form form__wide" onSubmit={event => void submit(event)}>
        <PositionFields form={form} roles={roles} problem={atField ? field : null} />
        {problem.value && !atField && (
          <p class="note note--late" role="alert">
            {accountProblem(problem.value)}
          </p>
        )}
        <div class="form__buttons">
          <button type="submit" class="button button--main" disabled={busy.value}>
            {text.makeInvitation}
          </button>
        </div>
      </form>
    </Modal>
  );
}
