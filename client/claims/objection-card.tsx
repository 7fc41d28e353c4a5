import { useSignal } from '@preact/signals';
import { type DecisionVerdict, decisionVerdicts, type ObjectionShown } from '../../shared/claim.ts';
import { ask } from '../connection/http.ts';
import { evidencePath } from '../evidence/address.ts';
import { whenText } from '../language/dates.ts';
import { useTask } from '../orders/use-task.ts';
import { mu } from '../state/format.ts';
import { claimListWords, problemSaid } from './words.ts';

interface CardParts {
  objection: ObjectionShown;
  now: number;
  mayWrite: boolean;
  onChanged: () => void;
}

/** One objection: what is said, what is measured and by what, what was decided; and the answer. */
export function ObjectionCard({ objection, now, mayWrite, onChanged }: CardParts) {
  const text = claimListWords.value;
  const isOpen = useSignal(false);
  const { state, plate, operatorName, village, divisionName, day, operation, reason, claimedMu, note, decisions } = objection;
  return (
    <article class={`claim claim--${state}`}>
      <p class="claim__head">
        <strong>
          {plate} {operatorName}
        </strong>
        <span class="claim__state">{text.states[state]}</span>
      </p>
      <p>
        {divisionName}
        {village} · {day.slice(5)} · {text.operations[operation]} · {whenText(objection.at, now)}
      </p>
      <p>
        <strong>{text.reasons[reason]}</strong>
        {claimedMu !== null && ` · ${text.says(mu(claimedMu))}`}
        {note !== '' && ` · ${note}`}
      </p>
      <p>
        {text.measured(mu(objection.measuredNowMu))}
        {Math.abs(objection.measuredMu - objection.measuredNowMu) >= 0.05 && ` (${text.measuredThen(mu(objection.measuredMu))})`} ·{' '}
        {text.ofField(mu(objection.coveredMu), mu(objection.fieldMu))} ·{' '}
        <a href={evidencePath(objection.field, operation)}>{text.evidence}</a>
      </p>
      {decisions.map(decision => (
        <p key={decision.at} class="claim__decision">
          <strong>{decision.verdict === 'upheld' ? text.agreedMu(mu(decision.agreedMu ?? 0)) : text.verdicts[decision.verdict]}</strong> ·{' '}
          {decision.reason} · {text.decided(decision.by, whenText(decision.at, now))}
        </p>
      ))}
      {mayWrite &&
        (isOpen.value ? (
          <SettleForm
            objection={objection}
            onDone={() => {
              isOpen.value = false;
              onChanged();
            }}
            onCancel={() => {
              isOpen.value = false;
            }}
          />
        ) : (
          <button
            type="button"
            class="button"
            onClick={() => {
              isOpen.value = true;
            }}
          >
            {text.settle}
          </button>
        ))}
    </article>
  );
}

function SettleForm({ objection, onDone, onCancel }: { objection: ObjectionShown; onDone: () => void; onCancel: () => void }) {
  const text = claimListWords.value;
  const verdict = useSignal<DecisionVerdict>('upheld');
  const agreed = useSignal((objection.claimedMu ?? objection.measuredNowMu).toFixed(1));
  const reason = useSignal('');
  const { isBusy, failed, run } = useTask();
  const agreedMu = verdict.value === 'upheld' ? Number(agreed.value) : null;
  const isReady = reason.value.trim() !== '' && (agreedMu === null || (agreed.value.trim() !== '' && agreedMu >= 0 && agreedMu <= 10_000));
  const settle = () =>
    run(async () => {
      const body = { version: objection.version, verdict: verdict.value, agreedMu, reason: reason.value.trim() };
      await ask('settleObjection', { id: objection.id }, { body });
      onDone();
    });
  return (
    <form
      class="claim__form"
      onSubmit={event => {
        event.preventDefault();
        if (isReady) void settle();
      }}
    >
      <fieldset>
        <legend>{text.settle}</legend>
        {decisionVerdicts.map(one => (
          <label key={one}>
            <input
              type="radio"
              name={`verdict-${objection.id}`}
              checked={verdict.value === one}
              onChange={() => {
                verdict.value = one;
              }}
            />
            {text.verdicts[one]}
          </label>
        ))}
      </fieldset>
      {verdict.value === 'upheld' && (
        <label>
          {text.agreed}
          <input inputMode="decimal" value={agreed.value} onInput={event => (agreed.value = event.currentTarget.value)} />
        </label>
      )}
      <label>
        {text.reason}
        <input maxLength={200} value={reason.value} onInput={event => (reason.value = event.currentTarget.value)} />
      </label>
      {failed.value && (
        <p class="note note--late" role="alert">
          {problemSaid(failed.value.message)}
        </p>
      )}
      <p class="claim__acts">
        <button type="submit" class="button button--main" disabled={!isReady || isBusy.value}>
          {text.settle}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {text.cancel}
        </button>
      </p>
    </form>
  );
}
