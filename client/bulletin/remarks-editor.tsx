import type { Signal } from '@preact/signals';
import type { BulletinDraft, Remarks } from '../../shared/bulletin.ts';
import { whenText } from '../language/dates.ts';
import { nameOf } from '../language/language.ts';
import { bulletinWords } from './words.ts';

/** Remarks being written on top of the version that was there when writing began. */
export interface Edit {
  base: number;
  remarks: Remarks;
  /** Who saved in between. */
  conflict: string | null;
}

/** Remarks in general and by unit; saved as a draft that others see. */
export function RemarksEditor({ draft, edit, save, busy }: RemarksEditorParts) {
  const text = bulletinWords.value;
  const shown = edit.value?.remarks ?? draft.content.remarks;
  const change = (next: Partial<Remarks>) => {
    const before = edit.value ?? { base: draft.draft.version, remarks: draft.content.remarks, conflict: null };
    edit.value = { ...before, remarks: { ...before.remarks, ...next } };
  };
  const { author, at } = draft.draft;
  return (
    <section class="bulletin__side remarks">
      <h2>{text.remarks}</h2>
      <label>
        <span>
          {text.general} <small>{text.generalHint}</small>
        </span>
        <textarea rows={3} maxLength={2000} value={shown.general} onInput={event => change({ general: event.currentTarget.value })} />
      </label>
      {draft.content.units.length > 0 && (
        <details>
          <summary>
            {text.unitRemarks} {Object.keys(shown.units).length > 0 && `(${Object.values(shown.units).filter(Boolean).length})`}
          </summary>
          <ul class="remarks__units">
            {draft.content.units.map(unit => (
              <li key={unit.code}>
                <label>
                  <span>{nameOf(unit)}</span>
                  <input
                    type="text"
                    maxLength={200}
                    aria-label={text.unitRemark(nameOf(unit))}
                    value={shown.units[unit.code] ?? ''}
                    onInput={event => change({ units: { ...shown.units, [unit.code]: event.currentTarget.value } })}
                  />
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
      {edit.value?.conflict && (
        <div class="note note--late" role="alert">
          <p>{text.conflict(edit.value.conflict)}</p>
          <button type="button" class="button" disabled={busy} onClick={() => save(draft.draft.version)}>
            {text.keepMine}
          </button>{' '}
          <button
            type="button"
            class="button"
            onClick={() => {
              edit.value = null;
            }}
          >
            {text.takeTheirs}
          </button>
        </div>
      )}
      <p class="remarks__foot">
        <button type="button" class="button" disabled={edit.value === null || busy} onClick={() => save()}>
          {text.save}
        </button>
        <small>{edit.value ? text.unsaved : author && at !== null ? text.saved(author, whenText(at, draft.asOf)) : ''}</small>
      </p>
    </section>
  );
}

interface RemarksEditorParts {
  draft: BulletinDraft;
  edit: Signal<Edit | null>;
  /** `onTopOf`: the version to overwrite, when it is not the one that was seen. */
  save: (onTopOf?: number) => void;
  busy: boolean;
}
