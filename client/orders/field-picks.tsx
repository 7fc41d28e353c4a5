import { CircleMarker, Map as LeafletMap } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { boundsOf, toLeaflet } from '../map/lng-lat.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu } from '../state/format.ts';
import type { RequestPlace } from './place-search.tsx';
import { orderWords } from './words.ts';

type Field = RouteOutput<'fields'>['fields'][number];

const MOST_SHOWN = 200;
/** What there is still to do in a field at its stage. */
const stagesFor = { harvest: ['standing', 'harvesting'], sow: ['harvested', 'sowing', 'standing', 'harvesting'] } as const;

interface PicksParts {
  place: RequestPlace;
  operation: Operation;
  chosen: readonly string[];
  onChange: (fields: string[], areaMu: number) => void;
}

/** Fields of the village that are still to be done, on a small map and as a list: a click takes one in or out. */
export function FieldPicks({ place, operation, chosen, onChange }: PicksParts) {
  const text = orderWords.value.form;
  const answer = useAnswer('fields', { division: place.division }).value;
  return (
    <fieldset class="field-picks">
      <legend>{text.fields}</legend>
      <Awaited answer={answer}>
        {({ fields }) => {
          const stages: readonly string[] = stagesFor[operation];
          const here = fields
            .filter(field => (place.village === '' || field.village === place.village) && stages.includes(field.stage))
            .slice(0, MOST_SHOWN);
          const restOf = (field: Field) => Math.max(0, field.areaMu - (operation === 'harvest' ? field.harvestedMu : field.sownMu));
          const toggle = (id: string) => {
            const next = chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id];
            onChange(
              next,
              fields.filter(field => next.includes(field.id)).reduce((sum, field) => sum + restOf(field), 0),
            );
          };
          if (here.length === 0) return <Quiet>{text.noFields}</Quiet>;
          return (
            <>
              <small>{text.fieldsHint}</small>
              <PickMap fields={here} chosen={chosen} onPick={toggle} />
              <div class="field-picks__list">
                {here.map(field => (
                  <button
                    type="button"
                    key={field.id}
                    class="chip-button"
                    aria-pressed={chosen.includes(field.id)}
                    onClick={() => toggle(field.id)}
                  >
                    {field.id} · {mu(restOf(field))}
                  </button>
                ))}
              </div>
            </>
          );
        }}
      </Awaited>
    </fieldset>
  );
}

function PickMap({ fields, chosen, onPick }: { fields: readonly Field[]; chosen: readonly string[]; onPick: (id: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const marks = useRef(new Map<string, CircleMarker>());
  const pick = useRef(onPick);
  pick.current = onPick;
  const key = fields.map(field => field.id).join();
  useEffect(() => {
    const map = new LeafletMap(box.current!, { attributionControl: false, zoomAnimation: false, maxZoom: 20, keyboard: false });
    map.fitBounds(boundsOf(fields.map(field => field.centre)).pad(0.15), { animate: false });
    for (const { id, centre, areaMu } of fields) {
      const mark = new CircleMarker(toLeaflet(centre), { radius: Math.min(14, 5 + Math.sqrt(areaMu)), className: 'field-mark' });
      const name = document.createElement('span');
      name.textContent = `${id} · ${mu(areaMu)}`;
      mark
        .bindTooltip(name)
        .on('click', () => pick.current(id))
        .addTo(map);
      marks.current.set(id, mark);
    }
    return () => {
      marks.current.clear();
      map.remove();
    };
  }, [key]);
  useEffect(() => {
    for (const [id, mark] of marks.current) mark.getElement()?.classList.toggle('field-mark--chosen', chosen.includes(id));
  }, [chosen, key]);
  return <div class="field-picks__map" ref={box} role="img" aria-label={orderWords.value.form.fields} />;
}
