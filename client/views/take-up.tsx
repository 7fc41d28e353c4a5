import { useSignal } from '@preact/signals';
import { LEAST_PASSWORD } from '../../shared/person-role.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { entryWords } from '../language/entry.ts';
import { words } from '../language/language.ts';
import { homeOf } from '../pages.ts';
import { PasswordField, TextField } from '../panels/text-field.tsx';

interface Problem {
  field: string;
  said: string;
}

/** Name, login and password of who takes an invitation up; a reset only asks for the password. */
export function TakeUp({ code, invitation }: { code: string; invitation: RouteOutput<'lookInvitation'> }) {
  const text = entryWords.value;
  const isReset = invitation.login !== null;
  const name = useSignal(invitation.name);
  const login = useSignal(invitation.login ?? '');
  const password = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const about = (field: string) => (problem.value?.field === field ? problem.value.said : null);

  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    problem.value = null;
    try {
      const body = { code, name: name.value, login: login.value.trim(), password: password.value };
      const { actor } = await ask('acceptInvitation', {}, { body });
      location.replace(homeOf(actor));
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = problemOf(cause);
      busy.value = false;
    }
  };
  return (
    <form class="form" onSubmit={event => void submit(event)}>
      {problem.value?.field === 'form' && (
        <p class="note note--late" role="alert">
          {problem.value.said}
        </p>
      )}
      {!isReset && (
        <TextField
          label={text.name}
          value={name.value}
          onText={typed => {
            name.value = typed;
          }}
          problem={about('name')}
          input={{ autocomplete: 'name', required: true, maxLength: 40 }}
        />
      )}
      <TextField
        label={text.login}
        value={login.value}
        onText={typed => {
          login.value = typed;
        }}
        {...(!isReset && { hint: text.loginHint })}
        problem={about('login')}
        input={{
          name: 'username',
          autocomplete: 'username',
          autocapitalize: 'none',
          spellcheck: false,
          required: true,
          maxLength: 40,
          readOnly: isReset,
        }}
      />
      <PasswordField
        value={password.value}
        onText={typed => {
          password.value = typed;
        }}
        hint={text.passwordHint}
        problem={about('password')}
        input={{ name: 'password', autocomplete: 'new-password', required: true, minLength: LEAST_PASSWORD }}
      />
      <div class="form__buttons">
        <button type="submit" class="button button--main" disabled={busy.value}>
          {isReset ? text.setPassword : text.takeUp}
        </button>
      </div>
    </form>
  );
}

/** The server's refusal in the reader's words, at the field that it is about. */
function problemOf({ code, field }: RequestFailed): Problem {
  const text = entryWords.value;
  if (field === 'login') return { field, said: code === 'conflict' ? text.takenLogin : text.badLogin };
  if (field === 'password') return { field, said: text.weakPassword };
  if (field === 'name') return { field, said: text.noName };
  const known: Partial<Record<RequestFailed['code'], string>> = text.codeProblems;
  return { field: 'form', said: (field === 'code' ? known[code] : undefined) ?? words.value.problems[code] };
}
