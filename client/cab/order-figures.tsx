import { timeNear } from '../state/format.ts';
import { current, stored } from './cab-state.ts';
import { type CabOrder, placeOf } from './inbox.ts';
import { orderWords } from './order-words.ts';
import { geoLink, hasGeoLinks, mapLink, type Way, wayTo } from './place.ts';
import { figure } from './spoken.ts';

const wayHere = (order: CabOrder): Way | null => wayTo(order, current.value?.newest ?? null, stored.value!.now);

/** Mu, distance and price of work; distance and time of a move. */
export function OrderFigures({ order }: { order: CabOrder }) {
  const text = orderWords.value;
  const way = wayHere(order);
  return (
    <dl class="order-figures">
      {order.kind === 'work' && (
        <div>
          <dt>{text.area}</dt>
          <dd>
            <b>{figure(order.areaMu)}</b> {text.mu}
          </dd>
        </div>
      )}
      <div>
        <dt>{text.distance}</dt>
        <dd>
          {way && text.about} <b>{way ? figure(way.km) : '—'}</b> {text.km}
        </dd>
      </div>
      {order.kind === 'work' ? (
        <div>
          <dt>{text.price}</dt>
          <dd>
            <b>{order.pricePerMu === null ? text.priceOpen : figure(order.pricePerMu)}</b> {order.pricePerMu !== null && text.yuanPerMu}
          </dd>
        </div>
      ) : (
        <div>
          <dt>{text.drive}</dt>
          <dd>
            <b class="order-figures__time">{way ? text.hours(way.hours) : '—'}</b>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** When, with whom, and what else is to be known. */
export function OrderDetails({ order }: { order: CabOrder }) {
  const text = orderWords.value;
  const { now } = stored.value!;
  return (
    <dl class="order-details">
      <div>
        <dt>{text.window}</dt>
        <dd>{text.windowOf(timeNear(order.from, now), timeNear(order.to, now))}</dd>
      </div>
      {order.fields.length > 0 && (
        <div>
          <dt>{text.ground}</dt>
          <dd>{text.fields(order.fields.length)}</dd>
        </div>
      )}
      {order.contactName !== '' && (
        <div>
          <dt>{text.contact}</dt>
          <dd>{order.contactName}</dd>
        </div>
      )}
      {order.note !== '' && (
        <div>
          <dt>{text.note}</dt>
          <dd>{order.note}</dd>
        </div>
      )}
    </dl>
  );
}

/** A call to whoever waits, and the way there. */
export function OrderLinks({ order }: { order: CabOrder }) {
  const text = orderWords.value;
  const phone = order.contactPhone.replace(/[^\d+]/g, '');
  return (
    <div class="order-links">
      {phone !== '' && (
        <a class="cab-button" href={`tel:${phone}`}>
          ☎ {text.call}
        </a>
      )}
      <a class="cab-button" href={mapLink(order.lngLat, placeOf(order))} target="_blank" rel="noreferrer">
        ➤ {text.navigate}
      </a>
      {hasGeoLinks() && (
        <a class="cab-button" href={geoLink(order.lngLat, placeOf(order))}>
          {text.otherMap}
        </a>
      )}
    </div>
  );
}

/** Where it stands, and whether the server knows. */
export function OrderState({ order }: { order: CabOrder }) {
  const text = orderWords.value;
  return (
    <p class="order-state">
      <strong>{text.states[order.state]}</strong>
      {order.isWaiting && (
        <span class="order-waiting" title={text.waitingNote}>
          {text.waiting}
        </span>
      )}
    </p>
  );
}
