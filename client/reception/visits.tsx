import { useSignal } from '@preact/signals';
import { plainPlate } from '../../shared/plate.ts';
import { briefingItems, isRefused, type VisitShown } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { words } from '../language/language.ts';
import { moveFocus } from '../panels/list-keys.ts';
import { Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import { show, shown } from './address.ts';
import type { ReceptionDesk } from './desk.ts';
import { VisitCard } from './visit-card.tsx';
import { receptionWords } from './words.ts';

/** Machines that are here, or that have left; beside it the one that was chosen. */
export function Visits({ desk, day, which }: { desk: ReceptionDesk; day: RouteOutput<'reception'>; which: 'present' | 'departed' }) {
  const text = receptionWords.value;
  const typed = useSignal('');
  const { card } = shown.value;
  const all = day[which];
  const found = all.filter(visit => plainPlate(visit.plate).includes(plainPlate(typed.value)));
  return (
    <div class={`reception__columns ${card ? 'reception__columns--card' : ''}`}>
      <section class="reception__list">
        <input
          class="reception__input"
          type="search"
          autocomplete="off"
          placeholder={text.find}
          aria-label={text.find}
          value={typed.value}
          onInput={event => (typed.value = event.currentTarget.value)}
        />
        {all.length === 0 && <Quiet>{which === 'present' ? text.nobodyHere : text.nobodyLeft}</Quiet>}
        {all.length > 0 && found.length === 0 && <Quiet>{text.nobodyFound}</Quiet>}
        <ul class="reception__rows" onKeyDown={moveFocus}>
          {found.map(visit => (
            <li key={visit.id}>
              <Row desk={desk} visit={visit} hasStation={day.station !== null} />
            </li>
          ))}
        </ul>
      </section>
      <section class="reception__card">
        {card?.kind === 'visit' ? (
          <VisitCard key={card.id} desk={desk} id={card.id} />
        ) : (
          <p class="quiet reception__hint">{text.chooseOne}</p>
        )}
      </section>
    </div>
  );
}

function Row({ desk, visit, hasStation }: { desk: ReceptionDesk; visit: VisitShown; hasStation: boolean }) {
  const text = receptionWords.value;
  const { card } = shown.value;
  const now = desk.now.value;
  const isOpen = card?.kind === 'visit' && desk.idOf(card.id) === visit.id;
  const unsent = desk.unsentOf(visit.id);
  return (
    <button type="button" class="reception__row" aria-current={isOpen} onClick={() => show({ card: { kind: 'visit', id: visit.id } })}>
      <b>
        <bdi>{visit.plate}</bdi>
      </b>
      <span class="reception__when">
        {visit.departedAt === null ? text.arrivedAt(timeNear(visit.arrivedAt, now)) : text.departedAt(timeNear(visit.departedAt, now))}
      </span>
      <span class="muted">{[words.value.kinds[visit.kind], visit.holder, visit.origin].filter(Boolean).join(' · ')}</span>
      <span class="muted reception__when">{hasStation ? text.people(visit.crew) : visit.stationName}</span>
      <span class="reception__chips">
        {isRefused(visit) && <span class="chip chip--late">✕ {text.permit.refused}</span>}
        {visit.departedAt === null && visit.briefed.length < briefingItems.length && <span class="chip chip--late">{text.notBriefed}</span>}
        {visit.order && <span class="chip chip--ahead">{visit.order.placeName}</span>}
        {unsent > 0 && <span class="chip">◐ {text.sync.unsent}</span>}
      </span>
    </button>
  );
}
