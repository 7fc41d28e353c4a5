import { useSignal } from '@preact/signals';
import type { ScreenToken } from '../../shared/routes/screens.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { bulletinWords } from './words.ts';

/** The screens on walls: each is given an address of its own, once, and can be shut. */
export function ScreensTab() {
  const answer = useAnswer('screens', {}).value;
  const text = bulletinWords.value.screens;
  const name = useSignal('');
  const made = useSignal<string | null>(null);
  const failed = useSignal<string | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    failed.value = null;
    try {
      await work();
      if (answer.state === 'ready') answer.reload();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = words.value.problems[cause.code];
    }
  };
  const create = () =>
    attempt(async () => {
      const { token } = await ask('createScreen', {}, { body: { name: name.value.trim() } });
      made.value = `${location.origin}/screen#${token}`;
      name.value = '';
    });
  const revoke = (id: string) => attempt(async () => void (await ask('revokeScreen', { id })));
  return (
    <section class="sheet">
      <p class="muted">{text.lead}</p>
      <form
        class="sheet__tools"
        onSubmit={event => {
          event.preventDefault();
          void create();
        }}
      >
        <label>
          {text.name}{' '}
          <input
            type="text"
            required
            maxLength={60}
            value={name.value}
            onInput={event => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button button--main" disabled={name.value.trim() === ''}>
          {text.create}
        </button>
      </form>
      {made.value && (
        <div class="note" role="status">
          <p>{text.once}</p>
          <input readOnly class="screens__address" value={made.value} onFocus={event => event.currentTarget.select()} />
        </div>
      )}
      {failed.value && (
        <p class="note note--late" role="alert">
          {failed.value}
        </p>
      )}
      <Awaited answer={answer}>
        {({ screens }) =>
          screens.length === 0 ? (
            <Quiet>{text.empty}</Quiet>
          ) : (
            <ul class="history">
              {screens.map(screen => (
                <Screen key={screen.id} screen={screen} revoke={() => void revoke(screen.id)} />
              ))}
            </ul>
          )
        }
      </Awaited>
    </section>
  );
}

function Screen({ screen, revoke }: { screen: ScreenToken; revoke: () => void }) {
  const text = bulletinWords.value.screens;
  const now = Date.now();
  return (
    <li>
      <b>{screen.name}</b>{' '}
      <span class="muted">
        {screen.author} · {whenText(screen.createdAt, now)}
      </span>{' '}
      {screen.revoked ? (
        <span class="chip">{text.revoked(screen.revoked.author, whenText(screen.revoked.at, now))}</span>
      ) : (
        <button type="button" class="button" onClick={revoke}>
          {text.revoke}
        </button>
      )}
    </li>
  );
}
