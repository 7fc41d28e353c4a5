import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { seasonTime } from '../../shared/season-time.ts';
import type { PageParts } from '../app.tsx';
import { ask, RequestFailed } from '../connection/http.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { RecomputeCity } from '../recompute/recompute.tsx';
import { tenThousandMu } from '../state/format.ts';
import { CloseSeason } from './close-season.tsx';
import { ClosedSeason } from './closed-season.tsx';
import { ImportStep } from './import-step.tsx';
import { SeasonForm } from './season-form.tsx';
import './setup.css';
import { setupWords } from './words.ts';

type State = RouteOutput<'setup'>;
const steps = ['season', 'units', 'outlines', 'machines', 'stations', 'fields', 'contracts', 'accounts'] as const;
type Step = (typeof steps)[number];

/** A real season from nothing: what is there, what comes next, and each step in its place. */
export function Setup({ session, welcome }: PageParts) {
  const state = useSignal<State | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const chosen = useSignal<Step | null>(null);
  const load = async () => {
    try {
      state.value = await ask('setup');
      failed.value = null;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  useEffect(() => void load(), []);
  const text = setupWords.value;
  const at = state.value;
  const now = seasonTime(welcome.clock, Date.now());
  return (
    <OfficePage session={session} title={text.title}>
      {failed.value && <Failure code={failed.value} retry={() => void load()} />}
      {!at && !failed.value && <Quiet>{words.value.loading}</Quiet>}
      {at && welcome.demo && <p class="note">{text.problems?.['the demonstration'] ?? words.value.demoExplained}</p>}
      {at?.season?.closedAt && <ClosedSeason season={at.season} now={now} />}
      {at && !at.season?.closedAt && (
        <>
          <p class="muted">{text.lead}</p>
          <ol class="setup">
            {steps.map((step, i) => {
              const isNext = step === nextOf(at);
              const isOpen = (chosen.value ?? nextOf(at)) === step;
              const mayOpen = step === 'season' || at.season !== null;
              return (
                <StepFrame
                  key={step}
                  number={i + 1}
                  title={titleOf(step)}
                  said={saidOf(step, at)}
                  isDone={isDone(step, at)}
                  isNext={isNext}
                  isOpen={isOpen}
                  toggle={mayOpen && !welcome.demo ? () => (chosen.value = isOpen ? ('' as Step) : step) : null}
                >
                  {step === 'season' && <SeasonForm key={at.season?.year} season={at.season} now={now} saved={load} />}
                  {step === 'accounts' && <Accounts />}
                  {step !== 'season' && step !== 'accounts' && (
                    <ImportStep
                      kind={step}
                      applied={() => {
                        chosen.value = step;
                        void load();
                      }}
                    />
                  )}
                </StepFrame>
              );
            })}
          </ol>
          {at.season && session.division === null && <RecomputeCity now={now} />}
          {at.season && !welcome.demo && <CloseSeason season={at.season} closed={load} />}
        </>
      )}
    </OfficePage>
  );
}

function Accounts() {
  const text = setupWords.value;
  return (
    <>
      <p>{text.accountsLead}</p>
      <p class="setup__buttons">
        <a class="button button--main" href="/accounts">
          {text.accountsGo}
        </a>
        <a class="button" href="/">
          {text.mapGo}
        </a>
      </p>
    </>
  );
}

interface StepParts {
  number: number;
  title: string;
  said: string;
  isDone: boolean;
  isNext: boolean;
  isOpen: boolean;
  /** Null: its turn has not come. */
  toggle: (() => void) | null;
  children: ComponentChildren;
}

function StepFrame({ number, title, said, isDone, isNext, isOpen, toggle, children }: StepParts) {
  const text = setupWords.value;
  return (
    <li class={`step ${isNext ? 'step--next' : ''}`}>
      <button type="button" class="step__head" aria-expanded={isOpen} disabled={toggle === null} onClick={() => toggle?.()}>
        <span class={`step__mark ${isDone ? 'step__mark--done' : ''}`} title={isDone ? text.done : text.todo}>
          {isDone ? '✓' : number}
        </span>
        <strong>{title}</strong>
        <span class="step__said">{said}</span>
        {isNext && <span class="chip chip--ahead">{text.next}</span>}
      </button>
      {isOpen && toggle && <div class="step__body">{children}</div>}
    </li>
  );
}

function titleOf(step: Step): string {
  const text = setupWords.value;
  return step === 'season' || step === 'accounts' ? text[step] : text.kinds[step].title;
}

function saidOf(
  step: Step,
  { season, units, plantedMu, plannedMu, machines, withTerminal, stations, fields, fieldsMu, contracts }: State,
): string {
  const { state } = setupWords.value;
  if (step === 'season' && season)
    return state.season(words.value.seasonName(season), shortDay(season.deadline.harvest), shortDay(season.deadline.sow));
  if (step === 'units' && units.city > 0) return state.units(units.county, units.town, tenThousandMu(plantedMu), tenThousandMu(plannedMu));
  if (step === 'outlines' && units.withOutline > 0) return state.outlines(units.withOutline);
  if (step === 'machines' && machines > 0) return state.machines(machines, withTerminal);
  if (step === 'stations' && stations > 0) return state.stations(stations);
  if (step === 'contracts' && contracts > 0) return state.contracts(contracts);
  if (step === 'fields' && fields > 0) return state.fields(fields, tenThousandMu(fieldsMu));
  return step === 'accounts' ? '' : state.nothing;
}

function isDone(step: Step, { season, units, machines, stations, fields, contracts }: State): boolean {
  return {
    season: season !== null,
    units: units.town > 0 && units.withArea > 0,
    outlines: units.withOutline > 0,
    machines: machines > 0,
    stations: stations > 0,
    contracts: contracts > 0,
    fields: fields > 0,
    accounts: false,
  }[step];
}

/** The outlines may be left out. */
const nextOf = (at: State): Step => steps.find(step => step !== 'outlines' && step !== 'contracts' && !isDone(step, at)) ?? 'accounts';
