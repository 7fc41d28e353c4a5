import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { Quiet } from './message.tsx';

export interface Option {
  value: string;
  label: string;
  hint: string;
}

interface ChoiceParts {
  label: string;
  chosen: Option | null;
  onChoose: (option: Option | null) => void;
  /** Those that match what was typed, the best first; null: type something first. */
  find: (typed: string) => Promise<Option[] | null>;
  text: { search: string; nothing: string; change: string };
  problem?: string | null;
}

const WAIT_MS = 150;

/** One of many, found by typing a part of its name. */
export function Choice({ label, chosen, onChoose, find, text, problem }: ChoiceParts) {
  const id = useId();
  const typed = useSignal('');
  const options = useSignal<Option[] | null>(null);
  useEffect(() => {
    if (chosen) return;
    let stale = false;
    const timer = setTimeout(() => {
      find(typed.value).then(
        found => {
          if (!stale) options.value = found;
        },
        () => {
          if (!stale) options.value = [];
        },
      );
    }, WAIT_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [typed.value, chosen, find, options]);
  return (
    <div class="choice">
      <label class="form__label" for={id}>
        {label}
      </label>
      {chosen ? (
        <div class="choice__chosen">
          <span>
            {chosen.label} <span class="muted">{chosen.hint}</span>
          </span>
          <button type="button" class="button" id={id} onClick={() => onChoose(null)}>
            {text.change}
          </button>
        </div>
      ) : (
        <>
          <input
            id={id}
            class="form__input"
            type="search"
            placeholder={text.search}
            autocomplete="off"
            value={typed.value}
            onInput={event => {
              typed.value = event.currentTarget.value;
            }}
          />
          {options.value?.length === 0 && <Quiet>{text.nothing}</Quiet>}
          {options.value && options.value.length > 0 && (
            <div class="choice__options">
              {options.value.map(option => (
                <button type="button" class="choice__option" key={option.value} onClick={() => onChoose(option)}>
                  <span>{option.label}</span>
                  <span>{option.hint}</span>
                </button>
              ))}
            </div>
          )}
        </>
      )}
      {problem && (
        <p class="text-field__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
