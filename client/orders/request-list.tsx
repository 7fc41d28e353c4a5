import { type Signal, useSignal } from '@preact/signals';
import { operations } from '../../shared/season.ts';
import { requestSources, requestStates, type WorkRequestShown } from '../../shared/work-order.ts';
import { moveFocus } from '../panels/list-keys.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu } from '../state/format.ts';
import { useFresh } from './fresh.ts';
import { leftText } from './time-text.ts';
import { orderWords } from './words.ts';

const A_PAGE = 100;
const states = [...requestStates, 'all'] as const;
export type ListState = (typeof states)[number];

interface ListParts {
  division: string;
  state: Signal<ListState>;
  chosen: string | null;
  choose: (id: string) => void;
  stamp: number;
}

/** Requests of a unit, the most urgent first. */
export function RequestList({ division, state, chosen, choose, stamp }: ListParts) {
  const text = orderWords.value;
  const q = useSignal('');
  const source = useSignal('');
  const operation = useSignal('');
  const from = useSignal(0);
  const asked = {
    ...{ division, state: state.value, q: q.value, from: from.value },
    ...(source.value && { source: source.value }),
    ...(operation.value && { operation: operation.value }),
  };
  const answer = useFresh('requests', asked, stamp);
  const change = (signal: Signal<string>, value: string) => {
    signal.value = value;
    from.value = 0;
  };
  const counts = answer.state === 'ready' ? answer.value.counts : null;
  return (
    <section class="requests" aria-label={text.states[state.value]}>
      <div class="requests__states">
        {states.map(one => (
          <button
            type="button"
            key={one}
            class="requests__state"
            aria-pressed={state.value === one}
            onClick={() => {
              state.value = one;
              from.value = 0;
            }}
          >
            {text.states[one]} <b>{counts && one !== 'all' ? counts[one] : ''}</b>
          </button>
        ))}
      </div>
      <div class="requests__filters">
        <input
          type="search"
          class="requests__search"
          placeholder={text.search}
          aria-label={text.search}
          value={q.value}
          onInput={event => change(q, event.currentTarget.value)}
        />
        <Filter
          label={text.anySource}
          value={source.value}
          names={text.sources}
          values={requestSources}
          onChange={v => change(source, v)}
        />
        <Filter
          label={text.anyOperation}
          value={operation.value}
          names={text.operations}
          values={operations}
          onChange={v => change(operation, v)}
        />
      </div>
      <Awaited answer={answer}>
        {({ requests, total, asOf }) => (
          <>
            {total === 0 && <Quiet>{state.value === 'open' && q.value === '' ? text.none.open : text.none.other}</Quiet>}
            <ul class="requests__rows" onKeyDown={moveFocus}>
              {requests.map(request => (
                <li key={request.id}>
                  <RequestRow request={request} now={asOf} isChosen={request.id === chosen} choose={choose} />
                </li>
              ))}
            </ul>
            <Pages total={total} from={from} />
          </>
        )}
      </Awaited>
    </section>
  );
}

function Pages({ total, from }: { total: number; from: Signal<number> }) {
  if (total <= A_PAGE) return null;
  const to = (at: number) => () => {
    from.value = at;
  };
  return (
    <p class="requests__pages">
      <button type="button" class="button" disabled={from.value === 0} onClick={to(Math.max(0, from.value - A_PAGE))}>
        ←
      </button>
      <span>
        {from.value + 1}–{Math.min(total, from.value + A_PAGE)} / {total}
      </span>
      <button type="button" class="button" disabled={from.value + A_PAGE >= total} onClick={to(from.value + A_PAGE)}>
        →
      </button>
    </p>
  );
}

interface RowParts {
  request: WorkRequestShown;
  now: number;
  isChosen: boolean;
  choose: (id: string) => void;
}

function RequestRow({ request, now, isChosen, choose }: RowParts) {
  const text = orderWords.value;
  const left = leftText(request.to, now);
  const isOver = request.state === 'done' || request.state === 'cancelled';
  return (
    <button type="button" class="request-row" aria-current={isChosen} onClick={() => choose(request.id)}>
      <span class="request-row__place">
        {request.divisionName} {request.village}
      </span>
      {!isOver && <span class={`chip ${left.isLate || left.isSoon ? 'chip--late' : ''}`}>{left.text}</span>}
      {isOver && <span class="chip">{text.states[request.state]}</span>}
      <span class="request-row__mu">
        {request.state === 'open' ? text.openMu(mu(request.openMu), mu(request.areaMu)) : text.mu(mu(request.areaMu))}
      </span>
      <span class="request-row__more">
        {[text.sources[request.source], text.operations[request.operation], text.price(request.pricePerMu), request.contactName]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </button>
  );
}

interface FilterParts<Value extends string> {
  label: string;
  value: string;
  names: Record<Value, string>;
  values: readonly Value[];
  onChange: (value: string) => void;
}

function Filter<Value extends string>({ label, value, names, values, onChange }: FilterParts<Value>) {
  return (
    <select class="select" aria-label={label} value={value} onChange={event => onChange(event.currentTarget.value)}>
      <option value="">{label}</option>
      {values.map(one => (
        <option key={one} value={one}>
          {names[one]}
        </option>
      ))}
    </select>
  );
}
