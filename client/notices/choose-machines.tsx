import type { Signal } from '@preact/signals';
import { findPlace } from '../accounts/find-place.ts';
import { Choice } from '../panels/choice.tsx';
import { noticeWords } from './words.ts';

export interface Chosen {
  id: string;
  plate: string;
}

/** Several machines, each found by typing. */
export function ChooseMachines({ chosen }: { chosen: Signal<Chosen[]> }) {
  const { compose: text } = noticeWords.value;
  return (
    <div class="notices__machines">
      <Choice
        label={text.some}
        chosen={null}
        onChoose={option => {
          if (option && !chosen.value.some(({ id }) => id === option.value))
            chosen.value = [...chosen.value, { id: option.value, plate: option.label }];
        }}
        find={findPlace.machine}
        text={{ search: text.someHint, nothing: text.noMachine, change: '' }}
      />
      <p>
        {chosen.value.map(({ id, plate }) => (
          <button
            key={id}
            type="button"
            class="button"
            aria-label={text.remove(plate)}
            onClick={() => {
              chosen.value = chosen.value.filter(one => one.id !== id);
            }}
          >
            {plate} ×
          </button>
        ))}
      </p>
    </div>
  );
}
