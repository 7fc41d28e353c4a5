import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask, RequestFailed } from '../connection/http.ts';
import { areaWords } from '../language/area.ts';
import { words } from '../language/language.ts';
import { Gate } from '../views/gate.tsx';
import '../style/form.css';
import './permit-check.css';

const zh = {
  title: '跨区作业证核验',
  lead: '只显示证件是否有效，不显示持证人和机具。',
  code: '证号加校验码',
  check: '核验',
  valid: (until: string) => `有效，至 ${until}`,
  invalid: '无效',
  invalidHint: '证号或校验码不对、未到或已过有效期，或已被撤销。与纸面不符时，请联系发证单位。',
};
const en: typeof zh = {
  title: 'Check a cross-region permit',
  lead: 'Tells only whether the permit is valid, nothing of its holder or machine.',
  code: 'Number and check',
  check: 'Check',
  valid: until => `Valid until ${until}`,
  invalid: 'Not valid',
  invalidHint: 'The number or its check is wrong, it is not in force now, or it was revoked. Ask its issuer if the paper says otherwise.',
};
const EXAMPLE = '410100-2027-00012-7H3KX9QM';
const permitWords = areaWords(zh, en);

type Result = { valid: boolean; until: string | null } | { failed: RequestFailed['code'] };

/** `/permit#CODE`, open to anybody: what the QR code of a printed permit leads to. */
export function PermitCheck() {
  const text = permitWords.value;
  const code = useSignal(decodeURIComponent(location.hash.slice(1)));
  const result = useSignal<Result | null>(null);
  const check = async () => {
    result.value = null;
    if (code.value.trim() === '') return;
    try {
      result.value = await ask('checkPermit', {}, { body: { code: code.value.slice(0, 100) } });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      result.value = { failed: cause.code };
    }
  };
  useEffect(() => void check(), []);
  const now = result.value;
  return (
    <Gate>
      <h2>{text.title}</h2>
      <p>{text.lead}</p>
      {now && 'valid' in now && (
        <p class={now.valid ? 'note permit-check permit-check--valid' : 'note note--late permit-check'} role="status">
          <b>{now.valid ? `✓ ${text.valid(now.until ?? '')}` : `✕ ${text.invalid}`}</b>
          {!now.valid && <span>{text.invalidHint}</span>}
        </p>
      )}
      {now && 'failed' in now && (
        <p class="note note--late" role="alert">
          {words.value.problems[now.failed]}
        </p>
      )}
      <form
        class="form"
        onSubmit={event => {
          event.preventDefault();
          void check();
        }}
      >
        <label class="text-field">
          <b>{text.code}</b>
          <input
            class="form__input"
            name="code"
            placeholder={EXAMPLE}
            value={code.value}
            onInput={event => (code.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit" class={`button ${result.value ? '' : 'button--main'}`}>
          {text.check}
        </button>
      </form>
    </Gate>
  );
}
