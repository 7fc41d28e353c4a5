import type { Alert } from '../../shared/alert.ts';
import type { LngLat } from '../../shared/registry.ts';
import type { WorkOrderShown, WorkRequestShown } from '../../shared/work-order.ts';
import { place } from '../connection/address.ts';
import { words } from '../language/language.ts';
import { shownState } from '../map/machine-table.ts';
import { alertPlace } from '../notices/alert-place.ts';
import { alertSentence, alertSubject } from '../notices/alert-sentence.ts';
import { alertWords } from '../notices/alert-words.ts';
import { StateMark } from '../panels/state-mark.tsx';
import { mu, timeNear } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { type Drawer, hashOf } from '../state/route.ts';
import { type BoardParts, unitName } from './board-parts.ts';
import { inStateSince } from './order-section.tsx';
import { placeOf } from './request-section.tsx';
import { Since } from './since.tsx';
import { isTooLong } from './time-in-state.ts';
import { boardWords } from './words.ts';

/** The chosen thing with what the lists know of it; null: nothing is chosen, or it is in none of them. */
export type Chosen =
  | { kind: 'machine'; id: string }
  | { kind: 'order'; order: WorkOrderShown }
  | { kind: 'request'; request: WorkRequestShown }
  | { kind: 'alert'; alert: Alert }
  | null;

export interface Lists {
  orders: readonly WorkOrderShown[];
  requests: readonly WorkRequestShown[];
  alerts: readonly Alert[];
}

export function chosenOf(drawer: Drawer | null, view: LiveView | null, { orders, requests, alerts }: Lists): Chosen {
  if (drawer === null || !('id' in drawer)) return null;
  const byId = <One extends { id: string }>(all: readonly One[]): One | undefined => all.find(({ id }) => id === drawer.id);
  if (drawer.kind === 'machine')
    return view?.cards.has(drawer.id) || view?.machines.has(drawer.id) ? { kind: 'machine', id: drawer.id } : null;
  const order = drawer.kind === 'order' ? byId(orders) : undefined;
  if (order) return { kind: 'order', order };
  const request = drawer.kind === 'request' ? byId(requests) : undefined;
  if (request) return { kind: 'request', request };
  const alert = drawer.kind === 'alert' ? byId(alerts) : undefined;
  return alert ? { kind: 'alert', alert } : null;
}

/** Where the map should look, and from where a machine is to come. */
export function pinOf(chosen: Chosen, view: LiveView | null): { at: LngLat; from: LngLat | null } | null {
  const machineAt = (id: string): LngLat | null => {
    const row = view?.machines.get(id);
    return row ? [row[1], row[2]] : null;
  };
  if (chosen?.kind === 'order')
    return { at: chosen.order.lngLat, from: chosen.order.state === 'working' ? null : machineAt(chosen.order.machine) };
  if (chosen?.kind === 'request') return { at: chosen.request.lngLat, from: null };
  if (chosen?.kind === 'alert' && chosen.alert.lngLat) return { at: chosen.alert.lngLat, from: null };
  return null;
}

/** The facts of what is chosen, and the ways on: to the map, and to dispatching from here. */
export function ChosenCard({ parts, chosen, dispatchPath }: { parts: BoardParts; chosen: Chosen; dispatchPath: string }) {
  const text = boardWords.value;
  const isAskedFor = parts.chosen !== null && 'id' in parts.chosen && parts.chosen.kind !== 'field' && parts.chosen.kind !== 'station';
  return (
    <section class="chosen" aria-label={text.section.chosen} aria-live="polite">
      {chosen === null ? <p class="muted">{isAskedFor ? text.chosen.gone : text.chosen.none}</p> : <Facts parts={parts} chosen={chosen} />}
      <p class="chosen__ways">
        <a class="link" href={`/${hashOf(onMap(chosen))}`}>
          {text.openMap}
        </a>
        <a class="link" href={dispatchPath}>
          {text.dispatch} <kbd>d</kbd>
        </a>
      </p>
    </section>
  );
}

/** The map has drawers for machines and stations: all else is looked at there by its unit. */
const onMap = (chosen: Chosen) => {
  if (chosen?.kind === 'alert') return alertPlace(chosen.alert);
  const id = chosen?.kind === 'machine' ? chosen.id : chosen?.kind === 'order' ? chosen.order.machine : null;
  return { division: place.value.division, drawer: id === null ? null : ({ kind: 'machine', id } as const) };
};

function Facts({ parts, chosen }: { parts: BoardParts; chosen: NonNullable<Chosen> }) {
  if (chosen.kind === 'machine') return <MachineFacts id={chosen.id} {...parts} />;
  if (chosen.kind === 'order') return <OrderFacts order={chosen.order} now={parts.now} />;
  if (chosen.kind === 'request') return <RequestFacts request={chosen.request} now={parts.now} />;
  const { alert } = chosen;
  const nameAt = (code: string): string => unitName(parts.desk, code);
  return (
    <>
      <h3>
        {alertWords.value.rules[alert.rule]} · {alertSubject(alert, nameAt)}
      </h3>
      <p>{alertSentence(alertWords.value, alert, nameAt)}</p>
    </>
  );
}

function MachineFacts({ id, view, now, desk }: { id: string } & BoardParts) {
  const row = view?.machines.get(id);
  const card = view?.cards.get(id);
  const state = row ? shownState(row, view!.asOf) : 'offline';
  const since = row ? (state === 'offline' ? row[5] : row[10]) : null;
  return (
    <>
      <h3>
        <StateMark state={state} kind={card?.kind ?? 'combine'} /> {card?.plate || id} <span class="muted">{card?.operatorName}</span>
      </h3>
      <p>
        {row ? words.value.states[state] : words.value.machine.neverSeen}{' '}
        {row && <Since at={since} now={now} isLong={isTooLong(state, since, now)} />}
        {card && ` · ${words.value.kinds[card.kind]} · ${unitName(desk, row?.[8] ?? card.division)}`}
        {row?.[7] && ` · ${words.value.machine.currentField} ${row[7]}`}
      </p>
    </>
  );
}

function OrderFacts({ order, now }: { order: WorkOrderShown; now: number }) {
  const text = boardWords.value;
  const since = inStateSince(order);
  return (
    <>
      <h3>
        {order.plate} → {order.placeName} <span class="muted">{order.operatorName}</span>
      </h3>
      <p>
        {text.orders.states[order.state]} <Since at={since} now={now} isLong={isTooLong(order.state, since, now)} />
        {order.areaMu > 0 && ` · ${words.value.area(mu(order.areaMu))}`}
        {order.km !== null && ` · ${text.chosen.km(order.km.toFixed(1))}`}
        {` · ${text.requests.due(timeNear(order.to, now))}`}
      </p>
      {order.declineReason && <p>{`${text.orders.states.declined}: ${text.orders.reasons[order.declineReason]} ${order.reason}`}</p>}
    </>
  );
}

function RequestFacts({ request, now }: { request: WorkRequestShown; now: number }) {
  const text = boardWords.value;
  return (
    <>
      <h3>{placeOf(request)}</h3>
      <p>
        {text.requests.openOf(mu(request.openMu), mu(request.areaMu))}
        {` · ${words.value.operations[request.operation]} · ${text.requests.due(timeNear(request.to, now))}`}
        {request.contactName && ` · ${text.chosen.contact(request.contactName)} ${request.contactPhone}`}
      </p>
      {request.note && <p class="typed">{request.note}</p>}
    </>
  );
}
