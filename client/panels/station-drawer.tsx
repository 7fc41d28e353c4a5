import { useEffect } from 'preact/hooks';
import { lastStep } from '../../shared/repair-steps.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { StationLoad, Team } from '../../shared/station-load.ts';
import { openDrawer } from '../connection/address.ts';
import { useLoaded } from '../connection/answer.ts';
import { ask } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { nameOf } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import type { Desk } from '../state/desk.ts';
import { count } from '../state/format.ts';
import { bayWords } from '../station/bay-words.ts';
import { overdueText } from '../station/stage-part.tsx';
import { Drawer } from './drawer.tsx';
import { Fact, Facts } from './facts.tsx';
import { Awaited } from './message.tsx';

type Repairs = RouteOutput<'listRepairs'>['repairs'];

interface StationDrawerParts {
  id: string;
  /** Rises when some repair changed: ask again. */
  changes: number;
  now: number;
  desk: Desk;
}

/** One station as a dispatcher sees it: how busy, what is missing, who could drive out, and what waits there. */
export function StationDrawer({ id, changes, now, desk }: StationDrawerParts) {
  const answer = useLoaded(signal => loadStation(id, signal), `station ${id}`).value;
  useEffect(() => {
    if (answer.state === 'ready') answer.reload();
  }, [changes]);
  const title = answer.state === 'ready' ? (answer.value.load?.name ?? id) : bayWords.value.whichStation;
  return (
    <Drawer title={title}>
      <Awaited answer={answer}>
        {({ load, teams, repairs }) => (
          <>
            {load && <LoadFacts load={load} />}
            <TeamRows teams={teams} repairs={repairs} />
            <RepairRows repairs={repairs} now={now} desk={desk} />
          </>
        )}
      </Awaited>
    </Drawer>
  );
}

async function loadStation(station: string, signal: AbortSignal) {
  const [{ stations }, { teams }, { repairs }] = await Promise.all([
    ask('stationLoads', { station }, { signal }),
    ask('teams', { station }, { signal }),
    ask('listRepairs', { station }, { signal }),
  ]);
  return { load: stations.at(0) ?? null, teams, repairs };
}

function LoadFacts({ load }: { load: StationLoad }) {
  const text = bayWords.value.drawer;
  const missing = load.partsMissing;
  return (
    <Facts>
      <Fact name={text.open} note={text.ofThem(count(load.waiting), count(load.waitingParts))}>
        {count(load.open)}
      </Fact>
      <Fact name={text.overdue}>{load.overdue > 0 ? `! ${count(load.overdue)}` : '0'}</Fact>
      <Fact name={text.mean} note={text.returned(count(load.returned))}>
        {load.meanReturnH === null ? bayWords.value.load.noMean : text.hours(String(load.meanReturnH))}
      </Fact>
      <Fact name={text.missing} note={missing.join('、')}>
        {missing.length > 0 ? `! ${count(missing.length)}` : text.nothingMissing}
      </Fact>
      <Fact name={text.diesel}>{load.fuelL === null ? text.notKept : bayWords.value.fuel.litres(count(load.fuelL))}</Fact>
    </Facts>
  );
}

/** Where a team is follows from the repair that it is at. */
function TeamRows({ teams, repairs }: { teams: readonly Team[]; repairs: Repairs }) {
  const text = bayWords.value;
  const atWork = (team: Team) =>
    repairs.find(({ team: name, steps }) => name === team.name && ['onWay', 'diagnosing', 'repaired'].includes(lastStep(steps).stage));
  return (
    <>
      <h3>{text.teams.title}</h3>
      {teams.length === 0 && <p class="muted">{text.teams.none}</p>}
      <ul class="plain-list">
        {teams.map(team => {
          const out = atWork(team);
          return (
            <li key={team.id} class="row row--plain" data-team={team.name}>
              <span>
                <b>{team.name}</b> <bdi class="muted">{[team.people, team.phone].filter(Boolean).join(' · ')}</bdi>
              </span>
              {out ? (
                <button type="button" class="link" onClick={() => openDrawer({ kind: 'repair', id: out.id })}>
                  {text.near.busy} · {out.plate}
                </button>
              ) : (
                <span class="muted">{text.teams.free}</span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function RepairRows({ repairs, now, desk }: { repairs: Repairs; now: number; desk: Desk }) {
  const text = bayWords.value.drawer;
  const unitOf = (code: string | null) => (code === null ? undefined : desk.divisions.get(code));
  return (
    <>
      <h3>{text.repairs}</h3>
      {repairs.length === 0 && <p class="muted">{text.noRepairs}</p>}
      <ul class="plain-list">
        {repairs.map(repair => {
          const late = overdueText(repair, now);
          const unit = unitOf(repair.division);
          return (
            <li key={repair.id}>
              <button type="button" class="row row--plain" onClick={() => openDrawer({ kind: 'repair', id: repair.id })}>
                <span>
                  <b>
                    <bdi>{repair.plate}</bdi>
                  </b>{' '}
                  {faultWords.value[repair.fault]}
                </span>
                <span class={late ? '' : 'muted'}>
                  {repairWords.value.stages[lastStep(repair.steps).stage]} · {late ? `! ${late}` : whenText(repair.calledAt, now)}
                  {unit && ` · ${nameOf(unit)}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
