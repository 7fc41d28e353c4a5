import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { UnitNow } from '../../shared/progress.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { daysLeft, type Operation, operations, type Season } from '../../shared/season.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { openLive } from '../connection/live.ts';
import { dayName, shortDay } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { DataLine } from '../panels/data-line.tsx';
import { Lateness, ProgressBar } from '../panels/progress-bar.tsx';
import { count, percent, timeWithSeconds } from '../state/format.ts';
import { linkState } from '../state/link-state.ts';
import { childrenOf } from '../state/live-view.ts';
import { ranked } from '../state/ranking.ts';
import { seasonNow } from '../state/season-now.ts';
import { CountyMap } from './county-map.tsx';
import { screenWords } from './words.ts';
import '../style/panel.css';
import '../style/map.css';
import './screen.css';

type Places = RouteOutput<'places'>;
const SIZE = { width: 1920, height: 1080 };
const AGAIN_MS = 3_000;
/** A screen on a wall has nobody to press a button: it starts over by itself, for ever. */
const START_OVER_MS = 30_000;
const noFields = { onStages: () => undefined, onChange: () => undefined, onReshape: () => undefined };

/** The wall: read only, by a token in the address's fragment, which is never sent with a request for a page. */
export function Screen() {
  const token = location.hash.slice(1);
  const places = useSignal<Places | null>(null);
  const problem = useSignal<'refused' | null>(null);
  useEffect(() => {
    document.documentElement.dataset.skin = 'night';
    const anotherToken = () => location.reload();
    window.addEventListener('hashchange', anotherToken);
    return () => window.removeEventListener('hashchange', anotherToken);
  }, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      try {
        places.value = await ask('places', {}, { token });
      } catch (cause) {
        if (!(cause instanceof RequestFailed)) throw cause;
        const isRefused = cause.code === 'unauthenticated' || cause.code === 'forbidden';
        problem.value = isRefused ? 'refused' : null;
        timer = setTimeout(load, isRefused ? START_OVER_MS : AGAIN_MS);
      }
    };
    if (token !== '') void load();
    return () => clearTimeout(timer);
  }, [token]);
  const text = screenWords.value;
  const city = places.value?.divisions.find(({ level }) => level === 'city');
  if (token === '') return <Scaled>{<p class="wall__message">{text.noToken}</p>}</Scaled>;
  if (!places.value || !city) {
    return <Scaled>{<p class="wall__message">{problem.value === 'refused' ? text.refused : text.connecting}</p>}</Scaled>;
  }
  return <Scaled>{<Wall token={token} places={places.value} root={city.code} />}</Scaled>;
}

/** 1920 × 1080 as a whole, as large as it fits. */
function Scaled({ children }: { children: preact.ComponentChildren }) {
  const scale = useSignal(1);
  useEffect(() => {
    const rescale = () => {
      scale.value = Math.min(window.innerWidth / SIZE.width, window.innerHeight / SIZE.height);
    };
    rescale();
    window.addEventListener('resize', rescale);
    return () => window.removeEventListener('resize', rescale);
  }, []);
  return (
    <div class="wall">
      <div class="wall__stage" style={{ transform: `translate(-50%, -50%) scale(${scale.value})` }}>
        {children}
      </div>
    </div>
  );
}

