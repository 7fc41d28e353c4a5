import { timeNear } from '../state/format.ts';
import { notices, stored } from './cab-state.ts';
import { orderWords } from './order-words.ts';

/** The newest that was not read, as a line; a tap opens them all. */
export function NoticeLine({ onOpen }: { onOpen: () => void }) {
  const text = orderWords.value;
  const unread = notices.value.filter(({ readAt }) => readAt === null);
  if (notices.value.length === 0) return null;
  return (
    <button type="button" class={`notice-line ${unread.length > 0 ? 'notice-line--unread' : ''}`} onClick={onOpen}>
      <b>{text.openNotices(notices.value.length)}</b>
      {unread.length > 0 && <em>{text.unread(unread.length)}</em>}
      <span>{(unread[0] ?? notices.value[0]).text}</span>
    </button>
  );
}

export function NoticePage({ onBack }: { onBack: () => void }) {
  const text = orderWords.value;
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.noticesTitle}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        {notices.value.length === 0 && <p class="cab-small">{text.noNotices}</p>}
        {notices.value.map(notice => (
          <article key={notice.id} class={`cab-note ${notice.isSevere ? 'cab-note--late' : ''}`}>
            {notice.isSevere && <strong>⚠ {text.severe}</strong>}
            <p class="notice-text">{notice.text}</p>
            <p>{text.from(notice.author, timeNear(notice.at, stored.value!.now))}</p>
          </article>
        ))}
      </div>
    </main>
  );
}
