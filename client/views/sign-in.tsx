import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Role } from '../../shared/permissions.ts';
import { RequestFailed } from '../connection/http.ts';
import { enter, signInAs, type Welcome } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { LanguageSwitch } from '../panels/language-switch.tsx';
import { SkinSwitch } from '../panels/skin-switch.tsx';

/** The page of a visitor: in the demonstration one click as any role, in a real season what comes next. */
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

/** The frame of every page before the map. */
export function Gate({ children }: { children: ComponentChildren }) {
  const text = words.value;
  return (
    <main class="gate">
      <header class="gate__head">
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <div>
          <h1>{text.productName}</h1>
          <p>{text.productLong}</p>
        </div>
        <div class="gate__switches">
          <LanguageSwitch />
          <SkinSwitch />
        </div>
      </header>
      <div class="gate__card">{children}</div>
    </main>
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
    </>
  );
}

function RealSeason({ welcome }: { welcome: Welcome }) {
  const { signIn: text } = words.value;
  if (welcome.season === null)
    return (
      <>
        <h2>{text.noSeasonTitle}</h2>
        <p>{text.noSeasonNext}</p>
        <Next />
      </>
    );
  return (
    <>
      <p class="gate__season">{words.value.seasonName(welcome.season)}</p>
      <h2>{text.realTitle}</h2>
      <p>{text.realLead}</p>
      <Next />
    </>
  );
}

const Next = () => (
  <ol class="gate__next">
    {words.value.signIn.realNext.map(step => (
      <li key={step}>{step}</li>
    ))}
  </ol>
);

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
