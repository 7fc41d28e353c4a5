import { type Signal, useSignal } from '@preact/signals';
import { orderStates } from '../../shared/work-order.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { useFresh } from './fresh.ts';
import { OrderCard } from './order-card.tsx';
import { orderWords } from './words.ts';

const A_PAGE = 100;
const choices = ['live', ...orderStates, 'all'] as const;
type Choice = (typeof choices)[number];

interface ListParts {
  division: string;
  stamp: number;
  mayWrite: boolean;
  onChanged: () => void;
}

/** Orders of a unit by state, each with the time in it. */
export function OrderList({ division, stamp, mayWrite, onChanged }: ListParts) {
  const text = orderWords.value;
  const state: Signal<Choice> = useSignal('live');
  const q = useSignal('');
  const answer = useFresh('orders', { division, state: state.value, q: q.value }, stamp);
  const counts = answer.state === 'ready' ? answer.value.counts : null;
  const nameOf = (one: Choice) => (one === 'live' ? text.live : one === 'all' ? text.everyOrder : text.orderStates[one]);
  return (
    <section>
      <h2>{text.orders}</h2>
      <div class="requests__states">
        {choices.map(one => (
          <button
            type="button"
            key={one}
            class="requests__state"
            aria-pressed={state.value === one}
            onClick={() => {
              state.value = one;
            }}
          >
            {nameOf(one)} <b>{counts && one !== 'live' && one !== 'all' ? counts[one] : ''}</b>
          </button>
        ))}
      </div>
      <input
        type="search"
        class="requests__search"
        placeholder={text.search}
        aria-label={text.search}
        value={q.value}
        onInput={event => {
          q.value = event.currentTarget.value;
        }}
      />
      <Awaited answer={answer}>
        {({ orders, total, asOf }) => (
          <>
            {orders.length === 0 && <Quiet>{text.none.orders}</Quiet>}
            {orders.map(order => (
              <OrderCard key={order.id} order={order} now={asOf} mayWrite={mayWrite} withPlace onChanged={onChanged} />
            ))}
            {total > A_PAGE && <Quiet>{text.more(total - A_PAGE)}</Quiet>}
          </>
        )}
      </Awaited>
    </section>
  );
}
