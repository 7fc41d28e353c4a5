import { useSignal } from '@preact/signals';
import { permissions } from '../../shared/permissions.ts';
import { plainPlate } from '../../shared/plate.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { moveFocus } from '../panels/list-keys.ts';
import { Quiet } from '../panels/message.tsx';
import { Modal } from '../panels/modal.tsx';
import { ImportStep } from '../setup/import-step.tsx';
import '../setup/setup.css';
import { count } from '../state/format.ts';
import { show, shown } from './address.ts';
import { CheckInForm } from './check-in.tsx';
import type { ReceptionDesk } from './desk.ts';
import { plateIn } from './plate-in.ts';
import { canScan, Scan } from './scan.tsx';
import { VisitCard } from './visit-card.tsx';
import { receptionWords } from './words.ts';

type Day = RouteOutput<'reception'>;

/** Who is expected, found by a few characters of the plate; beside it the check-in. */
export function Arrivals({ desk, day }: { desk: ReceptionDesk; day: Day }) {
  const { card } = shown.value;
  const typed = useSignal('');
  const mayWrite = permissions[desk.session.role]['arrival:write'] !== 'none';
  const expected = card?.kind === 'expected' ? day.awaited.find(one => one.id === card.id) : undefined;
  return (
    <div class={`reception__columns ${card ? 'reception__columns--card' : ''}`}>
      <section class="reception__list">
        <Head desk={desk} typed={typed.value} set={plate => (typed.value = plate)} mayWrite={mayWrite} day={day} />
        <Awaited day={day} typed={typed.value} mayWrite={mayWrite} />
      </section>
      <section class="reception__card">
        {card === null && <p class="quiet reception__hint">{receptionWords.value.chooseOne}</p>}
        {card?.kind === 'new' && <CheckInForm key="new" desk={desk} day={day} plate={typed.value} />}
        {expected && <CheckInForm key={expected.id} desk={desk} day={day} expected={expected} plate={expected.plate} />}
        {card?.kind === 'visit' && <VisitCard key={card.id} desk={desk} id={card.id} />}
      </section>
    </div>
  );
}

interface HeadParts {
  desk: ReceptionDesk;
  day: Day;
  typed: string;
  set: (plate: string) => void;
  mayWrite: boolean;
}

function Head({ desk, day, typed, set, mayWrite }: HeadParts) {
  const text = receptionWords.value;
  const isScanning = useSignal(false);
  const isImporting = useSignal(false);
  const mayPlan = permissions[desk.session.role]['arrival:plan'] !== 'none';
  const { arrived, departed } = day.counts;
  return (
    <>
      <p class="reception__today">{text.today(count(arrived), count(departed), count(day.present.length))}</p>
      <div class="reception__find">
        <input
          class="reception__input"
          type="search"
          name="find"
          autocomplete="off"
          placeholder={text.find}
          aria-label={text.find}
          value={typed}
          onInput={event => set(plateIn(event.currentTarget.value) ?? event.currentTarget.value)}
        />
        {canScan && (
          <button type="button" class="button" onClick={() => (isScanning.value = true)}>
            {text.scan}
          </button>
        )}
      </div>
      <div class="reception__actions">
        {mayWrite && (
          <button type="button" class="button" onClick={() => show({ card: { kind: 'new' } })}>
            ＋ {typed.trim() === '' ? text.unexpected : text.checkInThis(typed.trim())}
          </button>
        )}
        {mayPlan && (
          <button type="button" class="button" onClick={() => (isImporting.value = true)}>
            {text.importList}
          </button>
        )}
      </div>
      {isScanning.value && (
        <Scan
          close={() => (isScanning.value = false)}
          onText={scanned => {
            set(plateIn(scanned) ?? scanned);
            isScanning.value = false;
          }}
        />
      )}
      {isImporting.value && (
        <Modal title={text.importList} onClose={() => (isImporting.value = false)}>
          <ImportStep kind="expected" applied={() => void desk.reload()} />
        </Modal>
      )}
    </>
  );
}

function Awaited({ day, typed, mayWrite }: { day: Day; typed: string; mayWrite: boolean }) {
  const text = receptionWords.value;
  const found = day.awaited.filter(({ plate }) => plainPlate(plate).includes(plainPlate(typed)));
  if (day.awaited.length === 0) return <Quiet>{text.nobodyAwaited}</Quiet>;
  if (found.length === 0) return <Quiet>{text.nobodyFound}</Quiet>;
  const { card } = shown.value;
  return (
    <ul class="reception__rows" onKeyDown={moveFocus}>
      {found.map(one => (
        <li key={one.id}>
          <button
            type="button"
            class="reception__row"
            aria-current={card?.kind === 'expected' && card.id === one.id}
            disabled={!mayWrite}
            onClick={() => show({ card: { kind: 'expected', id: one.id } })}
          >
            <b>
              <bdi>{one.plate}</bdi>
            </b>
            <span class="reception__when">
              {one.day < day.day ? <span class="chip chip--late">{text.overdue}</span> : text.expectedOn(shortDay(one.day))}
            </span>
            <span class="muted">{[words.value.kinds[one.kind], one.holder, one.origin].filter(Boolean).join(' · ')}</span>
            <span class="muted reception__when">{day.station ? text.people(one.crew) : one.stationName}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
