import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LngLat } from '../../shared/registry.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { Drawer } from '../panels/drawer.tsx';
import { moveFocus } from '../panels/list-keys.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import type { Desk } from '../state/desk.ts';
import { ExcludedList } from './excluded-list.tsx';
import { MachineWhy } from './nearest-list.tsx';
import './orders.css';
import { orderWords } from './words.ts';

const REFRESH_MS = 15_000;

/** Which machine is first at any place on the map. */
export function NearestDrawer({ at, desk }: { at: LngLat; desk: Desk }) {
  const text = orderWords.value;
  const by = useSignal<'soonest' | 'nearest'>('soonest');
  const operation = useSignal<Operation>('harvest');
  const [lng, lat] = at;
  const answer = useAnswer('nearestMachines', { lng, lat, by: by.value, operation: operation.value }, REFRESH_MS).value;
  useEffect(() => {
    desk.focus.value = { at: [lng, lat], zoom: 11 };
  }, [lng, lat]);
  return (
    <Drawer title={text.map.nearest}>
      <p class="muted">
        {lat.toFixed(4)}° N {lng.toFixed(4)}° E
      </p>
      <div class="nearest__head">
        <Segments
          label={text.form.operation}
          choices={operations.map(value => ({ value, name: text.operations[value] }))}
          chosen={operation.value}
          choose={value => {
            operation.value = value;
          }}
        />
        <Segments
          label={text.nearest}
          choices={(['soonest', 'nearest'] as const).map(value => ({ value, name: text.by[value] }))}
          chosen={by.value}
          choose={value => {
            by.value = value;
          }}
        />
      </div>
      <Awaited answer={answer}>
        {({ machines, excluded, excludedCounts, asOf }) => (
          <>
            {machines.length === 0 && <Quiet>{text.none.machines}</Quiet>}
            <ol class="nearest__rows" onKeyDown={moveFocus}>
              {machines.map(machine => (
                <li key={machine.machine}>
                  <button
                    type="button"
                    class="row row--plain nearest__pick"
                    onClick={() => openDrawer({ kind: 'machine', id: machine.machine })}
                  >
                    <MachineWhy machine={machine} now={asOf} />
                  </button>
                </li>
              ))}
            </ol>
            <ExcludedList excluded={excluded} counts={excludedCounts} />
            <small>{text.estimated}</small>
          </>
        )}
      </Awaited>
    </Drawer>
  );
}
