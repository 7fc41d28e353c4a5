import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { permissions } from '../../shared/permissions.ts';
import { plainPlate } from '../../shared/plate.ts';
import { briefingItems, isRefused, type VisitShown } from '../../shared/reception.ts';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import { show } from './address.ts';
import { Line } from './check-in.tsx';
import type { ReceptionDesk } from './desk.ts';
import { FirstWorkPart } from './first-work.tsx';
import { PermitPart } from './permit-part.tsx';
import { PhonePart } from './phone-part.tsx';
import { receptionWords } from './words.ts';

export interface CardParts {
  desk: ReceptionDesk;
  visit: VisitShown;
  mayWrite: boolean;
}

/** One machine from elsewhere: its permit, what its people were told, where they sleep, its first order, its departure. */
export function VisitCard({ desk, id }: { desk: ReceptionDesk; id: string }) {
  const text = receptionWords.value;
  const visit = desk.visitOf(id);
  if (!visit) return <Quiet>{text.nobodyFound}</Quiet>;
  const now = desk.now.value;
  const isHere = visit.departedAt === null;
  const mayWrite = permissions[desk.session.role]['arrival:write'] !== 'none' && isHere;
  const parts = { desk, visit, mayWrite };
  return (
    <div class="reception__form">
      <header class="reception__head">
        <button type="button" class="button reception__back" onClick={() => show({ card: null })}>
          ← {text.back}
        </button>
        <h2>
          <bdi>{visit.plate}</bdi>
        </h2>
        <span class={`chip ${isHere ? 'chip--ahead' : ''}`}>
          {isHere ? text.arrivedAt(timeNear(visit.arrivedAt, now)) : text.departedAt(timeNear(visit.departedAt!, now))}
        </span>
      </header>
      <p>
        {[words.value.kinds[visit.kind], visit.holder, visit.origin, text.people(visit.crew), visit.stationName]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {visit.phone && (
        <a class="button reception__call" href={`tel:${visit.phone}`}>
          ☎ {visit.phone}
        </a>
      )}
      {mayWrite && <PlatePart {...parts} />}
      <PermitPart key={visit.plate} {...parts} />
      <BriefingPart {...parts} />
      <LodgingPart {...parts} />
      {isHere && !isRefused(visit) && <FirstWorkPart {...parts} />}
      {mayWrite && !isRefused(visit) && <PhonePart {...parts} />}
      <NotesPart {...parts} />
      {mayWrite && (
        <button
          type="button"
          class="button reception__main"
          onClick={() => confirm(text.departSure) && void desk.write(visit.id, { kind: 'departed', note: '' })}
        >
          {text.depart}
        </button>
      )}
    </div>
  );
}

export const Part = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <section class="reception__part">
    <h3>{name}</h3>
    {children}
  </section>
);

