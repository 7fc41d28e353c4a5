import { useSignal } from '@preact/signals';
import { isAllowed } from '../../shared/permissions.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { seasonTime } from '../../shared/season-time.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { Segments } from '../panels/segments.tsx';
import { BeforeRainTab } from './before-rain.tsx';
import { ChainTab } from './chain.tsx';
import { RainGrid } from './rain-grid.tsx';
import { ReplayTab } from './replay.tsx';
import { weatherWords } from './words.ts';
import '../style/drawer.css';
import '../style/panel.css';
import '../forecast/forecast.css';
import './weather.css';

const tabs = ['grid', 'beforeRain', 'replay', 'chain'] as const;
type Tab = (typeof tabs)[number];

const tabOf = (hash: string): Tab => tabs.find(name => hash === `#${name}`) ?? 'grid';

/** The outlook, and what follows from it: what to cut before the rain, how good forecasts were, what waits for its seed. */
export function Weather({ session, welcome }: PageParts) {
  const text = weatherWords.value;
  const tab = useSignal<Tab>(tabOf(location.hash));
  const operation = useSignal<Operation>('harvest');
  const chosen = useSignal<string | null>(null);
  const places = useAnswer('places', {}).value;
  return (
    <OfficePage session={session} title={text.title}>
      <div class="weather">
        <Segments
          label={text.title}
          choices={tabs.map(value => ({ value, name: text.tabs[value] }))}
          chosen={tab.value}
          choose={value => {
            tab.value = value;
            history.replaceState(null, '', `#${value}`);
          }}
        />
        {tab.value === 'grid' && <RainGrid />}
        {tab.value !== 'grid' && (
          <Awaited answer={places}>
            {({ divisions }) => {
              const byCode = new Map(divisions.map(division => [division.code, division]));
              const city = divisions.find(({ level }) => level === 'city');
              const chainOf = (code: string): string[] => {
                const parent = byCode.get(code)?.parent;
                return parent ? [code, ...chainOf(parent)] : [code];
              };
              const units = divisions.filter(
                ({ code, level }) =>
                  (level !== 'town' || code === session.division) && isAllowed(session, 'forecast:read', { divisions: chainOf(code) }),
              );
              const division = chosen.value ?? session.division ?? city?.code ?? '';
              const nameOfUnit = (code: string) => {
                const unit = byCode.get(code);
                return unit ? nameOf(unit) : code;
              };
              if (division === '') return <Quiet>{words.value.noUnitsYet}</Quiet>;
              return (
                <>
                  <div class="weather-tools">
                    <label>
                      {text.unit}{' '}
                      <select
                        class="select"
                        value={division}
                        onChange={event => {
                          chosen.value = event.currentTarget.value;
                        }}
                      >
                        {units.map(unit => (
                          <option key={unit.code} value={unit.code}>
                            {nameOf(unit)}
                          </option>
                        ))}
                      </select>
                    </label>
                    {tab.value === 'replay' && (
                      <Segments
                        label={text.tabs.replay}
                        choices={operations.map(value => ({ value, name: words.value.operations[value] }))}
                        chosen={operation.value}
                        choose={value => {
                          operation.value = value;
                        }}
                      />
                    )}
                  </div>
                  {tab.value === 'beforeRain' && <BeforeRainTab division={division} nameOfUnit={nameOfUnit} />}
                  {tab.value === 'chain' && <ChainTab division={division} nameOfUnit={nameOfUnit} />}
                  {tab.value === 'replay' && welcome.season && (
                    <ReplayTab
                      division={division}
                      operation={operation.value}
                      now={Math.min(seasonTime(welcome.clock, Date.now()), welcome.season.closedAt ?? Number.POSITIVE_INFINITY)}
                      firstDay={welcome.season.firstDay[operation.value]}
                    />
                  )}
                </>
              );
            }}
          </Awaited>
        )}
      </div>
    </OfficePage>
  );
}
