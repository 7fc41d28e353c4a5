import { useEffect } from 'preact/hooks';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { count, mu } from '../state/format.ts';
import { moveFocus } from './list-keys.ts';
import { Awaited, Quiet } from './message.tsx';

const SHOWN = 120;

/** The fields of a town, the last step before a single field. */
export function FieldRows({ town, desk }: { town: string; desk: Desk }) {
  const text = words.value;
  const answer = useAnswer('fields', { division: town }, 15_000);
  const isDrawing = desk.drawing.value !== null;
  useEffect(() => {
    if (!isDrawing && answer.value.state === 'ready') answer.value.reload();
  }, [isDrawing]);
  return (
    <section class="rows">
      <header class="rows__head">
        <h2>{text.panel.fields}</h2>
      </header>
      <Awaited answer={answer.value}>
        {({ fields, total }) => (
          <>
            {total === 0 && <Quiet>{text.panel.noFields}</Quiet>}
            <ul class="rows__list" onKeyDown={moveFocus}>
              {fields.slice(0, SHOWN).map(field => (
                <li key={field.id}>
                  <button
                    type="button"
                    class="row row--field"
                    onClick={() => {
                      desk.focus.value = { at: field.centre, zoom: 15 };
                      openDrawer({ kind: 'field', id: field.id });
                    }}
                  >
                    <i class={`swatch swatch--${field.stage}`} />
                    <span class="row__name">
                      {field.village} <span class="muted">{field.id}</span>
                    </span>
                    <span class="row__stage">{text.stages[field.stage]}</span>
                    <span class="row__figure">{text.area(mu(field.areaMu))}</span>
                  </button>
                </li>
              ))}
            </ul>
            {total > SHOWN && <Quiet>{text.panel.firstOf(count(SHOWN), count(total))}</Quiet>}
          </>
        )}
      </Awaited>
    </section>
  );
}
