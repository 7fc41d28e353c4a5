import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { lastStep } from '../../shared/repair-steps.ts';
import { useAnswer } from '../connection/answer.ts';
import { RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';
import { Failure, Quiet } from '../panels/message.tsx';
import { repairState } from '../state/repair-state.ts';
import { show } from './address.ts';
import { EffortPart } from './effort-part.tsx';
import { FaultTiles } from './fault-tiles.tsx';
import { NearPart } from './near-part.tsx';
import { PastPart } from './past-part.tsx';
import { PhotoBar } from './photo-bar.tsx';
import { spanText } from './queue.tsx';
import { RepairNote } from './repair-note.tsx';
import { StagePart } from './stage-part.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';
import { TimeFields } from './time-fields.tsx';
import { TroubleNote } from './trouble-note.tsx';
import { UsedPart } from './used-part.tsx';

/** One repair, written on as the work goes; whatever is typed is kept at once and sent by itself. */
export function RepairCard({ id, desk }: { id: string; desk: StationDesk }) {
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const repair = desk.repairOf(id);
  const isKnown = repair !== undefined;
  useEffect(() => {
    if (isKnown) return;
    failed.value = null;
    desk.fetch(id).catch((cause: unknown) => {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    });
  }, [id, isKnown]);
  const text = stationWords.value;
  return (
    <article class="card">
      <header class="card__head">
        <button type="button" class="button card__back" onClick={() => show({ card: null })}>
          ← {text.back}
        </button>
        {repair && <Heading repair={repair} desk={desk} />}
      </header>
      {repair ? (
        <Content repair={repair} desk={desk} />
      ) : failed.value === 'forbidden' || failed.value === 'notFound' ? (
        <Quiet>{text.card.gone}</Quiet>
      ) : failed.value ? (
        <Failure code={failed.value} retry={() => void desk.reload()} />
      ) : (
        <Quiet>{words.value.loading}</Quiet>
      )}
    </article>
  );
}

function Heading({ repair, desk }: { repair: RepairShown; desk: StationDesk }) {
  const state = repairState(repair);
  const who = [repair.kind && words.value.kinds[repair.kind], repair.operatorName].filter(Boolean).join(' · ');
  return (
    <div class="card__title">
      <FaultIcon fault={repair.fault} size={44} />
      <div>
        <h2>
          <bdi>{repair.plate}</bdi>
        </h2>
        <p>
          {faultWords.value[repair.fault]} · {who || repairWords.value.notListed}
        </p>
      </div>
      <p class="card__state">
        <span class={`chip chip--${state}`}>{repairWords.value.stages[lastStep(repair.steps).stage]}</span>{' '}
        {spanText(repair, desk.now.value)}
      </p>
    </div>
  );
}

function Content({ repair, desk }: { repair: RepairShown; desk: StationDesk }) {
  const text = stationWords.value;
  const kept = desk.outgoing.keptOf(repair.id);
  /** The details were opened: who is near is worked out only then. */
  const isWide = useSignal(false);
  // What the changes are made on is what the server has, not what is shown.
  const base = kept?.base ?? desk.known.value.get(repair.id) ?? repair;
  const change = (changes: RepairChanges, isTyping = false) => void desk.outgoing.change(base, changes, isTyping);
  return (
    <>
      {kept?.trouble && <TroubleNote kept={kept} desk={desk} />}
      {repair.source === 'cab' && (
        <p class="muted">
          {repairWords.value.sources.cab} · <bdi>{repair.author}</bdi>
        </p>
      )}
      {repair.machine !== null && <PastPart repair={repair} machine={repair.machine} desk={desk} change={change} />}
      {repair.alsoLogged.map(one => (
        <p class="note" key={one.id}>
          {repairWords.value.alsoLogged(one.by, whenText(one.at, desk.now.value))} · {faultWords.value[one.fault]}
          {one.note && (
            <>
              {words.value.colon}
              <bdi class="typed">{one.note}</bdi>
            </>
          )}
        </p>
      ))}
      <MainButton repair={repair} change={change} now={desk.instant} />
      <StagePart repair={repair} now={desk.now.value} instant={desk.instant} change={change} />
      <TypedField name="note" label={repairWords.value.note} placeholder={text.card.notePlaceholder} repair={repair} change={change} />
      <TypedField name="parts" label={repairWords.value.parts} placeholder={text.card.partsPlaceholder} repair={repair} change={change} />
      {repair.station !== null && <UsedPart repair={repair} desk={desk} station={desk.station ?? repair.station} />}
      <EffortPart repair={repair} desk={desk} change={change} />
      <PhotoBar repair={repair} desk={desk} />
      <h3>{text.card.times}</h3>
      <TimeFields repair={repair} change={change} />
      <details
        class="card__more"
        onToggle={event => {
          if (event.currentTarget.open) isWide.value = true;
        }}
      >
        <summary>{text.card.details}</summary>
        <PlateField repair={repair} change={change} />
        <FaultTiles chosen={repair.fault} choose={fault => change({ fault })} />
        {repair.finishedAt === null && isWide.value && <HandOver repair={repair} desk={desk} change={change} />}
      </details>
      <button type="button" class="button card__print" onClick={() => print()}>
        {text.card.print}
      </button>
      <RepairNote repair={repair} desk={desk} />
    </>
  );
}

interface FieldParts {
  repair: RepairShown;
  change: (changes: RepairChanges, isTyping?: boolean) => void;
}

/** The one thing to do next, with the time of the tap. */
function MainButton({ repair, change, now }: FieldParts & { now: () => number }) {
  const text = stationWords.value.card;
  const state = repairState(repair);
  const tap = () => {
    const at = Math.max(now(), repair.startedAt ?? repair.calledAt);
    if (state === 'waiting') change({ startedAt: at });
    else change({ finishedAt: state === 'started' ? at : null });
  };
  const name = { waiting: text.start, started: text.finish, finished: text.reopen }[state];
  return (
    <button type="button" class={`button card__main ${state === 'finished' ? '' : 'button--main'}`} onClick={tap}>
      {name}
    </button>
  );
}

function TypedField({
  name,
  label,
  placeholder,
  repair,
  change,
}: FieldParts & { name: 'note' | 'parts'; label: string; placeholder: string }) {
  return (
    <label class="card__typed">
      <h3>{label}</h3>
      <textarea
        name={name}
        dir="auto"
        rows={2}
        maxLength={500}
        placeholder={placeholder}
        value={repair[name]}
        onInput={event => change({ [name]: event.currentTarget.value }, true)}
        onChange={event => change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

/** A plate that was typed wrong is put right; a listed machine is found by it on the server. */
function PlateField({ repair, change }: FieldParts) {
  return (
    <label class="times__row">
      <span>{repairWords.value.plate}</span>
      <input
        class="station__input"
        maxLength={20}
        value={repair.plate}
        onChange={event => {
          const plate = event.currentTarget.value.trim();
          if (plate === '') event.currentTarget.value = repair.plate;
          else change({ machine: null, plate });
        }}
      />
    </label>
  );
}

/** With a network the nearest ones with what they have to do; without one every station by name. */
function HandOver({ repair, desk, change }: FieldParts & { desk: StationDesk }) {
  const text = repairWords.value;
  const stations = desk.about.value?.stations.filter(station => station.id !== repair.station) ?? [];
  return (
    <>
      {desk.known.value.has(repair.id) && <Near repair={repair} desk={desk} change={change} />}
      {stations.length > 0 && (
        <label class="times__row">
          <span>{text.handOver}</span>
          <select class="select station__input" value="" onChange={event => change({ station: event.currentTarget.value })}>
            <option value="" disabled>
              {text.handOverTo}
            </option>
            {stations.map(station => (
              <option key={station.id} value={station.id}>
                {station.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function Near({ repair, desk, change }: FieldParts & { desk: StationDesk }) {
  const choices = useAnswer('repairChoices', { id: repair.id }).value;
  if (choices.state !== 'ready') return null;
  return (
    <NearPart
      repair={repair}
      choices={choices.value.choices}
      handOver={station => change({ station })}
      sendTeam={team => change({ team, addSteps: [{ stage: 'onWay', at: desk.instant() }] })}
    />
  );
}
