import { setWorking } from './acts.ts';
import { ownership, stored } from './cab-state.ts';
import type { Engine } from './engine.ts';
import { cabWords } from './words.ts';

/** Header down or up, as it goes into each fix; untouched, the server tells it from the track. */
export function HeaderSwitch({ engine }: { engine: Engine }) {
  const text = cabWords.value;
  const { working, cab } = stored.value!.facts;
  const kind = cab?.kind ?? 'combine';
  const choices = [
    [1, `▼ ${text.headerDown[kind]}`],
    [0, `▲ ${text.headerUp[kind]}`],
    [null, text.headerAuto],
  ] as const;
  return (
    <fieldset class="cab-header" disabled={ownership.value !== 'owner'}>
      <legend>{text.header[kind]}</legend>
      {choices.map(([value, name]) => (
        <button key={name} type="button" aria-pressed={working === value} onClick={() => void setWorking(engine, value)}>
          {name}
        </button>
      ))}
      {working === null && <p class="cab-small">{text.headerAutoNote}</p>}
    </fieldset>
  );
}
