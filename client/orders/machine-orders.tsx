import { useAnswer } from '../connection/answer.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OrderCard } from './order-card.tsx';
import './orders.css';
import { orderWords } from './words.ts';

const REFRESH_MS = 5000;

/** What a machine has before it, in its drawer on the map. */
export function MachineOrders({ machine, mayWrite }: { machine: string; mayWrite: boolean }) {
  const text = orderWords.value;
  const answer = useAnswer('orders', { machine }, REFRESH_MS).value;
  return (
    <section>
      <h3>{text.orders}</h3>
      <Awaited answer={answer}>
        {({ orders, asOf }) => (
          <>
            {orders.length === 0 && <Quiet>{text.map.noOrders}</Quiet>}
            {orders.map(order => (
              <OrderCard
                key={order.id}
                order={order}
                now={asOf}
                mayWrite={mayWrite}
                withPlace
                onChanged={() => answer.state === 'ready' && answer.reload()}
              />
            ))}
          </>
        )}
      </Awaited>
    </section>
  );
}
