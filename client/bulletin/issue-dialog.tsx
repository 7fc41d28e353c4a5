import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { BulletinDraft } from '../../shared/bulletin.ts';
import { nameOf } from '../language/language.ts';
import { cutOffText } from './paper-head.ts';
import { bulletinWords, paperWords } from './words.ts';

/** Names the cut-off before a bulletin becomes unchangeable; a correction asks why. */
export function IssueDialog({ draft, busy, failed, issue, close }: IssueDialogParts) {
  const text = bulletinWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  // Where fixes came late, that is the likely reason; it can be changed.
  const latePlates = [...new Set(draft.lateFixes.map(({ plate }) => plate))].slice(0, 5).join('、');
  const reason = useSignal(latePlates === '' ? '' : text.lateReason(latePlates));
  const last = draft.issued[0]?.version ?? 0;
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="issue" onClose={close}>
      <form
        method="dialog"
        onSubmit={event => {
          event.preventDefault();
          issue(reason.value.trim());
        }}
      >
        <h2>{last === 0 ? text.askTitle(nameOf(draft.content.total)) : text.askCorrection(last + 1)}</h2>
        <p>
          <b>{text.ask(cutOffText(draft.cutOff, paperWords.value))}</b>
        </p>
        {draft.reports.missing > 0 && <p class="note note--late">{text.askMissing(draft.reports.missing)}</p>}
        {last > 0 && (
          <label class="issue__reason">
            <span>{text.askReason}</span>
            <input
              type="text"
              required
              maxLength={200}
              value={reason.value}
              onInput={event => {
                reason.value = event.currentTarget.value;
              }}
            />
          </label>
        )}
        {failed && (
          <p class="note note--late" role="alert">
            {text.issueFailed} {failed}
          </p>
        )}
        <p class="issue__buttons">
          <button type="submit" class="button button--main" disabled={busy || (last > 0 && reason.value.trim() === '')}>
            {busy ? text.issuing : text.confirm}
          </button>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {text.cancel}
          </button>
        </p>
      </form>
    </dialog>
  );
}

interface IssueDialogParts {
  draft: BulletinDraft;
  busy: boolean;
  failed: string | null;
  issue: (reason: string) => void;
  close: () => void;
}