function Wall({ token, places, root }: { token: string; places: Places; root: string }) {
  const text = screenWords.value;
  const tick = useSignal(Date.now());
  const ended = useSignal(false);
  const live = useMemo(
    () =>
      openLive(root, noFields, {
        token,
        onSessionEnd: () => {
          ended.value = true;
          setTimeout(() => location.reload(), START_OVER_MS);
        },
      }),
    [token, root],
  );
  useEffect(() => {
    const timer = setInterval(() => {
      tick.value = Date.now();
    }, 500);
    return () => {
      clearInterval(timer);
      live.close();
    };
  }, [live]);
  const view = live.view.value;
  const unit = view?.units.get(root);
  if (ended.value) return <p class="wall__message">{text.refused}</p>;
  if (!view || !unit) return <p class="wall__message">{text.connecting}</p>;
  const link = live.link.value;
  const state = linkState(link, Math.max(tick.value, link.lastBeatAt ?? 0));
  const now = seasonNow(view.asOf, link.lastBeatAt ?? 0, live.clock.value?.speed ?? 1, tick.value);
  const silentS = Math.round((tick.value - (link.lastBeatAt ?? tick.value)) / 1000);
  return (
    <div class={`wall__grid wall__grid--${state}`}>
      <header class="wall__head">
        <h1>{text.title(nameOf(unit))}</h1>
        {view.season.demo && <span class="badge">{words.value.demo}</span>}
        <DataLine asOf={view.asOf} state={state} silentS={silentS} />
        <p class="wall__clock">
          {dayName(now)} <b>{timeWithSeconds(now)}</b>
        </p>
      </header>
      <div class="wall__city">
        {operations.map(operation => (
          <CityOperation key={operation} unit={unit} operation={operation} season={view.season} now={now} />
        ))}
        <dl class="wall__machines">
          {(['online', 'working', 'inRepair', 'registered'] as const).map(what => (
            <div key={what}>
              <dd>{count(unit.machines[what])}</dd>
              <dt>
                {text.machines} {text[what]}
              </dt>
            </div>
          ))}
        </dl>
      </div>
      <CountyMap places={places} units={view.units} />
      <Counties units={childrenOf(view, root)} />
      <footer class="wall__foot">{[view.season.name, places.source].filter(Boolean).join(' · ')}</footer>
    </div>
  );
}

function CityOperation({ unit, operation, season, now }: { unit: UnitNow; operation: Operation; season: Season; now: number }) {
  const text = screenWords.value;
  const of = unit[operation];
  const expected = of.lateBy === null ? null : of.expected;
  const area = operation === 'harvest' ? unit.plantedMu : unit.plannedMu;
  return (
    <section class="wall__operation">
      <h2>
        {words.value.operations[operation]}
        <span>{text.deadline(shortDay(season.deadline[operation]), words.value.daysLeft(daysLeft(season.deadline[operation], now)))}</span>
      </h2>
      <p class="wall__big">
        <b>{percent(of.progress)}</b>
        <Lateness lateBy={of.lateBy} />
      </p>
      <ProgressBar progress={of.progress} expected={expected} large />
      <dl class="wall__facts">
        <div>
          <dt>{text.expected}</dt>
          <dd>{percent(expected)}</dd>
        </div>
        <div>
          <dt>{words.value.rates[operation]}</dt>
          <dd>{percent(of.machineRate)}</dd>
        </div>
        <div>
          <dt>{text.today}</dt>
          <dd>{words.value.cityArea(of.todayMu)}</dd>
        </div>
        <div>
          <dt>
            {text.done[operation]} / {text.of[operation]}
          </dt>
          <dd>
            {words.value.cityArea(of.headlineMu)} / {words.value.cityArea(area)}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Counties({ units }: { units: readonly UnitNow[] }) {
  const text = screenWords.value;
  return (
    <section class="wall__counties">
      <h2>{text.counties}</h2>
      <ul>
        <li class="wall__columns">
          <span />
          {operations.map(operation => (
            <span key={operation}>{words.value.operations[operation]}</span>
          ))}
          <span>{words.value.operations.harvest} ▾▴</span>
        </li>
        {ranked(units, 'harvest', 'late')
          .slice(0, 16)
          .map(unit => (
            <li key={unit.code}>
              <span class="wall__name">{nameOf(unit)}</span>
              {operations.map(operation => (
                <span key={operation} class="wall__bar">
                  <ProgressBar
                    progress={unit[operation].progress}
                    expected={unit[operation].lateBy === null ? null : unit[operation].expected}
                  />
                  <i>{percent(unit[operation].progress)}</i>
                </span>
              ))}
              <Lateness lateBy={unit.harvest.lateBy} short />
            </li>
          ))}
      </ul>
    </section>
  );
}
