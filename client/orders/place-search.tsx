import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { mu } from '../state/format.ts';
import { orderWords } from './words.ts';

export type RequestPlace = Pick<RouteOutput<'requestPlaces'>['places'][number], 'division' | 'divisionName' | 'village'>;
type Found = RouteOutput<'requestPlaces'>['places'];

const WAIT_MS = 120;

interface SearchParts {
  division: string;
  operation: Operation;
  onPlace: (place: RequestPlace) => void;
  onLastPrice: (price: number | null) => void;
}

/** A town or village by a few letters of its name: Enter takes the first. */
export function PlaceSearch({ division, operation, onPlace, onLastPrice }: SearchParts) {
  const text = orderWords.value.form;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const typed = useSignal('');
  const found = useSignal<{ q: string; places: Found } | null>(null);
  const active = useSignal(0);
  /** Enter was pressed before the answer was there. */
  const isWaiting = useRef(false);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const stop = new AbortController();
    const q = typed.value;
    const timer = setTimeout(async () => {
      try {
        const { places, lastPricePerMu } = await ask('requestPlaces', { division, operation, q }, { signal: stop.signal });
        found.value = { q, places };
        active.value = 0;
        onLastPrice(lastPricePerMu);
        if (isWaiting.current && places.length > 0) onPlace(places[0]);
        isWaiting.current = false;
      } catch (cause) {
        if (!stop.signal.aborted && !(cause instanceof RequestFailed)) throw cause;
      }
    }, WAIT_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [typed.value, division, operation]);
  const places = found.value?.places ?? [];
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
      event.preventDefault();
      active.value = (active.value + (event.code === 'ArrowDown' ? 1 : -1) + places.length) % Math.max(1, places.length);
    }
    if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
    event.preventDefault();
    if (found.value?.q === typed.value && places.length > 0) onPlace(places[active.value]);
    else isWaiting.current = true;
  };
  return (
    <div class="place-search">
      <label for={id}>{text.place}</label>
      <input
        id={id}
        ref={input}
        type="search"
        autocomplete="off"
        placeholder={text.placeHint}
        value={typed.value}
        onInput={event => {
          typed.value = event.currentTarget.value;
        }}
        onKeyDown={onKey}
      />
      {found.value?.q !== '' && found.value?.places.length === 0 && <p class="quiet">{text.noPlace}</p>}
      <ul class="place-search__found">
        {places.map((place, i) => (
          <li key={`${place.division}${place.village}`}>
            <button type="button" class="row--plain place-search__place" aria-current={i === active.value} onClick={() => onPlace(place)}>
              <span>
                {place.divisionName} <b>{place.village}</b> <span class="muted">{place.parentName}</span>
              </span>
              <span class="muted">{text.standing(mu(place.standingMu))}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
