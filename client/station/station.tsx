import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PageParts } from '../app.tsx';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { count } from '../state/format.ts';
import { show, shown } from './address.ts';
import { ClosedList } from './closed-list.tsx';
import { NewRepair } from './new-repair.tsx';
import { Queue } from './queue.tsx';
import { RepairCard } from './repair-card.tsx';
import { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';
import { SyncState } from './sync-state.tsx';
import './station.css';

/** A service station's day: who waits, the card of one repair beside it, and what is done. */
export function Station({ session }: PageParts) {
  const desk = useSignal<StationDesk | null>(null);
  useEffect(() => {
    let stop: (() => void) | null = null;
    let isGone = false;
    void StationDesk.start(session).then(started => {
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
      {at ? <Columns desk={at} /> : <Quiet>{words.value.loading}</Quiet>}
    </OfficePage>
  );
}

function Tools({ desk }: { desk: StationDesk }) {
  return (
    <>
      <SyncState desk={desk} />
      <button type="button" class="button button--main station__new" onClick={() => show({ list: 'open', card: { kind: 'new' } })}>
        ＋ {stationWords.value.newRepair}
      </button>
    </>
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
  if (isEmpty && failed) return <Failure code={failed} retry={() => void desk.reload()} />;
  if (isEmpty) return <Quiet>{desk.isLoaded.value ? stationWords.value.nothingOpen : words.value.loading}</Quiet>;
  return <Queue desk={desk} repairs={desk.open.value} />;
}
