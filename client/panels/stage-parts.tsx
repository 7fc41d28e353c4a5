import { fieldStages } from '../../shared/registry.ts';
import { openDrawer } from '../connection/address.ts';
import { words } from '../language/language.ts';
import { count, mu, timeNear } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { Quiet } from './message.tsx';
import type { Stages } from './stage-strip.tsx';

/** How many fields and how much ground are in which stage. */
export function StageParts({ stages, view, now }: { stages: Stages; view: LiveView | null; now: number }) {
  const text = words.value;
  const all = fieldStages.map(stage => stages[stage] ?? { count: 0, mu: 0 });
  if (all.every(({ count: fields }) => fields === 0)) return <Quiet>{text.panel.noFields}</Quiet>;
  return (
    <>
      <table class="grid">
        <thead>
          <tr>
            <th>{text.field.stage}</th>
            <th>{text.panel.fields}</th>
            <th>{text.lists.areaMu}</th>
          </tr>
        </thead>
        <tbody>
          {fieldStages.map((stage, i) => (
            <tr key={stage}>
              <td>
                <i class={`swatch swatch--${stage}`} /> {text.stages[stage]}
              </td>
              <td>{count(all[i].count)}</td>
              <td>{mu(all[i].mu)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{text.parts.total}</td>
            <td>{count(all.reduce((sum, stage) => sum + stage.count, 0))}</td>
            <td>{mu(all.reduce((sum, stage) => sum + stage.mu, 0))}</td>
          </tr>
        </tfoot>
      </table>
      <button type="button" class="button" onClick={() => openDrawer({ kind: 'fields' })}>
        {text.parts.seeFields}
      </button>
      <p class="note">{view && `${text.parts.updated} ${timeNear(view.asOf, now)}`}</p>
    </>
  );
}
