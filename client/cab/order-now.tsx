import { mu, timeOfDay } from '../state/format.ts';
import { orders } from './cab-state.ts';
import { type CabOrder, isLive, orderNow, placeOf } from './inbox.ts';
import { OrderDetails, OrderFigures, OrderLinks, OrderState } from './order-figures.tsx';
import { orderWords } from './order-words.ts';
import { figure } from './spoken.ts';
import { cabWords } from './words.ts';

/** The order at hand, those after it, and how many of today have ended. */
export function OrdersAtHand() {
  const text = orderWords.value;
  const order = orderNow(orders.value);
  const further = orders.value.filter(one => isLive(one) && one.state !== 'offered' && one.id !== order?.id);
  const ended = orders.value.filter(one => !isLive(one));
  return (
    <>
      {order && <AtHand order={order} />}
      {further.length > 0 && (
        <section class="order-further">
          <h2>{text.further(further.length)}</h2>
          <OrderLines orders={further} />
        </section>
      )}
      {ended.length > 0 && (
        <details class="cab-gaps">
          <summary>{text.today(ended.length)}</summary>
          <OrderLines orders={ended} />
        </details>
      )}
    </>
  );
}

function AtHand({ order }: { order: CabOrder }) {
  const text = orderWords.value;
  const { arrivedAt } = order.seen;
  const isWorking = order.state === 'working';
  return (
    <section class="order-now">
      <OrderState order={order} />
      <p class="order-place">{placeOf(order)}</p>
      {isWorking ? <Measured order={order} /> : <OrderFigures order={order} />}
      {!isWorking && arrivedAt !== null && <p class="cab-small">{text.seenArrived(timeOfDay(arrivedAt))}</p>}
      <OrderDetails order={order} />
      {!isWorking && <OrderLinks order={order} />}
      {order.isWaiting && <p class="order-now__waiting">{text.waitingNote}</p>}
    </section>
  );
}

/** What the machine has covered there since the order, of what was asked for. */
function Measured({ order: { measuredMu, areaMu } }: { order: CabOrder }) {
  const text = orderWords.value;
  return (
    <div class="order-measured">
      <span>{text.measured}</span>
      <b>{cabWords.value.ofMu(measuredMu === null ? '—' : mu(measuredMu), mu(areaMu))}</b>
      <progress value={measuredMu ?? 0} max={Math.max(areaMu, measuredMu ?? 0)} />
    </div>
  );
}

const OrderLines = ({ orders: lines }: { orders: readonly CabOrder[] }) => (
  <ul class="order-lines">
    {lines.map(order => (
      <li key={order.id}>
        <span>{placeOf(order)}</span>
        {order.kind === 'work' && (
          <span>
            {figure(order.doneMu ?? order.areaMu)} {orderWords.value.mu}
          </span>
        )}
        <OrderState order={order} />
      </li>
    ))}
  </ul>
);
