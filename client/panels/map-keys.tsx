import { useSignal } from '@preact/signals';
import { fieldStages } from '../../shared/registry.ts';
import { candidateWords } from '../candidates/words.ts';
import { words } from '../language/language.ts';
import { markStates } from '../map/marks.ts';
import { type Desk, type MapLayerName, mapLayers } from '../state/desk.ts';
import { StateMark } from './state-mark.tsx';

/** What the signs on the map mean, and which layers are shown. */
export function MapKeys({ desk, hasBasemap }: { desk: Desk; hasBasemap: boolean }) {
  const text = words.value;
  const isOpen = useSignal(window.innerWidth > 800);
  return (
    <section class={`keys ${isOpen.value ? '' : 'keys--closed'}`}>
      <button
        type="button"
        class="keys__toggle"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {text.map.legend} {isOpen.value ? '▾' : '▴'}
      </button>
      {isOpen.value && (
        <div class="keys__body">
          <ul class="keys__list">
            {markStates.map(state => (
              <li key={state}>
                <StateMark state={state} /> {text.states[state]}
              </li>
            ))}
            <li class="keys__wide">
              <StateMark state="working" kind="seeder" /> {text.map.seederMark}
            </li>
          </ul>
          <ul class="keys__list">
            {fieldStages.map(stage => (
              <li key={stage}>
                <i class={`swatch swatch--${stage}`} /> {text.stages[stage]}
              </li>
            ))}
            <li class="keys__wide">
              <i class="swatch swatch--reported" /> {text.reportedOnly}
            </li>
            <li class="keys__wide">
              <i class="swatch swatch--candidate" /> {candidateWords.value.legend}
            </li>
            <li class="keys__wide">
              <i class="swatch swatch--hull" /> {text.map.hulls}
            </li>
          </ul>
          <div class="keys__scale">
            <span>{text.map.progressShade} 0%</span>
            <i />
            <span>100%</span>
          </div>
          <p class="keys__note">
            <span class="keys__badge">12</span> {text.map.badge}
          </p>
          <details class="keys__layers">
            <summary>{text.map.layers}</summary>
            {mapLayers
              .filter(name => hasBasemap || name !== 'basemap')
              .map(name => (
                <label key={name}>
                  <input type="checkbox" checked={desk.layers.value.has(name)} onChange={() => toggle(desk, name)} /> {text.map[name]}
                </label>
              ))}
          </details>
        </div>
      )}
    </section>
  );
}

function toggle(desk: Desk, name: MapLayerName): void {
  const next = new Set(desk.layers.value);
  if (!next.delete(name)) next.add(name);
  desk.layers.value = next;
}