function BriefingPart({ desk, visit, mayWrite }: CardParts) {
  const text = receptionWords.value;
  const left = briefingItems.filter(item => !visit.briefed.some(one => one.item === item));
  return (
    <Part name={text.briefing}>
      <ul class="reception__ticks">
        {briefingItems.map(item => {
          const told = visit.briefed.find(one => one.item === item);
          return (
            <li key={item}>
              <button
                type="button"
                class="reception__tick"
                aria-pressed={told !== undefined}
                disabled={told !== undefined || !mayWrite}
                onClick={() => void desk.write(visit.id, { kind: 'briefed', items: [item] })}
              >
                <span aria-hidden="true">{told ? '☑' : '☐'}</span>
                <span>
                  {text.briefingItems[item]}
                  {told && <small>{text.briefedBy(`${told.by} ${timeNear(told.at, desk.now.value)}`)}</small>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {mayWrite && left.length > 0 && (
        <button type="button" class="button reception__wide" onClick={() => void desk.write(visit.id, { kind: 'briefed', items: left })}>
          {text.allBriefed}
        </button>
      )}
    </Part>
  );
}

function LodgingPart({ desk, visit, mayWrite }: CardParts) {
  const text = receptionWords.value;
  const { lodging } = visit;
  const place = useSignal(lodging?.place ?? '');
  const nights = useSignal(lodging?.nights ?? 1);
  const isChanged = place.value.trim() !== (lodging?.place ?? '') || (lodging !== null && nights.value !== lodging.nights);
  if (!mayWrite) return lodging ? <Part name={text.lodging}>{`${lodging.place} · ${text.nights(lodging.nights)}`}</Part> : null;
  return (
    <Part name={text.lodging}>
      <div class="reception__pair reception__pair--wide">
        <Line name={text.fields.lodgingPlace}>
          <input class="reception__input" maxLength={60} value={place.value} onInput={event => (place.value = event.currentTarget.value)} />
        </Line>
        <Line name={text.fields.nights}>
          <input
            class="reception__input"
            type="number"
            min={0}
            max={60}
            value={nights.value}
            onInput={event => (nights.value = Math.min(60, Math.max(0, Math.round(Number(event.currentTarget.value) || 0))))}
          />
        </Line>
      </div>
      {isChanged && (
        <button
          type="button"
          class="button reception__wide"
          onClick={() => void desk.write(visit.id, { kind: 'lodged', place: place.value.trim(), nights: nights.value })}
        >
          {text.save}
        </button>
      )}
    </Part>
  );
}

/** The plate was mistyped at check-in: all that was written of the visit goes to the right machine. */
function PlatePart({ desk, visit }: CardParts) {
  const text = receptionWords.value.replate;
  const typed = useSignal('');
  const isOther = typed.value.trim() !== '' && plainPlate(typed.value) !== plainPlate(visit.plate);
  return (
    <details class="reception__part">
      <summary>{text.title}</summary>
      <form
        class="reception__find"
        onSubmit={event => {
          event.preventDefault();
          if (!isOther) return;
          void desk.write(visit.id, { kind: 'replated', plate: typed.value.trim() });
          typed.value = '';
        }}
      >
        <input
          class="reception__input"
          maxLength={20}
          autocomplete="off"
          autocapitalize="characters"
          placeholder={text.placeholder}
          aria-label={text.placeholder}
          value={typed.value}
          onInput={event => (typed.value = event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={!isOther}>
          {text.save}
        </button>
      </form>
      <p class="muted">{text.hint}</p>
    </details>
  );
}

function NotesPart({ desk, visit, mayWrite }: CardParts) {
  const text = receptionWords.value;
  const typed = useSignal('');
  const now = desk.now.value;
  const nameOf = (station: string) => desk.day.value?.stations.find(one => one.id === station)?.name ?? station;
  if (!mayWrite && visit.notes.length + visit.alsoArrived.length + (visit.replated ?? []).length === 0) return null;
  return (
    <Part name={text.notes.title}>
      <ul class="reception__notes">
        {visit.alsoArrived.map(also => (
          <li key={`${also.at}${also.station}`}>{text.notes.also(`${nameOf(also.station)} ${also.author}`, timeNear(also.at, now))}</li>
        ))}
        {(visit.replated ?? []).map(({ at, author, from }) => (
          <li key={`${at}${from}`}>{text.replate.was(from, `${author} ${timeNear(at, now)}`)}</li>
        ))}
        {visit.notes.map((note, i) => (
          <li key={`${note.at} ${i}`}>
            <span class="muted">
              {timeNear(note.at, now)} {note.author}
            </span>{' '}
            <bdi class="typed">{note.text}</bdi>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          class="reception__find"
          onSubmit={event => {
            event.preventDefault();
            if (typed.value.trim() === '') return;
            void desk.write(visit.id, { kind: 'note', text: typed.value.trim() });
            typed.value = '';
          }}
        >
          <input
            class="reception__input"
            maxLength={500}
            placeholder={text.notes.placeholder}
            aria-label={text.notes.placeholder}
            value={typed.value}
            onInput={event => (typed.value = event.currentTarget.value)}
          />
          <button type="submit" class="button">
            {text.notes.add}
          </button>
        </form>
      )}
    </Part>
  );
}
