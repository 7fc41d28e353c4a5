import { useEffect } from 'preact/hooks';
import { candidateWords } from '../candidates/words.ts';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { History } from '../history/history.tsx';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { MachineOrders } from '../orders/machine-orders.tsx';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { Drawer } from './drawer.tsx';
import { moveFocus } from './list-keys.ts';
import { MachineCare } from './machine-care.tsx';
import { MachineFacts } from './machine-facts.tsx';
import { Awaited, Quiet } from './message.tsx';
import { TrailChoice } from './trail-choice.tsx';

const REFRESH_MS = 5_000;

/** One machine: its state, what it did, its trail on the map. */
export function MachineDrawer({ id, view, now, desk }: { id: string; view: LiveView | null; now: number; desk: Desk }) {
  const text = words.value;
  const machine = useAnswer('machine', { id }, REFRESH_MS).value;
  const row = view?.machines.get(id);
  const card = view?.cards.get(id);
  const at = row ? ([row[1], row[2]] as const) : machine.state === 'ready' ? machine.value.lngLat : null;
  const isPlaced = at !== null;
  useEffect(() => {
    if (at !== null) desk.focus.value = { at: [at[0], at[1]], zoom: 14 };
  }, [id, isPlaced]);
  const fieldId = row ? row[7] : machine.state === 'ready' ? machine.value.fieldId : null;
  return (
    <Drawer title={card?.plate || id}>
      <Awaited answer={machine}>
        {value => (
          <>
            <MachineFacts machine={value} row={row} now={now} unitName={unitName(desk, value.division)} />
            {value.repair && desk.seesRepairs && (
              <p class="here">
                <button type="button" class="link" onClick={() => openDrawer({ kind: 'repair', id: value.repair!.id })}>
                  {repairWords.value.seeRepair}
                </button>
              </p>
            )}
            <p class="here">
              {text.machine.currentField}{' '}
              {fieldId ? (
                <button type="button" class="link" onClick={() => openDrawer({ kind: 'field', id: fieldId })}>
                  {fieldId}
                </button>
              ) : (
                <b>
                  {value.isOnOpenGround
                    ? candidateWords.value.machineHere
                    : row?.[8] === null
                      ? text.machine.outside
                      : text.machine.outsideFields}
                </b>
              )}
            </p>
            {desk.seesOrders && <MachineOrders machine={id} mayWrite={desk.mayOrder} />}
            {desk.seesRepairs && <MachineCare id={id} now={now} />}
            <TrailChoice id={id} now={now} desk={desk} />
            <h3>{text.machine.fieldsWorked}</h3>
            {value.fields.length === 0 && <Quiet>{text.machine.noFields}</Quiet>}
            <ul class="plain-list" onKeyDown={moveFocus}>
              {value.fields.map(field => (
                <li key={`${field.id}${field.operation}`}>
                  <button type="button" class="row row--plain" onClick={() => openDrawer({ kind: 'field', id: field.id })}>
                    <span>{field.id}</span>
                    <span>{text.operations[field.operation]}</span>
                    <span class="row__figure">{text.area(mu(field.coveredMu))}</span>
                    <span class="muted">{whenText(field.lastAt, now)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <History kind="machine" id={id} />
          </>
        )}
      </Awaited>
    </Drawer>
  );
}

const unitName = (desk: Desk, code: string): string => {
  const division = desk.divisions.get(code);
  return division ? nameOf(division) : code;
};
