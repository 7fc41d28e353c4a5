import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PageParts } from '../app.tsx';
import { keepShell } from '../cab/shell.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { count } from '../state/format.ts';
import { type List, show, shown } from './address.ts';
import { bayWords } from './bay-words.ts';
import { CarePage } from './care-page.tsx';
import { ClosedList } from './closed-list.tsx';
import { useCopied } from './copied.ts';
import { FuelPage } from './fuel-page.tsx';
import { JoinedNote } from './joined-note.tsx';
import { LoadLine } from './load-line.tsx';
import { NewRepair } from './new-repair.tsx';
import { Queue } from './queue.tsx';
import { RepairCard } from './repair-card.tsx';
import { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';
import { StockPage } from './stock-page.tsx';
import { SyncState } from './sync-state.tsx';
import { TeamsPage } from './teams-page.tsx';
import './station.css';

/** A service station's day: who waits, the card of one repair beside it, and what is done. */
export function Station({ session, welcome }: PageParts) {
  const desk = useSignal<StationDesk | null>(null);
  useEffect(() => keepShell('/station'), []);
  useEffect(() => {
    let stop: (() => void) | null = null;
    let isGone = false;
    void StationDesk.start(session, welcome.clock.speed).then(started => {
      if (isGone) return started.stop();
      stop = started.stop;
      desk.value = started.desk;
    });
    return () => {
      isGone = true;
      stop?.();
    };
  }, [session]);
  const text = stationWords.value;
  if (session.role === 'station' && session.station === null)
    return (
      <OfficePage session={session} title={text.title}>
        <Quiet>{text.noStation}</Quiet>
      </OfficePage>
    );
  const at = desk.value;
  return (
    <OfficePage session={session} title={at?.about.value?.station?.name ?? text.title} tools={at && <Tools desk={at} />}>
      {at ? <Bay desk={at} /> : <Quiet>{words.value.loading}</Quiet>}
    </OfficePage>
  );
}

function Tools({ desk }: { desk: StationDesk }) {
  return (
    <>
      <SyncState desk={desk} />
      {shown.value.card?.kind !== 'new' && (
        <button type="button" class="button button--main station__new" onClick={() => show({ list: 'open', card: { kind: 'new' } })}>
          ＋ {stationWords.value.newRepair}
        </button>
      )}
    </>
  );
}

/** Repairs, parts, fuel, care, teams: one at a time, the station's load above them. Who is of no station chooses one for all but repairs. */
function Bay({ desk }: { desk: StationDesk }) {
  const { list } = shown.value;
  const chosen = useSignal<string | null>(null);
  const station = desk.station ?? chosen.value;
  const isRepairs = list === 'open' || list === 'closed';
  return (
    <>
      <div class="segments bay__tabs" role="tablist">
        {(['open', 'stock', 'fuel', 'care', 'teams'] as const).map(one => (
          <Tab
            key={one}
            chosen={one === list || (one === 'open' && isRepairs)}
            name={bayWords.value.tabs[one]}
            choose={() => show({ list: one, card: null })}
          />
        ))}
      </div>
      {desk.station !== null && <OwnLoad desk={desk} station={desk.station} />}
      <JoinedNote desk={desk} />
      {isRepairs && <Columns desk={desk} />}
      {!isRepairs && desk.station === null && <StationSelect desk={desk} chosen={chosen.value} choose={id => (chosen.value = id)} />}
      {!isRepairs && (
        <section class="station__list bay__sheet">
          {station === null ? <Quiet>{bayWords.value.chooseStation}</Quiet> : <Sheet list={list} desk={desk} station={station} />}
        </section>
      )}
    </>
  );
}

function Sheet({ list, desk, station }: { list: List; desk: StationDesk; station: string }) {
  if (list === 'stock') return <StockPage key={station} desk={desk} station={station} />;
  if (list === 'fuel') return <FuelPage key={station} desk={desk} station={station} />;
  if (list === 'teams') return <TeamsPage key={station} desk={desk} station={station} />;
  return <CarePage key={station} desk={desk} station={station} />;
}

function OwnLoad({ desk, station }: { desk: StationDesk; station: string }) {
  const [load] = useCopied(desk, 'stationLoads', { station }).copied?.value.stations ?? [];
  return load ? <LoadLine load={load} /> : null;
}

function StationSelect({ desk, chosen, choose }: { desk: StationDesk; chosen: string | null; choose: (id: string | null) => void }) {
  return (
    <label class="times__row bay__station">
      <span>{bayWords.value.whichStation}</span>
      <select class="select station__input" value={chosen ?? ''} onChange={event => choose(event.currentTarget.value || null)}>
        <option value="">—</option>
        {desk.about.value?.stations.map(station => (
          <option key={station.id} value={station.id}>
            {station.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** On a tablet list and card side by side; on a phone whichever was opened last. */
function Columns({ desk }: { desk: StationDesk }) {
  const text = stationWords.value;
  const { list, card } = shown.value;
  return (
    <div class={`station ${card ? 'station--card' : ''}`}>
      <section class="station__list" aria-label={text.lists}>
        <div class="segments" role="tablist">
          <Tab chosen={list === 'open'} name={text.waiting(count(desk.open.value.length))} choose={() => show({ list: 'open' })} />
          <Tab chosen={list === 'closed'} name={text.closed} choose={() => show({ list: 'closed' })} />
        </div>
        {list === 'open' ? <OpenList desk={desk} /> : <ClosedList desk={desk} />}
      </section>
      <section class="station__card">
        {card === null && <p class="quiet station__hint">{text.nothingChosen}</p>}
        {card?.kind === 'new' && <NewRepair desk={desk} />}
        {card?.kind === 'repair' && <RepairCard key={card.id} id={card.id} desk={desk} />}
      </section>
    </div>
  );
}

function Tab({ chosen, name, choose }: { chosen: boolean; name: string; choose: () => void }) {
  return (
    <button type="button" role="tab" class="station__tab" aria-selected={chosen} onClick={choose}>
      {name}
    </button>
  );
}

function OpenList({ desk }: { desk: StationDesk }) {
  const failed = desk.failed.value;
  const isEmpty = desk.open.value.length === 0;
  // What was heard last holds until more is heard: that it is old stands above.
  if (isEmpty && failed && !desk.isLoaded.value) return <Failure code={failed} retry={() => void desk.reload()} />;
  if (isEmpty) return <Quiet>{desk.isLoaded.value ? stationWords.value.nothingOpen : words.value.loading}</Quiet>;
  return <Queue desk={desk} repairs={desk.open.value} />;
}
