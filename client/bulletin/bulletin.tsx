import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BulletinDraft, BulletinUnit } from '../../shared/bulletin.ts';
import { isAllowed, permissions } from '../../shared/permissions.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { shortDay } from '../language/dates.ts';
import { nameOf } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { Segments } from '../panels/segments.tsx';
import { MissingTab } from './missing-tab.tsx';
import { RankingTab } from './ranking-tab.tsx';
import { ScreensTab } from './screens-tab.tsx';
import { TodayTab } from './today-tab.tsx';
import { WeekTab } from './week-tab.tsx';
import { bulletinWords } from './words.ts';
import '../style/panel.css';
import './bulletin.css';

const EVERY_MS = 5_000;
const tabs = ['today', 'missing', 'week', 'ranking', 'screen'] as const;
type Tab = (typeof tabs)[number];

/** Where the bulletin of 17:00 is written, issued and sent out. */
export function Bulletin({ session }: PageParts) {
  const text = bulletinWords.value;
  const tab = useSignal<Tab>('today');
  const division = useSignal<string | null>(null);
  const day = useSignal<string | null>(null);
  const units = useSignal<BulletinUnit[]>([]);
  const asked = { ...(division.value && { division: division.value }), ...(day.value && { day: day.value }) };
  const answer = useAnswer('bulletinDraft', asked, EVERY_MS).value;
  const draft = answer.state === 'ready' ? answer.value : null;
  useEffect(() => {
    // The first answer is of the person's own unit: it and those below it can be chosen from.
    if (draft && units.value.length === 0) units.value = [draft.content.total, ...draft.content.units];
  }, [draft]);
  // The first unit of the list is the person's own: for the city's dispatcher the city.
  const own = units.value[0];
  const maySetScreens = own?.level === 'city' && isAllowed(session, 'screen:write', { divisions: [own.code] });
  const mayWrite = permissions[session.role]['bulletin:write'] !== 'none';
  const openDay = (chosen: string) => {
    division.value ??= draft?.division ?? null;
    day.value = chosen;
    tab.value = 'today';
  };
  return (
    <OfficePage
      session={session}
      title={text.title}
      tools={
        draft && (
          <div class="bulletin__choice">
            <label>
              <span>{text.unit}</span>
              <select class="select" value={draft.division} onChange={event => (division.value = event.currentTarget.value)}>
                {units.value.map(unit => (
                  <option key={unit.code} value={unit.code}>
                    {nameOf(unit)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>{text.day}</span>
              <select class="select" value={draft.day} onChange={event => openDay(event.currentTarget.value)}>
                {draft.days.map((one, i) => (
                  <option key={one} value={one}>
                    {i === 0 ? text.running(shortDay(one)) : shortDay(one)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )
      }
    >
      <div class="bulletin">
        <div class="bulletin__tools">
          <Segments
            label={text.title}
            choices={tabs.filter(value => value !== 'screen' || maySetScreens).map(value => ({ value, name: tabName(value, draft) }))}
            chosen={tab.value}
            choose={choice => {
              tab.value = choice;
            }}
          />
        </div>
        <Awaited answer={answer}>
          {shown => (
            <>
              {tab.value === 'today' && (
                <TodayTab
                  key={`${shown.division}${shown.day}`}
                  draft={shown}
                  reload={answer.state === 'ready' ? answer.reload : () => undefined}
                  mayWrite={mayWrite}
                  openDay={openDay}
                  openMissing={() => {
                    tab.value = 'missing';
                  }}
                />
              )}
              {tab.value === 'missing' && <MissingTab division={shown.division} day={shown.day} mayRemind={mayWrite} />}
              {tab.value === 'week' && <WeekTab division={shown.division} day={shown.day} isCity={shown.content.total.level === 'city'} />}
              {tab.value === 'screen' && <ScreensTab />}
              {tab.value === 'ranking' && <RankingTab content={shown.content} />}
            </>
          )}
        </Awaited>
      </div>
    </OfficePage>
  );
}

function tabName(tab: Tab, draft: BulletinDraft | null): string {
  const name = bulletinWords.value.tabs[tab];
  return tab === 'missing' && draft && draft.reports.missing > 0 ? `${name} ${draft.reports.missing}` : name;
}
