import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { WorkOrderShown, WorkRequestShown } from '../../shared/work-order.ts';
import { ask } from '../connection/http.ts';
import { History } from '../history/history.tsx';
import { whenText } from '../language/dates.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu, timeNear } from '../state/format.ts';
import { useFresh } from './fresh.ts';
import { NearestList } from './nearest-list.tsx';
import { OrderCard } from './order-card.tsx';
import { ProblemNote } from './problem-note.tsx';
import { ReasonForm } from './reason-form.tsx';
import { leftText } from './time-text.ts';
import { useTask } from './use-task.ts';
import { orderWords } from './words.ts';

interface DetailParts {
  id: string;
  stamp: number;
  mayWrite: boolean;
  mayOrder: boolean;
  onEdit: (request: WorkRequestShown) => void;
  onChanged: () => void;
}

/** One request: what was asked, the machines that have it, and those that could. */
export function RequestDetail({ id, stamp, mayWrite, mayOrder, onEdit, onChanged }: DetailParts) {
  const answer = useFresh('request', { id }, stamp);
  const orders = useFresh('orders', { request: id, state: 'all' }, stamp);
  return (
    <Awaited answer={answer}>
      {request => (
        <>
          <RequestFacts request={request} now={orders.state === 'ready' ? orders.value.asOf : request.at} />
          {mayWrite && request.state !== 'cancelled' && <RequestButtons request={request} onEdit={onEdit} onChanged={onChanged} />}
          <Awaited answer={orders}>
            {({ orders: list, asOf }) => <OrdersOf orders={list} now={asOf} mayWrite={mayOrder} onChanged={onChanged} />}
          </Awaited>
          <History kind="request" id={id} stamp={request.version} />
          {mayOrder && request.state === 'open' && <NearestList request={request} stamp={stamp} onGiven={onChanged} />}
        </>
      )}
    </Awaited>
  );
}

function OrdersOf({
  orders,
  now,
  mayWrite,
  onChanged,
}: {
  orders: WorkOrderShown[];
  now: number;
  mayWrite: boolean;
  onChanged: () => void;
}) {
  const text = orderWords.value;
  return (
    <section>
      <h3>{text.orders}</h3>
      {orders.length === 0 && <Quiet>{text.noOrders}</Quiet>}
      {orders.map(order => (
        <OrderCard key={order.id} order={order} now={now} mayWrite={mayWrite} onChanged={onChanged} />
      ))}
    </section>
  );
}

function RequestFacts({ request, now }: { request: WorkRequestShown; now: number }) {
  const text = orderWords.value;
  const left = leftText(request.to, now);
  const { leastWidthM, mostWidthM, cancelled, contactPhone } = request;
  return (
    <header class="request">
      <h2>
        {request.divisionName} {request.village}
      </h2>
      <p class="request__line">
        <span class={`chip ${left.isLate || left.isSoon ? 'chip--late' : ''}`}>
          {request.state === 'done' || request.state === 'cancelled' ? text.states[request.state] : left.text}
        </span>
        <b class="request__mu">{text.openMu(mu(request.openMu), mu(request.areaMu))}</b>
        <span>{text.operations[request.operation]}</span>
        <span>{text.price(request.pricePerMu)}</span>
        <span>{text.window(timeNear(request.from, now), timeNear(request.to, now))}</span>
      </p>
      <p class="request__line">
        <span>{request.contactName}</span>
        {contactPhone && (contactPhone.includes('*') ? <span>{contactPhone}</span> : <a href={`tel:${contactPhone}`}>{contactPhone}</a>)}
        <span>{text.sources[request.source]}</span>
        {request.contract && <span>{text.contract(request.contract)}</span>}
        {request.fields.length > 0 && (
          <a href={`/#//field/${encodeURIComponent(request.fields[0])}`}>
            {text.fields(request.fields.length)} · {text.onMap}
          </a>
        )}
        {request.trackedOnly && <span class="chip">{text.trackedOnly}</span>}
        {(leastWidthM !== null || mostWidthM !== null) && <span class="chip">{text.width(leastWidthM, mostWidthM)}</span>}
      </p>
      {request.note && <p>{request.note}</p>}
      {cancelled && <p class="note note--late">{text.cancelled(cancelled.by, cancelled.reason)}</p>}
      <small>{text.written(request.author, whenText(request.at, now))}</small>
    </header>
  );
}

interface ButtonsParts {
  request: WorkRequestShown;
  onEdit: (request: WorkRequestShown) => void;
  onChanged: () => void;
  children?: ComponentChildren;
}

function RequestButtons({ request, onEdit, onChanged }: ButtonsParts) {
  const text = orderWords.value;
  const isAsked = useSignal(false);
  const { isBusy, failed, run } = useTask();
  const { id, version } = request;
  const cancel = (reason: string) =>
    run(async () => {
      await ask('cancelRequest', { id }, { body: { version, reason } }).finally(onChanged);
      isAsked.value = false;
    });
  return (
    <>
      <p class="order__buttons">
        <button type="button" class="button" onClick={() => onEdit(request)}>
          {text.edit}
        </button>
        <button
          type="button"
          class="button"
          aria-expanded={isAsked.value}
          onClick={() => {
            isAsked.value = !isAsked.value;
          }}
        >
          {text.cancel}
        </button>
      </p>
      {isAsked.value && (
        <ReasonForm label={text.cancelWhy} action={text.cancel} isBusy={isBusy.value} onReason={reason => void cancel(reason)} />
      )}
      <ProblemNote failed={failed.value} />
    </>
  );
}
