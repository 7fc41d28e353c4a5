import { useSignal } from '@preact/signals';
import type { AlertRuleSetting } from '../../shared/alert.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { alertWords } from './alert-words.ts';
import { noticeWords } from './words.ts';

/** The limits of the season, each rule in a line of its own. */
export function RulesTab({ mayWrite }: { mayWrite: boolean }) {
  const { rules: text } = noticeWords.value;
  const answer = useAnswer('alertRules', {}).value;
  return (
    <section aria-label={noticeWords.value.tabs.rules}>
      <p class="note">
        {text.lead} {!mayWrite && text.readOnly}
      </p>
      <Awaited answer={answer}>
        {({ rules }) => (
          <ul class="notices__rules">
            {rules.map(rule => (
              <li key={rule.rule}>
                <RuleLine rule={rule} mayWrite={mayWrite} />
              </li>
            ))}
          </ul>
        )}
      </Awaited>
    </section>
  );
}

function RuleLine({ rule, mayWrite }: { rule: AlertRuleSetting; mayWrite: boolean }) {
  const { rules: text } = noticeWords.value;
  const factor = rule.unit === 'share' ? 100 : 1;
  const isOn = useSignal(rule.isOn);
  const limit = useSignal(String(Math.round(rule.limit * factor * 10) / 10));
  const escalate = useSignal(String(rule.escalateMin));
  const outcome = useSignal<'saved' | RequestFailed | null>(null);
  const save = async () => {
    outcome.value = null;
    const body = { isOn: isOn.value, limit: Number(limit.value) / factor, escalateMin: Number(escalate.value) };
    try {
      await ask('putAlertRule', { rule: rule.rule }, { body });
      outcome.value = 'saved';
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      outcome.value = cause;
    }
  };
  const typed = (into: typeof limit) => (event: { currentTarget: HTMLInputElement }) => {
    into.value = event.currentTarget.value;
    outcome.value = null;
  };
  return (
    <form
      class="rule-line"
      aria-label={alertWords.value.rules[rule.rule]}
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="rule-line__what">
        <b>{alertWords.value.rules[rule.rule]}</b>
        <small>{text.what[rule.rule]}</small>
      </div>
      <label class="rule-line__on">
        <input type="checkbox" checked={isOn.value} disabled={!mayWrite} onChange={() => (isOn.value = !isOn.value)} />
        {text.isOn}
      </label>
      <label>
        <small>
          {text.limit}
          {words.value.bracketed(text.units[rule.unit])}
        </small>
        <input
          class="form__input"
          type="number"
          min={0.1}
          max={factor === 100 ? 100 : 10_000}
          step="any"
          required
          disabled={!mayWrite}
          value={limit.value}
          onInput={typed(limit)}
        />
      </label>
      <label>
        <small>{text.escalate}</small>
        <input
          class="form__input"
          type="number"
          min={1}
          max={10_000}
          required
          disabled={!mayWrite}
          value={escalate.value}
          onInput={typed(escalate)}
        />
      </label>
      {mayWrite && (
        <button type="submit" class="button">
          {text.save}
        </button>
      )}
      {outcome.value !== null && (
        <p class={outcome.value === 'saved' ? 'muted' : 'text-field__problem'} role="status">
          {outcome.value === 'saved'
            ? `✓ ${text.saved}`
            : outcome.value.code === 'invalid'
              ? text.badLimit
              : words.value.problems[outcome.value.code]}
        </p>
      )}
    </form>
  );
}
