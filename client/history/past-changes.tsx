import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { HistoryKind, PastChange } from '../../shared/history.ts';
import { roles } from '../../shared/permissions.ts';
import type { RouteName } from '../../shared/rest.ts';
import { auditWords } from '../accounts/audit-words.ts';
import { Changes } from '../accounts/changes.tsx';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { Awaited, Failure, Quiet } from '../panels/message.tsx';
import { monthAndDay, timeWithSeconds } from '../state/format.ts';
import { historyWords } from './words.ts';

interface PastParts {
  kind: HistoryKind;
  id: string;
  demo: boolean;
}

/** The changes of one record, the newest first; older ones on demand. */
export function PastChanges({ kind, id, demo }: PastParts) {
  const answer = useAnswer('history', { kind, id }).value;
  const older = useSignal<{ events: PastChange[]; next: string | null } | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  useEffect(() => {
    older.value = null;
  }, [kind, id]);
  const more = async (from: string) => {
    failed.value = null;
    try {
      const page = await ask('history', { kind, id, from });
      older.value = { events: [...(older.value?.events ?? []), ...page.events], next: page.next };
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  return (
    <Awaited answer={answer}>
      {first => {
        const events = [...first.events, ...(older.value?.events ?? [])];
        const next = older.value ? older.value.next : first.next;
        if (events.length === 0) return <Quiet>{historyWords.value.empty}</Quiet>;
        return (
          <>
            <ol class="history__list">
              {events.map(event => (
                <PastEvent key={event.id} event={event} demo={demo} />
              ))}
            </ol>
            {failed.value && <Failure code={failed.value} />}
            {next === null ? (
              <Quiet>{historyWords.value.end}</Quiet>
            ) : (
              <button type="button" class="button" onClick={() => void more(next)}>
                {auditWords.value.more}
              </button>
            )}
          </>
        );
      }}
    </Awaited>
  );
}

const moment = (at: number): string => `${monthAndDay(at)} ${timeWithSeconds(at)}`;

function PastEvent({ event, demo }: { event: PastChange; demo: boolean }) {
  const text = auditWords.value;
  const role = words.value.roles[roles.find(one => one === event.who.role) ?? 'device'];
  return (
    <li>
      <p>
        <strong>{text.actions[event.action as RouteName] ?? event.action}</strong>
        <span>
          <bdi>{event.who.name || text.program}</bdi> <small class="muted">{role}</small>
        </span>
        <time class="muted">
          {moment(event.wallAt)}
          {demo && ` · ${text.seasonTime(moment(event.at))}`}
        </time>
      </p>
      <Changes before={event.before} after={event.after} />
    </li>
  );
}
