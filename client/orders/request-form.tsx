import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { operations } from '../../shared/season.ts';
import { requestSources } from '../../shared/work-order.ts';
import { ask } from '../connection/http.ts';
import { mu } from '../state/format.ts';
import { fieldText, instantOf } from '../state/local-time.ts';
import { FieldPicks } from './field-picks.tsx';
import { PlaceSearch, type RequestPlace } from './place-search.tsx';
import { ProblemNote } from './problem-note.tsx';
import { type Draft, inputOf, problemOf } from './request-draft.ts';
import { useTask } from './use-task.ts';
import { orderWords } from './words.ts';

interface FormParts {
  division: string;
  first: Draft;
  onSaved: (id: string) => void;
}

/** A request as somebody tells it on the telephone: place, mu, Enter; the rest has its usual value. */
export function RequestForm({ division, first, onSaved }: FormParts) {
  const words = orderWords.value;
  const text = words.form;
  const draft = useSignal(first);
  const tried = useSignal(false);
  const area = useRef<HTMLInputElement>(null);
  const { isBusy, failed, run } = useTask();
  const change = (part: Partial<Draft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const take = (place: RequestPlace) => {
    change({ place, fields: [] });
    // It is there with the next paint only.
    requestAnimationFrame(() => area.current?.focus());
  };
  const { place, fields } = draft.value;
  const problem = problemOf(draft.value);
  const save = () => {
    tried.value = true;
    if (problem !== null) return;
    void run(async () => {
      const { id, version } = draft.value;
      await ask('putRequest', { id, version }, { body: inputOf(draft.value) });
      onSaved(id);
    });
  };
  const typed = (key: 'areaMu' | 'phone' | 'name' | 'price' | 'note' | 'leastWidthM' | 'mostWidthM', isFigure = false) => ({
    value: draft.value[key],
    onInput: (event: { currentTarget: HTMLInputElement }) => change({ [key]: event.currentTarget.value }),
    ...(isFigure && { inputMode: 'decimal' as const, pattern: '\\d+(\\.\\d+)?' }),
    ...(key === 'phone' && { inputMode: 'tel' as const, maxLength: 30 }),
  });
  return (
    <form
      class="request-form"
      aria-label={first.version === 0 ? text.title : text.editTitle}
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
    >
      <h2>{first.version === 0 ? text.title : text.editTitle}</h2>
      {place === null ? (
        <PlaceSearch
          division={division}
          operation={draft.value.operation}
          onPlace={take}
          onLastPrice={price => {
            if (price !== null && draft.peek().price === '') change({ price: String(price) });
          }}
        />
      ) : (
        <p class="request-form__place">
          <b>
            {place.divisionName} {place.village}
          </b>
          <button type="button" class="button" onClick={() => change({ place: null, fields: [] })}>
            {text.change}
          </button>
        </p>
      )}
      <div class="request-form__row">
        <Labelled name={text.area}>
          <input ref={area} {...typed('areaMu', true)} disabled={fields.length > 0} required={fields.length === 0} />
        </Labelled>
        <Labelled name={text.phone}>
          <input {...typed('phone')} />
        </Labelled>
        <Labelled name={text.name}>
          <input maxLength={40} {...typed('name')} />
        </Labelled>
        <Labelled name={text.price}>
          <input {...typed('price', true)} />
        </Labelled>
      </div>
      <div class="request-form__row">
        <Labelled name={text.operation}>
          <select
            value={draft.value.operation}
            onChange={event => change({ operation: event.currentTarget.value as Draft['operation'], fields: [] })}
          >
            {operations.map(one => (
              <option key={one} value={one}>
                {words.operations[one]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled name={text.from}>
          <input
            type="datetime-local"
            value={fieldText(draft.value.from)}
            onInput={event => change(instant('from', event.currentTarget.value))}
          />
        </Labelled>
        <Labelled name={text.to}>
          <input
            type="datetime-local"
            value={fieldText(draft.value.to)}
            onInput={event => change(instant('to', event.currentTarget.value))}
          />
        </Labelled>
      </div>
      <details class="request-form__more">
        <summary>{text.moreFields}</summary>
        <div class="request-form__row">
          <Labelled name={text.source}>
            <select value={draft.value.source} onChange={event => change({ source: event.currentTarget.value as Draft['source'] })}>
              {requestSources.map(one => (
                <option key={one} value={one}>
                  {words.sources[one]}
                </option>
              ))}
            </select>
          </Labelled>
          <Labelled name={text.leastWidth}>
            <input {...typed('leastWidthM', true)} />
          </Labelled>
          <Labelled name={text.mostWidth}>
            <input {...typed('mostWidthM', true)} />
          </Labelled>
          <label class="request-form__check">
            <input
              type="checkbox"
              checked={draft.value.trackedOnly}
              onChange={event => change({ trackedOnly: event.currentTarget.checked })}
            />
            {words.trackedOnly}
          </label>
          <Labelled name={text.note}>
            <input maxLength={300} {...typed('note')} />
          </Labelled>
        </div>
      </details>
      <p class="order__buttons">
        <button type="submit" class="button button--main" disabled={isBusy.value}>
          {text.save}
        </button>
        {fields.length > 0 && <span>{text.picked(fields.length, mu(Number(draft.value.areaMu)))}</span>}
        {tried.value && problem && (
          <span class="text-field__problem" role="alert">
            {text[problem]}
          </span>
        )}
      </p>
      <ProblemNote failed={failed.value} />
      {place && (
        <FieldPicks
          key={`${place.division}${place.village}`}
          place={place}
          operation={draft.value.operation}
          chosen={fields}
          onChange={(chosen, areaMu) => change({ fields: chosen, areaMu: String(Math.round(areaMu * 10) / 10) })}
        />
      )}
    </form>
  );
}

const instant = (key: 'from' | 'to', typed: string): Partial<Draft> => {
  const at = instantOf(typed, null);
  return at === null ? {} : { [key]: at };
};

const Labelled = ({ name, children }: { name: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: its control is the child.
  <label class="request-form__field">
    <span>{name}</span>
    {children}
  </label>
);
