import { type Signal, useSignal } from '@preact/signals';
import type { Advice } from '../../shared/advice.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { Modal } from '../panels/modal.tsx';
import { type DraftStep, EditSteps } from './edit-steps.tsx';
import { adviceWords } from './words.ts';

type How = 'approve' | 'edit' | 'refuse';

/** In words why it was not carried out. */
export function decisionFailure(failed: RequestFailed): string {
  const text = adviceWords.value;
  const conflict = failed.field === null ? undefined : text.conflicts[failed.field];
  if (failed.code === 'conflict' && conflict) return conflict({ ...failed.values });
  return failed.code === 'invalid' ? text.invalid(failed.message) : words.value.problems[failed.code];
}

/** Nothing goes out before it is said here once more, all at once. */
export function DecideDialog({
  advice,
  how,
  onClose,
  onChanged,
}: {
  advice: Advice;
  how: How;
  onClose: () => void;
  onChanged: () => void;
}) {
  const text = adviceWords.value;
  const reason = useSignal('');
  const failed = useSignal<RequestFailed | null>(null);
  const isBusy = useSignal(false);
  const isEditing = useSignal(how === 'edit');
  const steps = useSignal<DraftStep[]>(
    advice.steps
      .filter(step => !step.isLater)
      .map(({ offer, machineVersion, plate, placeName }) => ({ offer, machineVersion, plate, placeName, isOut: false })),
  );
  const chosen = steps.value.filter(step => !step.isOut);
  const decide = async () => {
    failed.value = null;
    isBusy.value = true;
    try {
      const said = { version: advice.version, reason: reason.value };
      if (how === 'refuse') await ask('refuseAdvice', { id: advice.id }, { body: said });
      else {
        const out = chosen.map(({ offer, machineVersion }) => ({ offer, machineVersion }));
        await ask('approveAdvice', { id: advice.id }, { body: { ...said, steps: out } });
      }
      onClose();
      onChanged();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
      if (cause.field === 'machineTaken') isEditing.value = true;
      else if (cause.code === 'conflict') onChanged();
    } finally {
      isBusy.value = false;
    }
  };
  const machines = new Set(chosen.map(step => step.offer.machine)).size;
  const isReady = how === 'refuse' ? reason.value.trim() !== '' : chosen.length > 0;
  return (
    <Modal title={how === 'refuse' ? text.refuse : text.approveTitle} onClose={onClose}>
      <form
        class="advice-form"
        onSubmit={event => {
          event.preventDefault();
          void decide();
        }}
      >
        {how !== 'refuse' && <p>{text.approveExplained(machines)}</p>}
        {isEditing.value && <EditSteps advice={advice} steps={steps} />}
        {how !== 'refuse' && chosen.length === 0 && <p class="note note--late">{text.none}</p>}
        <ReasonField reason={reason} isNeeded={how === 'refuse'} />
        {failed.value && (
          <p class="note note--late" role="alert">
            {decisionFailure(failed.value)}
          </p>
        )}
        <div class="advice__acts">
          <button type="submit" class="button button--main" disabled={!isReady || isBusy.value}>
            {how === 'refuse' ? text.refuse : text.approveAll}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
        </div>
      </form>
    </Modal>
  );
}

function ReasonField({ reason, isNeeded }: { reason: Signal<string>; isNeeded: boolean }) {
  const text = adviceWords.value;
  return (
    <label class="advice-form__reason">
      {isNeeded ? text.reasonNeeded : text.reasonOptional}
      <textarea
        rows={2}
        maxLength={200}
        required={isNeeded}
        value={reason.value}
        onInput={event => {
          reason.value = event.currentTarget.value;
        }}
      />
    </label>
  );
}
