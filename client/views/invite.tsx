import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { entryWords } from '../language/entry.ts';
import { words } from '../language/language.ts';
import { TextField } from '../panels/text-field.tsx';
import { timeNear } from '../state/format.ts';
import { Gate } from './gate.tsx';
import { TakeUp } from './take-up.tsx';

type Invitation = RouteOutput<'lookInvitation'>;
type Looked =
  | { state: 'asking' }
  | { state: 'looking' }
  | { state: 'refused'; code: RequestFailed['code'] }
  | { state: 'open'; invitation: Invitation };

const codeInAddress = (): string => decodeURIComponent(location.hash.slice(1));

/** `/invite#CODE`: what the invitation is for, and how to take it up. Without a code it asks for one. */
export function Invite() {
  const text = entryWords.value;
  const code = useSignal(codeInAddress());
  const looked = useSignal<Looked>({ state: code.value === '' ? 'asking' : 'looking' });
  useEffect(() => {
    const look = () => {
      code.value = codeInAddress();
      void lookAt(code.value, looked);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [code, looked]);

  const at = looked.value;
  if (at.state === 'looking') return <Gate>{text.looking}</Gate>;
  if (at.state === 'open')
    return (
      <Gate>
        <h2>{at.invitation.login === null ? text.inviteTitle : text.resetTitle}</h2>
        <Purpose invitation={at.invitation} />
        <TakeUp code={code.value} invitation={at.invitation} />
      </Gate>
    );
  return (
    <Gate>
      <h2>{text.inviteTitle}</h2>
      <CodeForm code={code} refused={at.state === 'refused' ? at.code : null} looked={looked} />
    </Gate>
  );
}

async function lookAt(code: string, looked: Signal<Looked>): Promise<void> {
  if (code === '') {
    looked.value = { state: 'asking' };
    return;
  }
  looked.value = { state: 'looking' };
  try {
    const invitation = await ask('lookInvitation', {}, { body: { code } });
    // A machine's phone is enrolled where it will work: in the cab's own page.
    if (invitation.role === 'operator') location.replace(`/cab#enrol=${encodeURIComponent(code)}`);
    else looked.value = { state: 'open', invitation };
  } catch (cause) {
    if (!(cause instanceof RequestFailed)) throw cause;
    looked.value = { state: 'refused', code: cause.code };
  }
}

function Purpose({ invitation }: { invitation: Invitation }) {
  const text = entryWords.value;
  const place = invitation.divisionName ?? invitation.stationName ?? invitation.plate;
  return (
    <div>
      <p>
        {text.inviteFor(words.value.roles[invitation.role])}
        {place && (
          <>
            {' · '}
            <strong>{place}</strong>
          </>
        )}
      </p>
      <p class="muted">{text.validUntil(timeNear(invitation.expiresAt, Date.now()))}</p>
    </div>
  );
}

function CodeForm({ code, refused, looked }: { code: Signal<string>; refused: RequestFailed['code'] | null; looked: Signal<Looked> }) {
  const text = entryWords.value;
  const known: Partial<Record<RequestFailed['code'], string>> = text.codeProblems;
  const submit = (event: Event) => {
    event.preventDefault();
    // The same address again is no change of it: asked all the same.
    if (codeInAddress() === code.value) void lookAt(code.value, looked);
    else location.hash = encodeURIComponent(code.value.trim());
  };
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        label={text.code}
        value={code.value}
        onText={typed => {
          code.value = typed;
        }}
        hint={text.codeHint}
        problem={refused && (known[refused] ?? words.value.problems[refused])}
        input={{
          autocomplete: 'off',
          autocapitalize: 'characters',
          spellcheck: false,
          required: true,
          maxLength: 20,
          class: 'invite__code',
        }}
      />
      <div class="form__buttons">
        <button type="submit" class="button button--main">
          {text.next}
        </button>
        <a class="form__link" href="/">
          {text.toSignIn}
        </a>
      </div>
    </form>
  );
}
