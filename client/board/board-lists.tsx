import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { goToUnit } from '../connection/address.ts';
import type { Answer } from '../connection/answer.ts';
import { useFresh } from '../connection/fresh.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { Session } from '../connection/session.ts';
import { nameOf } from '../language/language.ts';
import { OfficePage } from '../panels/office-page.tsx';
import { AdviceSection } from './advice-section.tsx';
import { AlertSection } from './alert-section.tsx';
import { boardKeys, keyRows } from './board-keys.ts';
import type { BoardParts } from './board-parts.ts';
import { type Chosen, ChosenCard, chosenOf, pinOf } from './chosen-card.tsx';
import { dispatchPath } from './dispatch-path.ts';
import { LateSection } from './late-section.tsx';
import { MachineSection } from './machine-section.tsx';
import { OrderSection } from './order-section.tsx';
import { focusPanel, holdPanel } from './panel.tsx';
import { RequestSection } from './request-section.tsx';
import { useOrders } from './use-orders.ts';
import { boardWords } from './words.ts';

interface ListsParts {
  session: Session;
  parts: BoardParts;
  isLost: boolean;
  line: ComponentChildren;
  map: ComponentChildren;
  /** Whose outlines these are. */
  credit: string;
}

const rowsOf = <Value, Row>(answer: Answer<Value>, rows: (value: Value) => readonly Row[]): readonly Row[] =>
  answer.state === 'ready' ? rows(answer.value) : [];

/** All lists of the board, each asked again with its news, and what is chosen in any of them. */
export function BoardLists({ session, parts, isLost, line, map, credit }: ListsParts) {
  const { desk, view, unit, chosen: drawer, news } = parts;
  const text = boardWords.value;
  const orders = useOrders(unit, news.orders);
  const requests = useFresh('requests', { division: unit, state: 'open' }, news.requests + news.orders);
  const alerts = useFresh('alerts', { division: unit }, news.alerts);
  const noting = useAcknowledging(alerts);
  const lists = {
    orders: rowsOf(orders, value => value.orders),
    requests: rowsOf(requests, value => value.requests),
    alerts: rowsOf(alerts, value => value.alerts),
  };
  const chosen = chosenOf(drawer, view, lists);
  useFollowing(parts, chosen);
  const path = dispatchPath(unit, chosen);
  // What a key does is looked up when it is pressed: the lists behind it change every second.
  const now = useMemo(() => ({ alerts: lists.alerts, chosen, path }), []);
  Object.assign(now, { alerts: lists.alerts, chosen, path });
  const keys = useMemo(() => boardKeys(desk, () => now, noting.acknowledge), [desk]);
  return (
    <OfficePage
      session={session}
      title={text.title}
      isWide
      keys={{ ...keys, rows: keyRows() }}
      tools={
        <div class="board-bar">
          <UnitChoice {...parts} />
          {line}
        </div>
      }
    >
      {isLost && (
        <p class="note note--late" role="alert">
          {text.lost}
        </p>
      )}
      <div class={`board ${isLost ? 'board--lost' : ''}`}>
        <LateSection {...parts} />
        <AlertSection {...parts} answer={alerts} acknowledge={noting.acknowledge} hasFailed={noting.hasFailed} />
        <AdviceSection {...parts} session={session} />
        <OrderSection {...parts} answer={orders} />
        <RequestSection {...parts} answer={requests} />
        <div class="board__map">
          {map}
          <p class="map__credit board__credit">{credit}</p>
        </div>
        <ChosenCard parts={parts} chosen={chosen} dispatchPath={path} />
        <MachineSection {...parts} />
      </div>
    </OfficePage>
  );
}

/** All units from the topmost down to counties; a town that was chosen elsewhere stands with them. */
function UnitChoice({ desk, unit }: BoardParts) {
  const text = boardWords.value;
  const root = desk.divisions.get(desk.root);
  const below = [...desk.divisions.values()].filter(({ code, parent }) => parent === desk.root || (code === unit && code !== desk.root));
  return (
    <select class="select board-bar__unit" aria-label={text.unit} value={unit} onChange={event => goToUnit(event.currentTarget.value)}>
      {root && <option value={desk.root}>{text.allOf(nameOf(root))}</option>}
      {below.map(division => (
        <option key={division.code} value={division.code}>
          {nameOf(division)}
        </option>
      ))}
    </select>
  );
}

/** Map and lists follow what is chosen: the place once, not with every move of a machine. */
function useFollowing({ desk, view, chosen: drawer }: BoardParts, chosen: Chosen): void {
  const key = drawer && 'id' in drawer ? `${drawer.kind}/${drawer.id}` : (drawer?.kind ?? '');
  const pin = pinOf(chosen, view);
  const machine = chosen?.kind === 'machine' ? view?.machines.get(chosen.id) : undefined;
  const isPlaced = pin !== null || machine !== undefined;
  useEffect(() => {
    desk.pin.value = pin;
    if (machine) desk.focus.value = { at: [machine[1], machine[2]], zoom: 13 };
    else if (pin) desk.focus.value = { at: pin.at, zoom: 12 };
  }, [key, isPlaced, chosen?.kind === 'order' ? chosen.order.state : '']);
  useEffect(() => {
    const panel = {
      alerts: 'alerts',
      advised: 'advice',
      orders: 'orders',
      requests: 'requests',
      machines: 'machines',
      repairs: 'machines',
    } as const;
    if (!drawer || !(drawer.kind in panel)) return;
    const name = panel[drawer.kind as keyof typeof panel];
    focusPanel(name);
    return holdPanel(name);
  }, [key]);
}

function useAcknowledging(alerts: Answer<unknown>): { acknowledge: (id: string) => void; hasFailed: boolean } {
  const hasFailed = useSignal(false);
  const latest = useMemo(() => ({ alerts }), []);
  latest.alerts = alerts;
  const acknowledge = useMemo(
    () => async (id: string) => {
      try {
        await ask('acknowledgeAlert', { id }, { body: {} });
        hasFailed.value = false;
        if (latest.alerts.state === 'ready') latest.alerts.reload();
      } catch (cause) {
        if (!(cause instanceof RequestFailed)) throw cause;
        hasFailed.value = true;
      }
    },
    [],
  );
  return { acknowledge: id => void acknowledge(id), hasFailed: hasFailed.value };
}
