import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RepairShown } from '../../shared/repair.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { count } from '../state/format.ts';
import { Queue } from './queue.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

const PAUSE_MS = 250;

/** Closed repairs, newest first, page by page, found by words. */
export function ClosedList({ desk }: { desk: StationDesk }) {
  const text = stationWords.value;
  const query = useSignal('');
  const pages = useSignal<{ total: number; repairs: RepairShown[] } | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const wanted = query.value.trim();

  const load = async (from: number, signal?: AbortSignal) => {
    try {
      const page = await ask('listRepairs', { state: 'closed', q: wanted, from }, signal ? { signal } : {});
      const before = from === 0 ? [] : (pages.value?.repairs ?? []);
      pages.value = { total: page.total, repairs: [...before, ...page.repairs] };
      failed.value = null;
    } catch (cause) {
      if (signal?.aborted) return;
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => void load(0, stop.signal), pages.value === null ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, desk.changes.value]);

  const page = pages.value;
  return (
    <>
      <input
        class="station__input"
        type="search"
        placeholder={text.search}
        aria-label={text.search}
        value={query.value}
        onInput={event => {
          query.value = event.currentTarget.value;
        }}
      />
      {page === null && (failed.value ? <Failure code={failed.value} retry={() => void load(0)} /> : <Quiet>{words.value.loading}</Quiet>)}
      {page?.total === 0 && <Quiet>{wanted === '' ? text.nothingClosed : text.nothingFound}</Quiet>}
      {page && page.total > 0 && <Queue desk={desk} repairs={page.repairs} />}
      {page && page.total > page.repairs.length && (
        <button type="button" class="button station__more" onClick={() => void load(page.repairs.length)}>
          {text.more(count(page.total - page.repairs.length))}
        </button>
      )}
    </>
  );
}
