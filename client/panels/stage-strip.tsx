import { fieldStages } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { words } from '../language/language.ts';
import { count } from '../state/format.ts';
import { Figure } from './unit-figures.tsx';

export type Stages = RouteOutput<'parts'>['stages'];

/** How many fields are in which stage, as one strip by area and a line of counts. */
export function StageStrip({ stages }: { stages: Stages }) {
  const text = words.value;
  const total = fieldStages.reduce((sum, stage) => sum + (stages[stage]?.mu ?? 0), 0);
  return (
    <section class="stages">
      <h2>{text.panel.stages}</h2>
      <div class="stages__strip">
        {fieldStages.map(stage => (
          <i
            key={stage}
            class={`swatch swatch--${stage}`}
            style={{ width: `${total > 0 ? ((stages[stage]?.mu ?? 0) / total) * 100 : 0}%` }}
          />
        ))}
      </div>
      <div class="stages__counts">
        {fieldStages.map(stage => (
          <Figure key={stage} topic="stages">
            <i class={`swatch swatch--${stage}`} /> {text.stages[stage]} <b>{count(stages[stage]?.count ?? 0)}</b>
          </Figure>
        ))}
      </div>
    </section>
  );
}
