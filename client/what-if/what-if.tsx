import { useSignal } from '@preact/signals';
import type { NothingCode, WhatIf as Scenario } from '../../shared/advice.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { dayOf } from '../../shared/season.ts';
import { seasonTime } from '../../shared/season-time.ts';
import { adviceWords } from '../advice/words.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { mu } from '../state/format.ts';
import { ResultTable } from './result-table.tsx';
import { isNothing, nothingSupposed, type PresetName, withPreset } from './scenario.ts';
import { ScenarioForm } from './scenario-form.tsx';
import './what-if.css';
import { whatIfWords } from './words.ts';

/** A copy of today on which something else is supposed. */
export function WhatIf({ session, welcome }: PageParts) {
  const places = useAnswer('places', {}).value;
  return (
    <OfficePage session={session} title={whatIfWords.value.title}>
      <Awaited answer={places}>
        {({ divisions }) => {
          const root = session.division ?? divisions.find(({ level }) => level === 'city')?.code;
          const own = divisions.find(({ code }) => code === root);
          if (!own) return <Quiet>{whatIfWords.value.empty}</Quiet>;
          const counties = divisions.filter(({ parent }) => parent === own.code && own.level === 'city');
          const units = [{ code: own.code, name: own.level === 'city' ? whatIfWords.value.city : own.name }, ...counties];
          return <Desk units={units} today={dayOf(seasonTime(welcome.clock, Date.now()))} isCity={own.level === 'city'} />;
        }}
      </Awaited>
    </OfficePage>
  );
}

function Desk({ units, today, isCity }: { units: readonly { code: string; name: string }[]; today: string; isCity: boolean }) {
  const text = whatIfWords.value;
  const scenario = useSignal<Scenario>(nothingSupposed);
  const result = useSignal<RouteOutput<'whatIf'> | null>(null);
  const busy = useSignal(false);
  const isAdopted = useSignal(false);
  const failed = useSignal<RequestFailed | null>(null);
  const guarded = async (work: () => Promise<void>) => {
    busy.value = true;
    failed.value = null;
    isAdopted.value = false;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
    } finally {
      busy.value = false;
    }
  };
  const run = () =>
    guarded(async () => {
      result.value = await ask('whatIf', {}, { body: scenario.value });
    });
  const adopt = () =>
    guarded(async () => {
      await ask('adoptWhatIf', {}, { body: scenario.value });
      isAdopted.value = true;
    });
  const clear = () => {
    scenario.value = nothingSupposed;
    result.value = null;
    failed.value = null;
    isAdopted.value = false;
  };
  return (
    <>
      <p class="muted">{text.intro}</p>
      <div class="what-if__presets">
        {(Object.keys(text.presets) as PresetName[]).map(name => (
          <button
            key={name}
            type="button"
            class="button"
            onClick={() => {
              scenario.value = withPreset(scenario.value, name, { city: units[0].code, today });
            }}
          >
            {text.presets[name]}
          </button>
        ))}
      </div>
      <ScenarioForm scenario={scenario} units={units} today={today} />
      <div class="what-if__acts">
        <button type="button" class="button button--main" disabled={busy.value || isNothing(scenario.value)} onClick={() => void run()}>
          {text.run}
        </button>
        <button type="button" class="button" disabled={busy.value} onClick={clear}>
          {text.clear}
        </button>
        {isCity && result.value?.moves && result.value.moves.moves.length > 0 && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void adopt()}>
            {text.adopt}
          </button>
        )}
      </div>
      {busy.value && (
        <p class="note" role="status">
          <progress /> {text.running}
        </p>
      )}
      {failed.value && (
        <p class="note note--late" role="alert">
          {failureText(failed.value)}
        </p>
      )}
      {isAdopted.value && (
        <p class="note" role="status">
          {text.adopted} <a href="/board">{text.toBoard}</a>
        </p>
      )}
      {!result.value && isNothing(scenario.value) && <Quiet>{text.none}</Quiet>}
      {result.value && <Result result={result.value} />}
    </>
  );
}

function Result({ result: { units, moves } }: { result: RouteOutput<'whatIf'> }) {
  const text = whatIfWords.value;
  if (units.length === 0) return <Quiet>{text.empty}</Quiet>;
  const sent = moves?.moves ?? [];
  const km = sent.reduce((sum, move) => sum + move.machines * move.km, 0);
  return (
    <>
      {moves && (
        <p>
          {text.moves(
            sent.reduce((sum, { machines }) => sum + machines, 0),
            mu(km),
          )}
        </p>
      )}
      <ResultTable units={units} />
    </>
  );
}

function failureText(failed: RequestFailed): string {
  const text = whatIfWords.value;
  const nothing = adviceWords.value.nothing[failed.field as NothingCode];
  if (failed.code === 'conflict' && nothing) return text.nothing + nothing;
  return failed.code === 'invalid' ? text.failed + failed.message : words.value.problems[failed.code];
}
