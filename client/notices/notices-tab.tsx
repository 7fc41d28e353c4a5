import { useSignal } from '@preact/signals';
import type { NoticeShown } from '../../shared/notice.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { News } from '../connection/news.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Awaited, Failure, Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import type { UnitName } from './alert-sentence.ts';
import { ComposeNotice } from './compose-notice.tsx';
import { useReloadOnNews } from './reload-on-news.ts';
import { noticeWords } from './words.ts';

const EVERY_MS = 30_000;
const A_PAGE = 20;

/** Writing one, and those that were sent with who has read them. */
export function NoticesTab({ division, unitName, news }: { division: string; unitName: UnitName; news: News }) {
  const { list: text } = noticeWords.value;
  const from = useSignal(0);
  const answer = useAnswer('notices', { division, from: from.value }, EVERY_MS).value;
  useReloadOnNews(answer, news.counts.notices);
  const reload = () => {
    from.value = 0;
    if (answer.state === 'ready') answer.reload();
  };
  return (
    <div class="notices__two">
      <ComposeNotice key={division} division={division} unitName={unitName} onSent={reload} />
      <section aria-label={text.title}>
        <h2>{text.title}</h2>
        <Awaited answer={answer}>
          {({ asOf, total, notices }) => (
            <>
              {total === 0 && <Quiet>{text.none}</Quiet>}
              <ul class="notices__list">
                {notices.map(notice => (
                  <li key={notice.id}>
                    <NoticeCard notice={notice} now={asOf} unitName={unitName} onChanged={reload} />
                  </li>
                ))}
              </ul>
              <div class="notices__pages">
                {from.value > 0 && (
                  <button type="button" class="button" onClick={() => (from.value = Math.max(0, from.value - A_PAGE))}>
                    {text.newer}
                  </button>
                )}
                {from.value + A_PAGE < total && (
                  <button type="button" class="button" onClick={() => (from.value += A_PAGE)}>
                    {text.older}
                  </button>
                )}
              </div>
            </>
          )}
        </Awaited>
      </section>
    </div>
  );
}

interface CardParts {
  notice: NoticeShown;
  now: number;
  unitName: UnitName;
  onChanged: () => void;
}

function NoticeCard({ notice, now, unitName, onChanged }: CardParts) {
  const { list: text } = noticeWords.value;
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const isValid = notice.withdrawn === null && notice.until > now;
  const withdraw = async () => {
    if (!confirm(text.sure)) return;
    failed.value = null;
    try {
      await ask('withdrawNotice', { id: notice.id });
      onChanged();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  return (
    <article class={`notice-card ${isValid ? '' : 'notice-card--over'}`}>
      <p class="notice-card__text typed">
        {notice.isSevere && <span class="chip chip--late notice-card__severe">! {text.severe}</span>}
        {notice.text}
      </p>
      <p class="notice-card__to">
        <span>{[unitName(notice.division), ...narrowedTo(notice)].join(' · ')}</span>
        <span>{text.byWhom(notice.author, whenText(notice.at, now))}</span>
        <span>{stateOf(notice, now)}</span>
      </p>
      <div class="notice-card__read">
        <progress value={notice.read} max={notice.sentTo} aria-label={text.read(notice.read, notice.sentTo)} />
        <b>{text.read(notice.read, notice.sentTo)}</b>
        {isValid && (
          <button type="button" class="link notice-card__withdraw" onClick={() => void withdraw()}>
            {text.withdraw}
          </button>
        )}
      </div>
      {failed.value && <Failure code={failed.value} />}
      <Unread notice={notice} />
    </article>
  );
}

function Unread({ notice: { unread, sentTo, read } }: { notice: NoticeShown }) {
  const { list: text } = noticeWords.value;
  if (sentTo === read) return <p class="muted">✓ {text.allRead}</p>;
  return (
    <details>
      <summary>{text.unread(sentTo - read)}</summary>
      <ul class="notice-card__unread">
        {unread.map(({ machine, plate, operatorName }) => (
          <li key={machine}>
            <a href={`/#//machine/${machine}`}>{plate}</a> {operatorName}
          </li>
        ))}
        {sentTo - read > unread.length && <li>{text.more(sentTo - read - unread.length)}</li>}
      </ul>
    </details>
  );
}

function narrowedTo({ kinds, machines, order }: NoticeShown): string[] {
  const { list: text } = noticeWords.value;
  if (order !== null) return [text.ofOrder];
  if (machines.length > 0) return [text.named(machines.length)];
  return kinds.length > 0 ? [text.kinds(kinds.map(kind => words.value.kinds[kind]).join('、'))] : [];
}

function stateOf({ withdrawn, until }: NoticeShown, now: number): string {
  const { list: text } = noticeWords.value;
  if (withdrawn) return text.withdrawn(withdrawn.by, timeNear(withdrawn.at, now));
  return until > now ? text.until(timeNear(until, now)) : text.over;
}
