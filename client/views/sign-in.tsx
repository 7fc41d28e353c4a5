import { useSignal } from '@preact/signals';
import type { Role } from '../../shared/permissions.ts';
import { RequestFailed } from '../connection/http.ts';
import { enter, signInAs, type Welcome } from '../connection/session.ts';
import { entryWords } from '../language/entry.ts';
import { words } from '../language/language.ts';
import { Gate } from './gate.tsx';
import { PasswordForm } from './password-form.tsx';

/** The page of a visitor: in the demonstration one click as any role, in a real season login and password, or what comes before. */
export function SignIn({ welcome, ended }: { welcome: Welcome; ended: boolean }) {
  const text = words.value;
  return (
    <Gate>
      {ended && (
        <p class="note note--late" role="alert">
          {text.sessionEnded}
        </p>
      )}
      {welcome.demo ? <Roles welcome={welcome} /> : <RealSeason welcome={welcome} />}
    </Gate>
  );
}

function Roles({ welcome }: { welcome: Welcome }) {
  const text = words.value;
  const busy = useSignal<Role | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const start = async (role: Role) => {
    busy.value = role;
    failed.value = null;
    try {
      await signInAs(role);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
      busy.value = null;
    }
  };
  return (
    <>
      <p class="gate__season">
        <span class="badge">{text.demo}</span> {welcome.season && text.seasonName(welcome.season)}
      </p>
      <h2>{text.signIn.title}</h2>
      <p class="muted">{text.signIn.lead}</p>
      {failed.value && (
        <p class="note note--late" role="alert">
          {text.problems[failed.value]}
        </p>
      )}
      {welcome.oneClickRoles.length === 0 && <p class="note">{text.signIn.noRoles}</p>}
      <ul class="roles">
        {welcome.oneClickRoles.map(role => (
          <li key={role}>
            <button
              type="button"
              class={`role ${role === 'dispatcher' ? 'role--first' : ''}`}
              disabled={busy.value !== null}
              onClick={() => void start(role)}
            >
              <strong>{text.roles[role]}</strong>
              <span>{text.roleDuties[role]}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="note">{text.demoExplained}</p>
      <details class="gate__account">
        <summary>{entryWords.value.withAccount}</summary>
        <PasswordForm />
      </details>
    </>
  );
}

function RealSeason({ welcome }: { welcome: Welcome }) {
  const text = entryWords.value;
  if (welcome.waitsForAdministrator)
    return (
      <>
        <h2>{text.noAdministratorTitle}</h2>
        <ol class="gate__next">
          {text.noAdministrator.map(step => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>
          <a class="form__link" href="/invite">
            {text.haveCode}
          </a>
        </p>
      </>
    );
  return (
    <>
      {welcome.season && <p class="gate__season">{words.value.seasonName(welcome.season)}</p>}
      <h2>{text.title}</h2>
      {welcome.season === null && <p class="note">{text.noSeason}</p>}
      <PasswordForm />
    </>
  );
}

/** The server could not be asked at all. */
export function Unreachable() {
  const text = words.value;
  return (
    <Gate>
      <p role="alert">{text.signIn.unreachable}</p>
      <button type="button" class="button" onClick={() => void enter()}>
        {text.retry}
      </button>
    </Gate>
  );
}
