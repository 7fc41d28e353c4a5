import { useSignal } from '@preact/signals';
import { permissions } from '../../shared/permissions.ts';
import { type Accident, type AccidentInput, accidentKinds, type RegisterName } from '../../shared/safety.ts';
import { useAnswer } from '../connection/answer.ts';
import { newId } from '../connection/new-id.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { Modal } from '../panels/modal.tsx';
import { ImportStep } from '../setup/import-step.tsx';
import '../setup/setup.css';
import { count, timeNear } from '../state/format.ts';
import { fieldText, instantOf } from '../state/local-time.ts';
import { Line } from './check-in.tsx';
import type { ReceptionDesk } from './desk.ts';
import { receptionWords } from './words.ts';

const REFRESH_MS = 15_000;

/** Accidents, and the two registers beside them. */
export function SafetyTab({ desk }: { desk: ReceptionDesk }) {
  return (
    <div class="reception__halves">
      <Accidents desk={desk} />
      <div>
        <Register desk={desk} name="trained" />
        <Register desk={desk} name="overhauled" />
      </div>
    </div>
  );
}

function Accidents({ desk }: { desk: ReceptionDesk }) {
  const text = receptionWords.value.safety;
  const q = useSignal('');
  const isAdding = useSignal(false);
  const answer = useAnswer('accidents', { q: q.value }, REFRESH_MS).value;
  const mayWrite = permissions[desk.session.role]['safety:write'] !== 'none';
  const unsent = desk.outgoing.acts.value.flatMap(act => (act.kind === 'accident' && act.refused === null ? [act.body] : []));
  const reload = answer.state === 'ready' ? answer.reload : () => undefined;
  return (
    <section class="reception__page">
      <h2>{text.accidents}</h2>
      <div class="reception__find">
        <input
          class="reception__input"
          type="search"
          placeholder={text.find}
          aria-label={text.find}
          value={q.value}
          onInput={event => (q.value = event.currentTarget.value)}
        />
        {mayWrite && (
          <button type="button" class="button button--main" onClick={() => (isAdding.value = !isAdding.value)}>
            {text.add}
          </button>
        )}
      </div>
      {isAdding.value && (
        <AccidentForm
          desk={desk}
          done={() => {
            isAdding.value = false;
            setTimeout(reload, 500);
          }}
        />
      )}
      <ul class="reception__rows">
        {unsent.map(one => (
          <AccidentRow key={one.id} accident={one} now={desk.now.value} isUnsent />
        ))}
      </ul>
      <Awaited answer={answer}>
        {({ accidents, asOf }) => (
          <>
            {accidents.length === 0 && unsent.length === 0 && <Quiet>{text.none}</Quiet>}
            <ul class="reception__rows">
              {accidents.map(one => (
                <AccidentRow key={one.id} accident={one} now={asOf} />
              ))}
            </ul>
          </>
        )}
      </Awaited>
    </section>
  );
}

function AccidentRow({
  accident,
  now,
  isUnsent = false,
}: {
  accident: AccidentInput & Partial<Accident>;
  now: number;
  isUnsent?: boolean;
}) {
  const text = receptionWords.value;
  return (
    <li class="reception__permit">
      <header>
        <b>{text.safety.kinds[accident.kind]}</b> {timeNear(accident.at, now)} · <bdi>{accident.place}</bdi> <bdi>{accident.plate}</bdi>
        <span class={`chip ${accident.injured + accident.dead > 0 ? 'chip--late' : ''}`}>
          {text.safety.casualties(accident.injured, accident.dead)}
        </span>
      </header>
      <p class="typed">{accident.what}</p>
      {accident.measures && <p class="typed muted">{accident.measures}</p>}
      <p class="muted">{isUnsent ? `◐ ${text.sync.unsent}` : accident.author}</p>
    </li>
  );
}

