import { useSignal } from '@preact/signals';
import { permissions } from '../../shared/permissions.ts';
import { useAnswer } from '../connection/answer.ts';
import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu } from '../state/format.ts';
import { evidencePath } from './address.ts';
import { evidenceWords } from './words.ts';

/** Without a field in the address: which one? */
export function FindField({ session }: { session: Session }) {
  const text = evidenceWords.value;
  const typed = useSignal('');
  const asked = useSignal('');
  if (permissions[session.role]['view:read'] === 'none') return <Quiet>{text.find.own}</Quiet>;
  return (
    <>
      <p class="note">{text.find.lead}</p>
      <form
        class="evidence__find"
        onSubmit={event => {
          event.preventDefault();
          asked.value = typed.value.trim();
        }}
      >
        <label>
          {text.find.label}
          <input
            type="search"
            maxLength={60}
            value={typed.value}
            onInput={event => {
              typed.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button button--main" disabled={typed.value.trim() === ''}>
          {text.find.go}
        </button>
      </form>
      {asked.value !== '' && <Found query={asked.value} />}
    </>
  );
}

function Found({ query }: { query: string }) {
  const text = evidenceWords.value;
  const answer = useAnswer('search', { q: query }).value;
  return (
    <Awaited answer={answer}>
      {({ fields }) =>
        fields.length === 0 ? (
          <Quiet>{text.find.none}</Quiet>
        ) : (
          <ul class="evidence__found">
            {fields.map(({ id, village, areaMu }) => (
              <li key={id}>
                <a href={evidencePath(id, 'harvest')}>
                  <b>{village || id}</b> <span class="muted">{text.fieldNo(id)}</span>
                  <span>{words.value.area(mu(areaMu))}</span>
                </a>
              </li>
            ))}
          </ul>
        )
      }
    </Awaited>
  );
}
