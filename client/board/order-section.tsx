import { useSignal } from '@preact/signals';
import type { OrderState, WorkOrderShown } from '../../shared/work-order.ts';
import type { Answer } from '../connection/answer.ts';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu, timeNear } from '../state/format.ts';
import { type BoardParts, choose, isChosen } from './board-parts.ts';
import { saveCsv } from './csv.ts';
import { moveInColumns } from './order-keys.ts';
import { holds, ListTools, Panel, Row } from './panel.tsx';
import { Since } from './since.tsx';
import { isTooLong } from './time-in-state.ts';
import type { LoadedOrders } from './use-orders.ts';
import { boardWords } from './words.ts';

type Sort = 'longest' | 'place' | 'plate';
/** From the left as an order goes; what was declined needs another machine. */
const columns = ['offered', 'accepted', 'onTheWay', 'working', 'declined'] as const satisfies readonly OrderState[];

export const inStateSince = (order: WorkOrderShown): number | null => order.times[order.state] ?? null;

/** Orders under way, a column a state, those longest in it first. */
export function OrderSection({ answer, ...parts }: BoardParts & { answer: Answer<LoadedOrders> }) {
  const text = boardWords.value;
  const filter = useSignal('');
  const sort = useSignal<Sort>('longest');
  const loaded = answer.state === 'ready' ? answer.value : null;
  const shown = loaded ? arranged(loaded.orders, sort.value).filter(one => matches(one, filter.value)) : [];
  return (
    <Panel
      name="orders"
      count={loaded ? text.rows(shown.length, loaded.orders.length) : undefined}
      tools={
        <ListTools
          filter={filter.value}
          onFilter={typed => {
            filter.value = typed;
          }}
          sort={sort.value}
          sorts={text.orders.sort}
          onSort={wanted => {
            sort.value = wanted;
          }}
          onExport={() => saveCsv(`${text.orders.file}-${parts.unit}`, sheetOf(shown, parts.now))}
        />
      }
    >
      <Awaited answer={answer}>
        {({ counts, orders }) => (
          <>
            {orders.length === 0 && <Quiet>{text.orders.empty}</Quiet>}
            {orders.length > 0 && shown.length === 0 && <Quiet>{text.noMatch}</Quiet>}
            {orders.length > 0 && (
              <section class="columns" aria-label={text.section.orders} onKeyDown={moveInColumns}>
                {columns.map(state => (
                  <Column key={state} state={state} orders={shown.filter(order => order.state === state)} {...parts} />
                ))}
              </section>
            )}
            {(counts.done > 0 || counts.settled > 0) && (
              <p class="board-panel__note">{text.orders.finished(counts.done, counts.settled)}</p>
            )}
          </>
        )}
      </Awaited>
    </Panel>
  );
}

function Column({ state, orders, now, chosen }: { state: OrderState; orders: readonly WorkOrderShown[] } & BoardParts) {
  const text = boardWords.value.orders;
  return (
    <section class="column" data-state={state} aria-label={text.states[state]}>
      <h3>
        {text.states[state]} <span class="board-panel__count">{orders.length}</span>
      </h3>
      {orders.length === 0 && <p class="column__empty">{text.emptyState}</p>}
      {orders.map(order => (
        <Row
          key={order.id}
          class="board-row--order"
          isChosen={isChosen(chosen, 'order', order.id)}
          onChoose={() => choose('order', order.id)}
          data={order.id}
        >
          <b>{order.plate}</b>
          <span class="board-row__rest board-row__place">
            {order.kind === 'move' && <span class="chip">{text.move}</span>} {order.placeName}
          </span>
          <span class="board-row__rest">
            {state === 'declined' ? declined(order) : order.areaMu > 0 ? words.value.area(mu(order.areaMu)) : ''}
          </span>
          <Since at={inStateSince(order)} now={now} isLong={isTooLong(state, inStateSince(order), now)} />
        </Row>
      ))}
    </section>
  );
}

const declined = (order: WorkOrderShown): string =>
  order.declineReason ? boardWords.value.orders.reasons[order.declineReason] : order.reason;

const matches = (order: WorkOrderShown, typed: string): boolean =>
  holds(
    typed,
    order.plate,
    order.operatorName,
    order.placeName,
    order.divisionName,
    order.contactName,
    boardWords.value.orders.states[order.state],
  );

function arranged(orders: readonly WorkOrderShown[], sort: Sort): WorkOrderShown[] {
  const since = (order: WorkOrderShown): number => inStateSince(order) ?? Number.POSITIVE_INFINITY;
  const byText = (of: (order: WorkOrderShown) => string) => (one: WorkOrderShown, other: WorkOrderShown) =>
    of(one).localeCompare(of(other), 'zh-CN');
  const compare = {
    longest: (one: WorkOrderShown, other: WorkOrderShown) => since(one) - since(other) || (one.id < other.id ? -1 : 1),
    place: byText(order => order.placeName),
    plate: byText(order => order.plate),
  }[sort];
  return [...orders].sort(compare);
}

/** What is seen, for a spreadsheet. */
function sheetOf(orders: readonly WorkOrderShown[], now: number): string[][] {
  const { columns: heads, states } = boardWords.value.orders;
  const at = (instant: number | null): string => (instant === null ? '' : timeNear(instant, now));
  return [
    [
      heads.machine,
      heads.operator,
      heads.state,
      heads.since,
      heads.place,
      heads.division,
      heads.areaMu,
      heads.km,
      heads.from,
      heads.to,
      heads.note,
    ],
    ...orders.map(order => [
      order.plate,
      order.operatorName,
      states[order.state],
      at(inStateSince(order)),
      order.placeName,
      order.divisionName,
      order.areaMu.toFixed(1),
      order.km?.toFixed(1) ?? '',
      at(order.from),
      at(order.to),
      order.note,
    ]),
  ];
}
