import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { briefingItems, type CheckIn, type Expected, machineKinds } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { newId } from '../connection/new-id.ts';
import { words } from '../language/language.ts';
import { useFoundMachines } from '../station/found-machines.ts';
import { show } from './address.ts';
import type { ReceptionDesk } from './desk.ts';
import { receptionWords } from './words.ts';

interface Parts {
  desk: ReceptionDesk;
  day: RouteOutput<'reception'>;
  /** Of an announced machine; otherwise what was typed. */
  expected?: Expected;
  plate: string;
}
const isPlate = (text: string): boolean => text.trim() !== '';

/** 到站: for an announced machine everything is filled in, and two taps do it. What is left out can follow on the card. */
export function CheckInForm({ desk, day, expected, plate }: Parts) {
  const text = receptionWords.value;
  const station = day.station?.id ?? expected?.station ?? (day.stations.length === 1 ? day.stations[0].id : '');
  const empty: CheckIn = { station, plate, kind: 'combine', holder: '', phone: '', origin: '', crew: 0 };
  const { id: _, year: __, day: ___, ...announced } = expected ?? { id: '', year: 0, day: '' };
  const draft = useSignal<CheckIn>({ ...empty, ...announced, station });
  const isBriefed = useSignal(false);
  const lodging = useSignal({ place: '', nights: 1 });
  const set = (part: Partial<CheckIn>) => {
    draft.value = { ...draft.value, ...part };
  };
  const missing = !isPlate(draft.value.plate) ? text.needPlate : draft.value.station === '' ? text.needStation : null;
  const save = async () => {
    if (missing) return;
    const visit = newId();
    const { kind, crew, station: at, ...typed } = draft.value;
    const plain = { plate: typed.plate.trim(), holder: typed.holder.trim(), phone: typed.phone.trim(), origin: typed.origin.trim() };
    await desk.write(visit, { kind: 'arrived', checkIn: { kind, crew, station: at, ...plain } });
    if (isBriefed.value) await desk.write(visit, { kind: 'briefed', items: [...briefingItems] });
    if (lodging.value.place.trim() !== '')
      await desk.write(visit, { kind: 'lodged', place: lodging.value.place.trim(), nights: lodging.value.nights });
    show({ tab: 'present', card: { kind: 'visit', id: visit } }, 'replace');
  };
  return (
    <form
      class="reception__form"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <header class="reception__head">
        <button type="button" class="button reception__back" onClick={() => show({ card: null })}>
          ← {text.back}
        </button>
        <h2>{expected ? <bdi>{expected.plate}</bdi> : text.unexpected}</h2>
      </header>
      <Who draft={draft.value} set={set} isKnown={expected !== undefined} />
      {day.station === null && (
        <Line name={text.fields.station}>
          <select class="reception__input" value={draft.value.station} onChange={event => set({ station: event.currentTarget.value })}>
            <option value="">—</option>
            {day.stations.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </Line>
      )}
      <button
        type="button"
        class="reception__tick"
        aria-pressed={isBriefed.value}
        onClick={() => {
          isBriefed.value = !isBriefed.value;
        }}
      >
        <span aria-hidden="true">{isBriefed.value ? '☑' : '☐'}</span>
        <span>
          <b>
            {text.briefing} · {text.allBriefed}
          </b>
          <small>{briefingItems.map(item => text.briefingItems[item]).join(words.value.semicolon)}</small>
        </span>
      </button>
      <div class="reception__pair reception__pair--wide">
        <Line name={text.fields.lodgingPlace}>
          <input
            class="reception__input"
            maxLength={60}
            value={lodging.value.place}
            onInput={event => (lodging.value = { ...lodging.value, place: event.currentTarget.value })}
          />
        </Line>
        <Line name={text.fields.nights}>
          <input
            class="reception__input"
            type="number"
            min={0}
            max={60}
            value={lodging.value.nights}
            onInput={event => (lodging.value = { ...lodging.value, nights: Number(event.currentTarget.value) || 0 })}
          />
        </Line>
      </div>
      <button type="submit" class="button button--main reception__main" disabled={missing !== null}>
        {missing ?? text.checkIn}
      </button>
    </form>
  );
}

interface WhoParts {
  draft: CheckIn;
  set: (part: Partial<CheckIn>) => void;
  isKnown: boolean;
}

function Who({ draft, set, isKnown }: WhoParts) {
  const text = receptionWords.value.fields;
  const typedPlate = isKnown ? '' : draft.plate.trim();
  const found = useFoundMachines(typedPlate).filter(card => card.plate !== draft.plate);
  const typed = (key: 'plate' | 'holder' | 'phone' | 'origin', most: number) => (
    <Line name={text[key]}>
      <input
        class="reception__input"
        name={key}
        maxLength={most}
        autocomplete="off"
        inputMode={key === 'phone' ? 'tel' : 'text'}
        value={draft[key]}
        onInput={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  return (
    <>
      <div class="reception__pair">
        {typed('plate', 20)}
        <Line name={text.kind}>
          <select
            class="reception__input"
            value={draft.kind}
            onChange={event => set({ kind: event.currentTarget.value as CheckIn['kind'] })}
          >
            {machineKinds.map(kind => (
              <option key={kind} value={kind}>
                {words.value.kinds[kind]}
              </option>
            ))}
          </select>
        </Line>
      </div>
      {found.length > 0 && (
        <div class="reception__chips">
          {found.slice(0, 4).map(card => (
            <button
              key={card.id}
              type="button"
              class="button"
              onClick={() => set({ plate: card.plate, kind: card.kind, holder: card.operatorName })}
            >
              <bdi>{card.plate}</bdi> {card.operatorName}
            </button>
          ))}
        </div>
      )}
      <div class="reception__pair">
        {typed('holder', 40)}
        {typed('phone', 30)}
      </div>
      <div class="reception__pair reception__pair--wide">
        {typed('origin', 60)}
        <Line name={text.crew}>
          <input
            class="reception__input"
            type="number"
            min={0}
            max={50}
            value={draft.crew}
            onInput={event => set({ crew: Math.min(50, Math.max(0, Math.round(Number(event.currentTarget.value) || 0))) })}
          />
        </Line>
      </div>
    </>
  );
}

export const Line = ({ name, children }: { name: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
  <label class="reception__line">
    <span>{name}</span>
    {children}
  </label>
);
