import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { entrance } from '../connection/session.ts';
import { LanguageSwitch } from '../panels/language-switch.tsx';
import { SkinSwitch } from '../panels/skin-switch.tsx';
import { count } from '../state/format.ts';
import { enrol } from './acts.ts';
import { pending } from './cab-state.ts';
import type { Engine } from './engine.ts';
import { cabWords } from './words.ts';

type Invitation = RouteOutput<'lookInvitation'>;
type Problem = RequestFailed['code'] | 'notOperator';

/** `/cab#enrol=CODE`, as the dispatcher's QR code has it. */
const codeInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('enrol') ?? '';

/** Makes this phone a machine's: by a code, or by one tap for an operator who is signed in. */
export function Enrol({ engine }: { engine: Engine }) {
  const text = cabWords.value;
  const code = useSignal(codeInAddress());
  const invitation = useSignal<Invitation | null>(null);
  const problem = useSignal<Problem | null>(null);
  const isBusy = useSignal(false);
  const session = entrance.value.state === 'inside' ? entrance.value.session : null;

  const attempt = async (work: () => Promise<void>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = cause.code;
    } finally {
      isBusy.value = false;
    }
  };
  const look = () =>
    attempt(async () => {
      const found = await ask('lookInvitation', {}, { body: { code: code.value.trim() } });
      if (found.role === 'operator' && found.machine !== null) invitation.value = found;
      else problem.value = 'notOperator';
    });
  const accept = () =>
    attempt(async () => {
      const { deviceToken } = await ask('acceptInvitation', {}, { body: { code: code.value.trim() } });
      const { machine, plate } = invitation.value!;
      history.replaceState(null, '', location.pathname);
      await enrol(engine, { machine: machine!, plate: plate ?? machine!, token: deviceToken! });
    });
  const acceptSigned = () => attempt(async () => enrol(engine, await ask('cabToken', {}, { body: {} })));

  useEffect(() => {
    // Read anew: the address may have changed since the page was drawn.
    const taken = () => {
      code.value = codeInAddress();
      invitation.value = null;
      if (code.value !== '') void look();
    };
    taken();
    window.addEventListener('hashchange', taken);
    return () => window.removeEventListener('hashchange', taken);
  }, []);

  const isSigned = invitation.value === null && session?.role === 'operator' && code.value === '';
  return (
    <main class="cab-page">
      <div class="cab-top">
        <h1>{text.enrolTitle}</h1>
        <LanguageSwitch />
        <SkinSwitch />
      </div>
      <div class="cab-body">
        {pending.value > 0 && <p class="cab-note">{text.oldWaiting(count(pending.value))}</p>}
        {invitation.value ? (
          <Whose plate={invitation.value.plate} operator={invitation.value.name} unit={invitation.value.divisionName} />
        ) : isSigned ? (
          session?.machine ? (
            <Whose plate={session.machine} operator={session.name} unit={null} />
          ) : (
            <p class="cab-note">{text.enrolNoMachine}</p>
          )
        ) : (
          <CodeField
            code={code.value}
            onInput={typed => {
              code.value = typed;
            }}
          />
        )}
        {(invitation.value || (isSigned && session?.machine)) && <Consent />}
        {problem.value && (
          <p class="cab-note cab-note--late" role="alert">
            {problemText(problem.value)}
          </p>
        )}
      </div>
      <div class="cab-foot">
        {invitation.value || (isSigned && session?.machine) ? (
          <button
            type="button"
            class="cab-main"
            disabled={isBusy.value}
            onClick={() => void (invitation.value ? accept() : acceptSigned())}
          >
            {text.enrolAccept}
          </button>
        ) : (
          <button type="button" class="cab-main" disabled={isBusy.value || code.value.trim().length < 8} onClick={() => void look()}>
            {text.enrolLook}
          </button>
        )}
      </div>
    </main>
  );
}

function problemText(problem: Problem): string {
  const text = cabWords.value;
  if (problem === 'offline' || problem === 'unavailable') return text.enrolOffline;
  if (problem === 'limited') return text.enrolLimited;
  if (problem === 'notOperator') return text.enrolNotOperator;
  return problem === 'internal' ? text.enrolFailed : text.enrolWrong;
}

function CodeField({ code, onInput }: { code: string; onInput: (code: string) => void }) {
  const text = cabWords.value;
  return (
    <>
      <p>{text.enrolLead}</p>
      <label class="cab-field">
        <span>{text.enrolCode}</span>
        <input
          value={code}
          maxLength={40}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={event => onInput(event.currentTarget.value)}
        />
      </label>
    </>
  );
}

function Whose({ plate, operator, unit }: { plate: string | null; operator: string; unit: string | null }) {
  const text = cabWords.value;
  return (
    <dl class="cab-whose">
      <div>
        <dt>{text.enrolMachine}</dt>
        <dd class="cab-whose__plate">{plate}</dd>
      </div>
      <div>
        <dt>{text.enrolOperator}</dt>
        <dd>{operator}</dd>
      </div>
      {unit && (
        <div>
          <dt>{text.enrolUnit}</dt>
          <dd>{unit}</dd>
        </div>
      )}
    </dl>
  );
}

function Consent() {
  const text = cabWords.value;
  return (
    <section class="cab-consent">
      <h2>{text.consentTitle}</h2>
      <ul>
        {text.consent.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
