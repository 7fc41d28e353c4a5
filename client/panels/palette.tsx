import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { paletteWords } from '../language/palette.ts';
import { openPages } from '../pages.ts';
import type { Places } from '../state/desk.ts';
import { pathTo } from '../state/live-view.ts';
import { matching } from '../state/palette-match.ts';
import { type Entry, foundEntries, placeEntries, standingEntries } from './palette-entries.ts';
import '../style/palette.css';

const PAUSE_MS = 150;
/** More lines than this are read by nobody: type another letter. */
const MOST = 40;

export interface PaletteParts {
  session: Session;
  /** The unit that is looked at. */
  division: string | null;
  go: (entry: Entry) => void;
  onKeys: () => void;
  onClose: () => void;
}

/** Ctrl or ⌘ and K: type, choose, be there. It brings into focus and never dispatches. */
export function Palette(parts: PaletteParts) {
  const seesMap = openPages(parts.session).some(({ page }) => page === 'map');
  return seesMap ? <WithPlaces {...parts} /> : <Sheet {...parts} places={null} />;
}

function WithPlaces(parts: PaletteParts) {
  const answer = useAnswer('places', {}).value;
  return <Sheet {...parts} places={answer.state === 'ready' ? answer.value : null} />;
}

function Sheet({ session, division, go, onKeys, onClose, places }: PaletteParts & { places: Places | null }) {
  const text = paletteWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal('');
  const at = useSignal(0);
  const found = useFound(places === null ? '' : typed.value.trim());
  // Before the next key: what is typed at once after the shortcut is its first word.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const known = useMemo(() => {
    const parents = new Map(places?.divisions.map(one => [one.code, one]));
    const mayRead = (code: string) => session.division === null || pathTo(parents, code).includes(session.division);
    return [...standingEntries(session, onKeys), ...(places ? placeEntries(places, mayRead) : [])];
  }, [session, places, words.value]);
  const local =
    typed.value.trim() === '' ? known.filter(({ group }) => group === 'pages' || group === 'commands') : matching(typed.value, known);
  const shown = inGroups([...local, ...(found.entries ? foundEntries(found.entries, division) : [])]).slice(0, MOST);
  const active = Math.min(at.value, shown.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    dialog.current?.close();
    go(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step !== undefined) {
      event.preventDefault();
      at.value = Math.max(0, Math.min(shown.length - 1, active + step));
    } else if (event.code === 'Enter' || event.code === 'NumpadEnter') {
      event.preventDefault();
      choose(shown[active]);
    }
  };
  return (
    <dialog class="palette" ref={dialog} onClose={onClose} aria-label={text.title}>
      <input
        class="palette__input"
        type="text"
        maxLength={60}
        autocomplete="off"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown[active] && `palette-${active}`}
        aria-label={text.title}
        placeholder={text.placeholder}
        onInput={event => {
          if (event.isComposing) return;
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onCompositionEnd={event => {
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <Lines shown={shown} active={active} choose={choose} />
      <p class="palette__foot" role="status">
        {found.isAsking
          ? text.searching
          : found.hasFailed
            ? text.failed
            : shown.length === 0
              ? text.nothing(typed.value.trim())
              : text.hint}
      </p>
    </dialog>
  );
}

function Lines({ shown, active, choose }: { shown: readonly Entry[]; active: number; choose: (entry: Entry) => void }) {
  const text = paletteWords.value;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [active, shown.length]);
  return (
    <div class="palette__list" id="palette-list" role="listbox" aria-label={text.results} ref={list}>
      {shown.map((entry, i) => (
        <div key={entry.id} role="presentation">
          {entry.group !== shown[i - 1]?.group && <h3>{text.groups[entry.group]}</h3>}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are the input's, which keeps the focus */}
          <div id={`palette-${i}`} class="palette__line" role="option" aria-selected={i === active} onClick={() => choose(entry)}>
            <b>{entry.title}</b>
            <span>{entry.hint}</span>
          </div>
        </div>
      ))}
    </div>
  );
}

/** Groups in the order in which their best entry came, each in one piece. */
function inGroups(entries: readonly Entry[]): Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.group);
    if (group) group.push(entry);
    else groups.set(entry.group, [entry]);
  }
  return [...groups.values()].flat();
}

/** What the server finds for what was typed, a little after the last key. */
function useFound(wanted: string) {
  const entries = useSignal<Parameters<typeof foundEntries>[0] | null>(null);
  const isAsking = useSignal(false);
  const hasFailed = useSignal(false);
  useEffect(() => {
    entries.value = null;
    hasFailed.value = false;
    isAsking.value = wanted !== '';
    if (wanted === '') return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        entries.value = await ask('search', { q: wanted }, { signal: stop.signal });
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!(cause instanceof RequestFailed)) throw cause;
        hasFailed.value = true;
      }
      isAsking.value = false;
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return { entries: entries.value, isAsking: isAsking.value, hasFailed: hasFailed.value };
}