function AccidentForm({ desk, done }: { desk: ReceptionDesk; done: () => void }) {
  const text = receptionWords.value.safety;
  const day = desk.day.value;
  const division = day?.station?.division ?? desk.session.division ?? day?.stations[0]?.division ?? '410100';
  const draft = useSignal<Omit<AccidentInput, 'id'>>({
    ...{ at: desk.instant(), division, place: '', machine: null, plate: '', kind: 'road', injured: 0, dead: 0, what: '', measures: '' },
  });
  const set = (part: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    const id = newId();
    const { place, plate, what, measures } = draft.value;
    const plain = { place: place.trim(), plate: plate.trim(), what: what.trim(), measures: measures.trim() };
    await desk.outgoing.add({ kind: 'accident', id, body: { ...draft.value, ...plain, id } });
    done();
  };
  const number = (key: 'injured' | 'dead') => (
    <Line name={text[key]}>
      <input
        class="reception__input"
        type="number"
        min={0}
        max={999}
        value={draft.value[key]}
        onInput={event => set({ [key]: Math.min(999, Math.max(0, Math.round(Number(event.currentTarget.value) || 0))) })}
      />
    </Line>
  );
  const typed = (key: 'place' | 'plate', most: number) => (
    <Line name={text[key]}>
      <input
        class="reception__input"
        name={key}
        maxLength={most}
        required={key === 'place'}
        value={draft.value[key]}
        onInput={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  const story = (key: 'what' | 'measures') => (
    <Line name={text[key]}>
      <textarea
        class="reception__input"
        name={key}
        rows={3}
        maxLength={1000}
        required={key === 'what'}
        value={draft.value[key]}
        onInput={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  return (
    <form
      class="reception__form reception__sheet"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="reception__pair">
        <Line name={text.at}>
          <input
            class="reception__input"
            type="datetime-local"
            required
            value={fieldText(draft.value.at)}
            onChange={event => {
              const at = instantOf(event.currentTarget.value, null);
              if (at !== null) set({ at });
            }}
          />
        </Line>
        <Line name={text.kind}>
          <select
            class="reception__input"
            value={draft.value.kind}
            onChange={event => set({ kind: event.currentTarget.value as AccidentInput['kind'] })}
          >
            {accidentKinds.map(kind => (
              <option key={kind} value={kind}>
                {text.kinds[kind]}
              </option>
            ))}
          </select>
        </Line>
      </div>
      <div class="reception__pair">
        {typed('place', 80)}
        {typed('plate', 20)}
      </div>
      <div class="reception__pair">
        {number('injured')}
        {number('dead')}
      </div>
      {story('what')}
      {story('measures')}
      <button type="submit" class="button button--main reception__wide">
        {text.add}
      </button>
    </form>
  );
}

function Register({ desk, name }: { desk: ReceptionDesk; name: RegisterName }) {
  const text = receptionWords.value;
  const { columns } = text.safety;
  const q = useSignal('');
  const isImporting = useSignal(false);
  const answer = useAnswer('register', { register: name, q: q.value }).value;
  const mayPlan = permissions[desk.session.role]['arrival:plan'] !== 'none';
  return (
    <section class="reception__page">
      <h2>{text.safety[name]}</h2>
      <div class="reception__find">
        <input
          class="reception__input"
          type="search"
          placeholder={text.safety.find}
          aria-label={text.safety.find}
          value={q.value}
          onInput={event => (q.value = event.currentTarget.value)}
        />
        {mayPlan && (
          <button type="button" class="button" onClick={() => (isImporting.value = true)}>
            {text.importList}
          </button>
        )}
      </div>
      <Awaited answer={answer}>
        {({ total, trained, overhauled }) => (
          <>
            {total === 0 ? (
              <Quiet>{q.value === '' ? text.safety.nobody : text.nobodyFound}</Quiet>
            ) : (
              <p class="muted">{text.safety.total(count(total))}</p>
            )}
            {total > 0 && (
              <div class="reception__scroll">
                <table class="reception__table">
                  <thead>
                    <tr>
                      {(name === 'trained'
                        ? (['name', 'subject', 'day', 'phone'] as const)
                        : (['plate', 'owner', 'day', 'workshop'] as const)
                      ).map(column => (
                        <th key={column}>{columns[column]}</th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {trained.map(row => (
                      <Row key={row.id} cells={[row.name, row.subject, row.day, row.phone]} />
                    ))}
                    {overhauled.map(row => (
                      <Row key={row.id} cells={[row.plate, row.owner, row.day, row.workshop]} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Awaited>
      {isImporting.value && (
        <Modal title={text.importList} onClose={() => (isImporting.value = false)}>
          <ImportStep kind={name} applied={() => answer.state === 'ready' && answer.reload()} />
        </Modal>
      )}
    </section>
  );
}

const Row = ({ cells }: { cells: readonly string[] }) => (
  <tr>
    {cells.map((cell, i) => (
      <td key={`${i}${cell}`}>
        <bdi>{cell}</bdi>
      </td>
    ))}
  </tr>
);
