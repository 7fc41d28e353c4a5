import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { RequestFailed } from '../connection/http.ts';
import { signIn } from '../connection/session.ts';
import { entryWords } from '../language/entry.ts';
import { words } from '../language/language.ts';
import { PasswordField, TextField } from '../panels/text-field.tsx';

/** Login and password. Locked out, it counts down; what was typed stays. */
export function PasswordForm() {
  const text = entryWords.value;
  const login = useSignal('');
  const password = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<RequestFailed['code'] | null>(null);
  const lockedUntil = useSignal(0);
  const now = useSignal(Date.now());
  const leftS = useComputed(() => Math.max(0, Math.ceil((lockedUntil.value - now.value) / 1000)));
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [now]);

  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    problem.value = null;
    try {
      await signIn(login.value, password.value);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = cause.code;
      now.value = Date.now();
      lockedUntil.value = cause.code === 'limited' ? now.value + (cause.retryAfterMs ?? 0) : 0;
      busy.value = false;
    }
  };
  const said = (code: RequestFailed['code']): string | null => {
    if (code === 'unauthenticated' || code === 'invalid') return text.wrong;
    if (code !== 'limited') return words.value.problems[code];
    return leftS.value > 0 ? text.locked(text.left(Math.floor(leftS.value / 60), leftS.value % 60)) : null;
  };
  const message = problem.value && said(problem.value);

  return (
    <form class="form" onSubmit={event => void submit(event)}>
      {message && (
        <p class="note note--late" role="alert">
          {message}
        </p>
      )}
      <TextField
        label={text.login}
        value={login.value}
        onText={typed => {
          login.value = typed;
          // The lock is the login's: another one may be tried.
          lockedUntil.value = 0;
        }}
        input={{ name: 'username', autocomplete: 'username', autocapitalize: 'none', spellcheck: false, required: true }}
      />
      <PasswordField
        value={password.value}
        onText={typed => {
          password.value = typed;
        }}
        input={{ name: 'password', autocomplete: 'current-password', required: true }}
      />
      <div class="form__buttons">
        <button type="submit" class="button button--main" disabled={busy.value || leftS.value > 0}>
          {busy.value ? text.entering : text.enter}
        </button>
        <a class="form__link" href="/invite">
          {text.haveCode}
        </a>
      </div>
    </form>
  );
}
