import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { MachineCard } from '../../shared/contract.ts';
import type { RepairShown } from '../../shared/repair.ts';
import { newId } from '../connection/new-id.ts';
import { faultWords } from '../language/faults.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';
import { show } from './address.ts';
import { type Draft, emptyDraft, keepDraft, recallDraft } from './draft.ts';
import { FaultTiles } from './fault-tiles.tsx';
import { useFoundMachines } from './found-machines.ts';
import { NearChoice } from './near-part.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** 新登记: which machine, what is broken, save. Everything else can follow on the card. */
export function NewRepair({ desk }: { desk: StationDesk }) {
  const text = stationWords.value;
  const draft = useSignal<Draft>(recallDraft(desk.owner));
  const wasKept = useSignal(draft.value.plate !== '' || draft.value.fault !== null);
  const { machine, plate, fault } = draft.value;
  const set = (part: Partial<Draft>) => {
    draft.value = { ...draft.value, ...part };
    keepDraft(desk.owner, draft.value);
  };
  const missing = plate.trim() === '' ? text.form.missing.plate : fault === null ? text.form.missing.fault : null;
  const already = desk.open.value.find(repair => machine !== null && repair.machine === machine);
  const save = async () => {
    if (fault === null || missing) return;
    const at = desk.instant();
    const { station, operatorName, kind } = draft.value;
    const id = newId();
    const rest = { note: '', parts: '', lngLat: null, calledAt: at, startedAt: null, finishedAt: null };
    const log = { id, machine, plate: plate.trim(), station: desk.station ?? station, fault, ...rest };
    await desk.outgoing.log(log, kind ? { kind, operatorName: operatorName ?? '' } : null);
    keepDraft(desk.owner, emptyDraft);
    show({ card: { kind: 'repair', id } }, 'replace');
  };
  return (
    <form
      class="card"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <header class="card__head">
        <button type="button" class="button card__back" onClick={() => show({ card: null })}>
          ← {text.back}
        </button>
        <h2>{text.newRepair}</h2>
      </header>
      {wasKept.value && (
        <p class="note">
          {text.form.kept}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              set(emptyDraft);
              wasKept.value = false;
            }}
          >
            {text.form.clear}
          </button>
        </p>
      )}
      <h3>{text.form.machine}</h3>
      <MachineChoice desk={desk} draft={draft.value} set={set} />
      {already && (
        <p class="note note--late">
          {text.form.already}{' '}
          <button type="button" class="link" onClick={() => show({ card: { kind: 'repair', id: already.id } })}>
            {text.form.openIt}
          </button>
        </p>
      )}
      <h3>{text.form.fault}</h3>
      <FaultTiles chosen={fault} choose={chosen => set({ fault: chosen })} />
      {desk.station === null && <StationChoice desk={desk} draft={draft.value} set={set} />}
      {desk.station === null && machine !== null && (
        <NearChoice machine={machine} chosen={draft.value.station} choose={station => set({ station })} />
      )}
      <footer class="card__foot">
        <button type="submit" class="button button--main card__main" disabled={missing !== null}>
          {missing ?? text.form.save}
        </button>
      </footer>
    </form>
  );
}

interface ChoiceParts {
  desk: StationDesk;
  draft: Draft;
  set: (part: Partial<Draft>) => void;
}

/** By typing, which finds on the list, or by tapping: those that called already, and those that were here lately. */
function MachineChoice({ desk, draft, set }: ChoiceParts) {
  const text = stationWords.value.form;
  const typed = draft.machine === null ? draft.plate.trim() : '';
  const found = useFoundMachines(typed);
  const open = desk.open.value;
  const called = open.filter(repair => repair.source === 'cab' && repair.startedAt === null).slice(0, 6);
  const recent = (desk.about.value?.recent ?? []).filter(card => !open.some(repair => repair.machine === card.id)).slice(0, 8);
  const choose = ({ id, plate, operatorName, kind }: MachineCard) => set({ machine: id, plate, operatorName, kind });
  return (
    <>
      <input
        class="station__input"
        name="plate"
        maxLength={20}
        autocomplete="off"
        autocapitalize="characters"
        placeholder={text.platePlaceholder}
        aria-label={text.plate}
        value={draft.plate}
        onInput={event => set({ machine: null, operatorName: null, kind: null, plate: event.currentTarget.value })}
      />
      {typed !== '' && found.length > 0 && <Chips name={text.found} machines={found} chosen={draft.machine} choose={choose} />}
      {typed !== '' && found.length === 0 && <p class="muted">{text.free}</p>}
      {typed === '' && called.length > 0 && <CalledChips repairs={called} />}
      {typed === '' && recent.length > 0 && <Chips name={text.recent} machines={recent} chosen={draft.machine} choose={choose} />}
    </>
  );
}

function Chips({ name, machines, chosen, choose }: ChipsParts) {
  return (
    <ChipGroup name={name}>
      {machines.map(card => (
        <button type="button" class="chips__one" aria-pressed={chosen === card.id} key={card.id} onClick={() => choose(card)}>
          <b>
            <bdi>{card.plate || card.id}</bdi>
          </b>
          {card.operatorName && <small>{card.operatorName}</small>}
        </button>
      ))}
    </ChipGroup>
  );
}

/** On a phone one line that is pushed sideways, so that the pictures of the faults stay in sight. */
const ChipGroup = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="chips__group">
    <span class="muted">{name}</span>
    <div class="chips">{children}</div>
  </div>
);

interface ChipsParts {
  name: string;
  machines: readonly MachineCard[];
  chosen: string | null;
  choose: (card: MachineCard) => void;
}

/** A machine that called has its repair already: tapping it opens that one. */
function CalledChips({ repairs }: { repairs: readonly RepairShown[] }) {
  return (
    <ChipGroup name={stationWords.value.form.called}>
      {repairs.map(repair => (
        <button
          type="button"
          class="chips__one chips__one--called"
          key={repair.id}
          onClick={() => show({ card: { kind: 'repair', id: repair.id } }, 'replace')}
        >
          <FaultIcon fault={repair.fault} size={22} />
          <b>
            <bdi>{repair.plate}</bdi>
          </b>
          <small>{faultWords.value[repair.fault]}</small>
        </button>
      ))}
    </ChipGroup>
  );
}

/** Whoever is of no station says for which it is. */
function StationChoice({ desk, draft, set }: ChoiceParts) {
  const text = stationWords.value.form;
  return (
    <label class="times__row">
      <span>{text.station}</span>
      <select
        class="select station__input"
        value={draft.station ?? ''}
        onChange={event => set({ station: event.currentTarget.value || null })}
      >
        <option value="">{text.nearest}</option>
        {desk.about.value?.stations.map(station => (
          <option key={station.id} value={station.id}>
            {station.name}
          </option>
        ))}
      </select>
    </label>
  );
}
