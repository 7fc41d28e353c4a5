import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { closeDrawer, openDrawer } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import type { Regroup } from '../state/drawing.ts';
import { mu } from '../state/format.ts';
import { isUnderWay, refusalText } from './refusal-text.ts';
import { SnapSwitch } from './snap-switch.tsx';
import { regroupWords } from './words.ts';

/** Over the map while a field is cut or joined: what to do, what would become of it, and the ways out. */
export function RegroupBar({ desk, drawing }: { desk: Desk; drawing: Regroup }) {
  const text = regroupWords.value;
  const busy = useSignal(false);
  const failed = useSignal<RequestFailed | null>(null);
  const { value: line } = desk.line;
  const { value: partner } = desk.partner;
  const { value: outcome } = desk.outcome;
  useEffect(() => {
    let isLatest = true;
    desk.outcome.value = null;
    failed.value = null;
    asked(drawing, { line, partner }, false)
      .then(fields => {
        if (isLatest) desk.outcome.value = fields;
      })
      .catch((cause: unknown) => {
        if (!(cause instanceof RequestFailed)) throw cause;
        if (isLatest) failed.value = cause;
      });
    return () => {
      isLatest = false;
    };
  }, [line, partner]);
  const stop = () => {
    desk.drawing.value = null;
  };
  const save = async () => {
    busy.value = true;
    try {
      const fields = await asked(drawing, { line, partner }, true);
      stop();
      closeDrawer();
      openDrawer({ kind: 'field', id: fields![0].id });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
    }
    busy.value = false;
  };
  const isSplit = drawing.kind === 'split';
  const title = isSplit ? text.split : text.merge;
  const isHalf = failed.value !== null && isSplit && isUnderWay(failed.value);
  return (
    <div class="drawing" role="dialog" aria-label={title}>
      <strong>{title}</strong>
      <span role="status">
        {outcome
          ? text.becomes(outcome.map(({ areaMu }) => words.value.area(mu(areaMu))).join(' + '))
          : isHalf && line.length > 1
            ? text.half
            : isSplit
              ? text.howToSplit
              : text.howToMerge}
      </span>
      {isSplit && <SnapSwitch desk={desk} />}
      <button type="button" class="button button--main" disabled={outcome === null || busy.value} onClick={() => void save()}>
        {isSplit ? text.saveSplit : text.saveMerge}
      </button>
      {isSplit && line.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            desk.drawing.value = { ...drawing };
          }}
        >
          {text.again}
        </button>
      )}
      <button type="button" class="button" onClick={stop}>
        {words.value.drawing.cancel}
      </button>
      {outcome && <p class="note">{text.note}</p>}
      {failed.value && !isHalf && (
        <p class="note note--late" role="alert">
          {refusalText(failed.value)}
        </p>
      )}
    </div>
  );
}

/** Null: there is nothing to be asked yet. */
async function asked(drawing: Regroup, { line, partner }: { line: Desk['line']['value']; partner: string | null }, apply: boolean) {
  const { id, version } = drawing;
  if (drawing.kind === 'split') {
    if (line.length < 2) return null;
    return (await ask('splitField', { id }, { body: { version, line, apply } })).fields;
  }
  if (partner === null) return null;
  const other = await ask('field', { id: partner });
  const fields: [{ id: string; version: number }, { id: string; version: number }] = [
    { id, version },
    { id: partner, version: other.version },
  ];
  return (await ask('mergeFields', {}, { body: { fields, apply } })).fields;
}
