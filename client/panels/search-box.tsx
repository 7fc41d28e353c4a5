import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { goTo, goToUnit, openDrawer, place } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import { moveFocus } from './list-keys.ts';

type Found = RouteOutput<'search'>;

const PAUSE_MS = 180;

/** Finds machines, operators, fields and towns while one types; never while an input method is still composing. */
export function SearchBox({ desk, input }: { desk: Desk; input: Ref<HTMLInputElement> }) {
  const text = words.value;
  const query = useSignal('');
  const found = useSignal<Found | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const isOpen = useSignal(false);
  const box = useRef<HTMLElement>(null);
  const wanted = query.value.trim();

  useEffect(() => {
    found.value = null;
    failed.value = null;
    if (wanted === '') return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        found.value = await ask('search', { q: wanted }, { signal: stop.signal });
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!(cause instanceof RequestFailed)) throw cause;
        failed.value = cause.code;
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);

  const leave = () => {
    isOpen.value = false;
    query.value = '';
  };

  return (
    <search
      class="search"
      ref={box}
      onKeyDown={moveFocus}
      onFocusOut={event => {
        if (!box.current?.contains(event.relatedTarget as Node | null)) isOpen.value = false;
      }}
    >
      <input
        ref={input}
        class="search__input"
        type="search"
        maxLength={60}
        placeholder={`${text.search.placeholder}  /`}
        aria-label={text.search.label}
        value={query.value}
        onFocus={() => {
          isOpen.value = true;
        }}
        onInput={event => {
          if (!event.isComposing) query.value = event.currentTarget.value;
        }}
        onCompositionEnd={event => {
          query.value = event.currentTarget.value;
        }}
        onKeyDown={event => {
          if (event.isComposing) return;
          if (event.code === 'Escape') {
            event.stopPropagation();
            leave();
            event.currentTarget.blur();
          }
          const first = box.current?.querySelector<HTMLButtonElement>('.search__found button');
          if (event.code === 'ArrowDown' && first) {
            event.preventDefault();
            event.stopPropagation();
            first.focus();
          }
          if (event.code === 'Enter') first?.click();
        }}
      />
      {isOpen.value && (
        <div class="search__found">
          {wanted === '' && <p class="quiet">{text.search.hint}</p>}
          {failed.value && <p class="quiet">{text.problems[failed.value]}</p>}
          {wanted !== '' && !failed.value && !found.value && <p class="quiet">{text.loading}</p>}
          {found.value && <Results found={found.value} query={wanted} desk={desk} leave={leave} />}
        </div>
      )}
    </search>
  );
}

function Results({ found, query, desk, leave }: { found: Found; query: string; desk: Desk; leave: () => void }) {
  const text = words.value;
  const unitName = (code: string | null) => (code === null ? '' : (desk.divisions.get(code)?.name ?? ''));
  const { machines, fields, divisions } = found;
  if (machines.length + fields.length + divisions.length === 0) return <p class="quiet">{text.search.nothing(query)}</p>;
  return (
    <>
      {machines.length > 0 && <h3>{text.search.machines}</h3>}
      {machines.map(machine => (
        <button
          type="button"
          key={machine.id}
          onClick={() => {
            openDrawer({ kind: 'machine', id: machine.id });
            leave();
          }}
        >
          <b>{machine.plate || machine.id}</b> {machine.operatorName} <span>{text.kinds[machine.kind]}</span>
        </button>
      ))}
      {divisions.length > 0 && <h3>{text.search.divisions}</h3>}
      {divisions.map(division => (
        <button
          type="button"
          key={division.code}
          onClick={() => {
            goToUnit(division.code);
            leave();
          }}
        >
          <b>{division.name}</b> <span>{unitName(division.parent)}</span>
        </button>
      ))}
      {fields.length > 0 && <h3>{text.search.fields}</h3>}
      {fields.map(field => (
        <button
          type="button"
          key={field.id}
          onClick={() => {
            desk.focus.value = { at: field.centre, zoom: 16 };
            goTo({ ...place.value, drawer: { kind: 'field', id: field.id } });
            leave();
          }}
        >
          <b>{field.village || field.id}</b> {text.area(mu(field.areaMu))} <span>{field.id}</span>
        </button>
      ))}
    </>
  );
}
