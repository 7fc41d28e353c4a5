import { useSignal } from '@preact/signals';
import { type FuelChanges, type FuelShown, fuelStateOf } from '../../shared/fuel.ts';
import { mapLink } from '../cab/place.ts';
import { newId } from '../connection/new-id.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { DeedNotes } from './deed-notes.tsx';
import { amountIn } from './effort-part.tsx';
import { FuelForm } from './fuel-form.tsx';
import type { Deed } from './kept-store.ts';
import type { StationDesk } from './station-desk.ts';

/** Fuel that machines in the field asked for: taken, on the way, delivered with litres and price. */
export function FuelPage({ desk, station }: { desk: StationDesk; station: string }) {
  const text = bayWords.value;
  const open = useCopied(desk, 'fuelList', { station, state: 'open' });
  const closed = useCopied(desk, 'fuelList', { station, state: 'closed' });
  const isWriting = useSignal(false);
  const deeds = desk.outgoing.deeds.value.filter(deed => deed.route === 'editFuel' || deed.route === 'logFuel');
  if (!open.copied) return open.failed ? <Failure code={open.failed} retry={open.reload} /> : <Quiet>{words.value.loading}</Quiet>;
  const bookings = open.copied.value.bookings.map(booking => withDeeds(booking, deeds));
  const rows = (all: readonly FuelShown[]) => (
    <ul class="bay">
      {all.map(booking => (
        <Booking key={booking.id} booking={booking} desk={desk} />
      ))}
    </ul>
  );
  return (
    <>
      {open.copied.isStale && <p class="note note--late">{text.stale}</p>}
      <DeedNotes desk={desk} deeds={deeds} />
      <div class="bay__tools">
        <button
          type="button"
          class="button button--main"
          onClick={() => {
            isWriting.value = !isWriting.value;
          }}
        >
          ☎ {text.fuel.phone}
        </button>
      </div>
      {isWriting.value && (
        <FuelForm
          desk={desk}
          station={station}
          done={() => {
            isWriting.value = false;
          }}
        />
      )}
      {bookings.length === 0 && <Quiet>{text.fuel.none}</Quiet>}
      {rows(bookings)}
      <details class="card__more">
        <summary>{text.fuel.closed}</summary>
        {closed.copied?.value.bookings.length === 0 && <p class="muted">{text.fuel.noneClosed}</p>}
        {rows(closed.copied?.value.bookings ?? [])}
      </details>
    </>
  );
}

/** With the steps that were taken here and are not sent yet. */
function withDeeds(booking: FuelShown, deeds: readonly Deed[]): FuelShown {
  const changes = deeds
    .filter(deed => deed.params.id === booking.id && deed.refused === null)
    .map(deed => deed.body.changes as FuelChanges);
  const shown = Object.assign({}, booking, ...changes) as FuelShown;
  return { ...shown, state: fuelStateOf(shown) };
}

function Booking({ booking, desk }: { booking: FuelShown; desk: StationDesk }) {
  const text = bayWords.value.fuel;
  const now = desk.now.value;
  const asked = useSignal<'deliver' | 'refuse' | null>(null);
  const change = (changes: FuelChanges) => {
    asked.value = null;
    return desk.outgoing.do('editFuel', { id: newId(), params: { id: booking.id }, body: { changes } });
  };
  const step = (name: 'takenAt' | 'setOutAt') => void change({ [name]: desk.instant() });
  const isOpen = booking.deliveredAt === null && booking.refusedAt === null;
  const chip = { requested: 'waiting', taken: 'started', onTheWay: 'started', delivered: 'finished', refused: 'waiting' }[booking.state];
  return (
    <li class="bay__row">
      <span class="bay__what">
        <b>
          <bdi>{booking.plate}</bdi> · {text.litres(String(booking.deliveredLitres ?? booking.litres))}
        </b>
        <span>
          {[booking.operatorName, whenText(booking.requestedAt, now), booking.carrier, booking.note, booking.reason]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span class="bay__figure">
        <span class={`chip chip--${chip}`}>{text.states[booking.state]}</span>
      </span>
      {isOpen && asked.value === null && (
        <span class="bay__acts">
          {booking.takenAt === null && (
            <button type="button" class="button button--main" onClick={() => step('takenAt')}>
              {text.take}
            </button>
          )}
          {booking.takenAt !== null && booking.setOutAt === null && (
            <button type="button" class="button button--main" onClick={() => step('setOutAt')}>
              {text.setOut}
            </button>
          )}
          {booking.takenAt !== null && (
            <button
              type="button"
              class={`button ${booking.setOutAt === null ? '' : 'button--main'}`}
              onClick={() => (asked.value = 'deliver')}
            >
              {text.deliver}
            </button>
          )}
          <button type="button" class="button" onClick={() => (asked.value = 'refuse')}>
            {text.refuse}
          </button>
          {booking.lngLat && (
            <a class="button" href={mapLink(booking.lngLat, booking.plate)} target="_blank" rel="noreferrer">
              ➤ {text.navigate}
            </a>
          )}
        </span>
      )}
      {isOpen && asked.value !== null && (
        <Ending
          booking={booking}
          asked={asked.value}
          cancel={() => {
            asked.value = null;
          }}
          end={changes =>
            void change({ ...changes, ...(asked.value === 'deliver' ? { deliveredAt: desk.instant() } : { refusedAt: desk.instant() }) })
          }
        />
      )}
    </li>
  );
}

interface EndingParts {
  booking: FuelShown;
  asked: 'deliver' | 'refuse';
  cancel: () => void;
  end: (changes: FuelChanges) => void;
}

function Ending({ booking, asked, cancel, end }: EndingParts) {
  const { fuel: text, stock } = bayWords.value;
  const litres = useSignal(String(booking.litres));
  const price = useSignal('');
  const reason = useSignal('');
  const field = (label: string, of: typeof litres, name: string) => (
    <label class="times__row">
      <span>{label}</span>
      <input
        class="station__input"
        name={name}
        inputMode={name === 'reason' ? 'text' : 'decimal'}
        maxLength={name === 'reason' ? 200 : 10}
        value={of.value}
        onInput={event => {
          of.value = event.currentTarget.value;
        }}
      />
    </label>
  );
  const filled = amountIn(litres.value);
  const isReady = asked === 'deliver' ? filled !== null && filled > 0 : reason.value.trim() !== '';
  return (
    <form
      class="shelf"
      onSubmit={event => {
        event.preventDefault();
        if (isReady)
          end(asked === 'deliver' ? { deliveredLitres: filled, pricePerLitre: amountIn(price.value) } : { reason: reason.value.trim() });
      }}
    >
      {asked === 'deliver' ? (
        <>
          {field(text.deliveredLitres, litres, 'litres')}
          {field(text.price, price, 'price')}
        </>
      ) : (
        field(text.reason, reason, 'reason')
      )}
      <span class="bay__acts">
        <button type="submit" class="button button--main" disabled={!isReady}>
          {asked === 'deliver' ? text.deliver : text.refuse}
        </button>
        <button type="button" class="button" onClick={cancel}>
          {stock.cancel}
        </button>
      </span>
    </form>
  );
}
