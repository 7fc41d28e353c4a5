import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { Awaited, Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { EnrolForm } from './enrol-form.tsx';
import './terminals.css';
import { terminalWords } from './words.ts';

type Terminal = RouteOutput<'terminals'>['terminals'][number];

const REFRESH_MS = 3000;

/** Where terminals are enrolled, and where the person who mounts one sees whether it is heard. */
export function Terminals({ session }: PageParts) {
  const text = terminalWords.value;
  const chosen = useSignal('');
  const answer = useAnswer('terminals', {}, REFRESH_MS).value;
  return (
    <OfficePage session={session} title={text.title}>
      <Awaited answer={answer}>
        {({ port, terminals, unknownCallers }) => (
          <>
            <p class={`note ${port === null ? 'note--late' : ''}`}>{port === null ? text.off : text.listening(port)}</p>
            <p class="note">{text.phones}</p>
            <EnrolForm number={chosen} />
            {unknownCallers.length > 0 && (
              <section class="terminals__strangers">
                <h2>{text.unknown}</h2>
                {unknownCallers.map(({ number, lastAt }) => (
                  <button
                    key={number}
                    type="button"
                    class="button"
                    onClick={() => {
                      chosen.value = number;
                    }}
                  >
                    {number} · {whenText(lastAt, Date.now())} · {text.enrolThis}
                  </button>
                ))}
              </section>
            )}
            {terminals.length === 0 && <Quiet>{text.none}</Quiet>}
            <ul class="terminals">
              {terminals.map(terminal => (
                <li key={terminal.number}>
                  <TerminalCard terminal={terminal} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Awaited>
    </OfficePage>
  );
}

function TerminalCard({ terminal }: { terminal: Terminal }) {
  const text = terminalWords.value;
  const { number, plate, datum, connectedFrom, counts, messages, author, enrolledAt } = terminal;
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const remove = async () => {
    if (!confirm(text.sure)) return;
    failed.value = null;
    try {
      await ask('removeTerminal', { number });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  return (
    <article class="terminal">
      <header>
        <h2>{number}</h2>
        <a href={`/#//machine/${encodeURIComponent(terminal.machine)}`}>{plate}</a>
        <span class={`chip ${connectedFrom === null ? '' : 'chip--ahead'}`}>
          {connectedFrom === null ? `○ ${text.offline}` : `● ${text.online} · ${text.from(connectedFrom)}`}
        </span>
        <span class="muted">{text.data[datum]}</span>
        <button type="button" class="link" onClick={() => void remove()}>
          {text.remove}
        </button>
      </header>
      {terminal.looksShifted && (
        <p class="note note--late" role="alert">
          {text.shifted[datum]}
        </p>
      )}
      {failed.value && <Failure code={failed.value} />}
      <p class="terminal__counts">
        {(Object.keys(text.counts) as (keyof typeof counts)[]).map(name => (
          <span key={name}>
            {text.counts[name]} <b>{counts[name]}</b>
          </span>
        ))}
      </p>
      <details>
        <summary>{text.messages}</summary>
        {messages.length === 0 && <Quiet>{text.noMessages}</Quiet>}
        <ol class="terminal__messages">
          {messages.map((message, i) => (
            <li key={`${message.at} ${i}`}>
              <time>{whenText(message.at, Date.now())}</time> <code>{message.kind}</code> {message.text}
            </li>
          ))}
        </ol>
      </details>
      <small>{text.enrolled(author, whenText(enrolledAt, Date.now()))}</small>
    </article>
  );
}
