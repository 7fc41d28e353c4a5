import { useSignal } from '@preact/signals';
import { isAllowed, permissions } from '../../shared/permissions.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { useNews } from '../connection/news.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { Segments } from '../panels/segments.tsx';
import '../style/panel.css';
import { AlertsTab } from './alerts-tab.tsx';
import './notices.css';
import { NoticesTab } from './notices-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { WebhookTab } from './webhook-tab.tsx';
import { noticeWords } from './words.ts';

const tabs = ['alerts', 'notices', 'rules', 'webhook'] as const;
type Tab = (typeof tabs)[number];
type Division = RouteOutput<'places'>['divisions'][number];

/** `/notices#rules` opens a tab, `/notices?order=ID` a notice to the operator of an order. */
const tabAtStart = (): Tab =>
  new URLSearchParams(location.search).has('order') ? 'notices' : (tabs.find(tab => location.hash === `#${tab}`) ?? 'alerts');

/** What dispatchers must know, what operators must know, and the limits from which on the program speaks. */
export function Notices({ session }: PageParts) {
  const places = useAnswer('places', {}).value;
  return places.state === 'ready' ? (
    <NoticesOf session={session} divisions={places.value.divisions} />
  ) : (
    <OfficePage session={session} title={noticeWords.value.title}>
      <Awaited answer={places}>{() => null}</Awaited>
    </OfficePage>
  );
}

function NoticesOf({ session, divisions }: Pick<PageParts, 'session'> & { divisions: readonly Division[] }) {
  const text = noticeWords.value;
  const city = divisions.find(({ level }) => level === 'city')?.code ?? '';
  const own = session.division ?? city;
  const tab = useSignal(tabAtStart());
  const division = useSignal(own);
  const news = useNews(division.value).value;
  if (own === '')
    return (
      <OfficePage session={session} title={text.title}>
        <Quiet>{words.value.noUnitsYet}</Quiet>
      </OfficePage>
    );
  const names = new Map(divisions.map(unit => [unit.code, nameOf(unit)]));
  const unitName = (code: string) => names.get(code) ?? code;
  const units = divisions.filter(({ code, parent }) => code === own || parent === own);
  const parts = { division: division.value, unitName, news };
  const mayWrite = (action: 'alert:write' | 'webhook:write') => isAllowed(session, action, { divisions: [city] });
  const mayOpen = (one: Tab) => one !== 'webhook' || mayWrite('webhook:write');
  return (
    <OfficePage
      session={session}
      title={text.title}
      tools={
        <label class="notices__unit">
          <span>{text.unit}</span>
          <select
            class="select"
            value={division.value}
            onChange={event => {
              division.value = event.currentTarget.value;
            }}
          >
            {units.map(unit => (
              <option key={unit.code} value={unit.code}>
                {nameOf(unit)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <div class="notices__tabs">
        <Segments
          label={text.title}
          choices={tabs.filter(mayOpen).map(value => ({ value, name: text.tabs[value] }))}
          chosen={tab.value}
          choose={choice => {
            tab.value = choice;
          }}
        />
        {!news.isConnected && <span class="muted">{text.notLive}</span>}
      </div>
      {tab.value === 'alerts' && <AlertsTab {...parts} mayAcknowledge={permissions[session.role]['alert:write'] !== 'none'} />}
      {tab.value === 'notices' && <NoticesTab {...parts} />}
      {tab.value === 'webhook' && mayOpen('webhook') && <WebhookTab />}
      {tab.value === 'rules' && <RulesTab mayWrite={mayWrite('alert:write')} />}
    </OfficePage>
  );
}
