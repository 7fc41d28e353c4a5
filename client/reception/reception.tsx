import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PageParts } from '../app.tsx';
import { keepShell } from '../cab/shell.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { count } from '../state/format.ts';
import { show, shown, type Tab, tabs } from './address.ts';
import { Arrivals } from './arrivals.tsx';
import { ReceptionDesk } from './desk.ts';
import { PermitsTab } from './permits-tab.tsx';
import { SafetyTab } from './safety-tab.tsx';
import { ReceptionSync } from './sync.tsx';
import { Visits } from './visits.tsx';
import { receptionWords } from './words.ts';
import './reception.css';

/** Machines from elsewhere at a station or in a division, permits for our own that go out, safety and training. */
export function Reception({ session, welcome }: PageParts) {
  const started = useSignal<ReceptionDesk | null>(null);
  useEffect(() => {
    keepShell('/reception');
    let stop: (() => void) | null = null;
    let isGone = false;
    void ReceptionDesk.start(session, welcome).then(all => {
      if (isGone) return all.stop();
      stop = all.stop;
      started.value = all.desk;
    });
    return () => {
      isGone = true;
      stop?.();
    };
  }, [session]);
  const text = receptionWords.value;
  const desk = started.value;
  if (session.role === 'station' && session.station === null)
    return (
      <OfficePage session={session} title={text.title}>
        <Quiet>{text.noStation}</Quiet>
      </OfficePage>
    );
  const station = desk?.day.value?.station?.name;
  return (
    <OfficePage session={session} title={station ?? text.title} tools={desk && <ReceptionSync desk={desk} />}>
      {desk ? <Tabs desk={desk} /> : <Quiet>{words.value.loading}</Quiet>}
    </OfficePage>
  );
}

function Tabs({ desk }: { desk: ReceptionDesk }) {
  const text = receptionWords.value;
  const { tab } = shown.value;
  const day = desk.day.value;
  const strip = useRef<HTMLDivElement>(null);
  // On a phone the strip is wider than the screen: the tab that is open stands in its middle.
  useEffect(() => {
    const [all, chosen] = [strip.current, strip.current?.querySelector('[aria-selected="true"]')];
    if (!all || !chosen) return;
    const [outer, inner] = [all.getBoundingClientRect(), chosen.getBoundingClientRect()];
    all.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }, [tab]);
  const counted: Partial<Record<Tab, number>> = day ? { arrivals: day.awaited.length, present: day.present.length } : {};
  return (
    <div class="reception">
      <div class="reception__tabs" role="tablist" ref={strip}>
        {tabs.map(one => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} onClick={() => show({ tab: one, card: null })}>
            {text.tabs[one]} {counted[one] !== undefined && <b>{count(counted[one])}</b>}
          </button>
        ))}
      </div>
      <Body desk={desk} tab={tab} />
    </div>
  );
}

function Body({ desk, tab }: { desk: ReceptionDesk; tab: Tab }) {
  if (tab === 'permits') return <PermitsTab desk={desk} />;
  if (tab === 'safety') return <SafetyTab desk={desk} />;
  const failed = desk.failed.value;
  if (desk.day.value === null)
    return failed ? <Failure code={failed} retry={() => void desk.reload()} /> : <Quiet>{words.value.loading}</Quiet>;
  return tab === 'arrivals' ? <Arrivals desk={desk} day={desk.day.value} /> : <Visits desk={desk} day={desk.day.value} which={tab} />;
}
