import type { RepairShown } from '../../shared/repair.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { useAnswer } from '../connection/answer.ts';
import { count } from '../state/format.ts';
import { bayWords } from './bay-words.ts';
import './near.css';

type Choice = RouteOutput<'repairChoices'>['choices'][number];

const awayText = ({ km, hours }: Pick<Choice, 'km' | 'hours'>): string => {
  const text = bayWords.value.near;
  return km === null || hours === null ? text.unknown : text.away(String(km), count(hours * 60));
};

/** Of a call that is being written down: which of the nearest stations it is for. Without a network the list of names above does. */
export function NearChoice({ machine, chosen, choose }: { machine: string; chosen: string | null; choose: (station: string) => void }) {
  const text = bayWords.value;
  const near = useAnswer('machineChoices', { id: machine }).value;
  if (near.state !== 'ready') return null;
  return (
    <section class="near near--choice" aria-label={text.near.nearest}>
      {near.value.choices.map(choice => (
        <button
          key={choice.station}
          type="button"
          class="near__choice"
          aria-pressed={chosen === choice.station}
          onClick={() => choose(choice.station)}
        >
          <b>{choice.name}</b>
          <StationLine choice={choice} />
          {choice.teams.map(team => (
            <small key={team.id}>
              {team.name} {team.isBusy ? text.near.busy : awayText(team)}
            </small>
          ))}
        </button>
      ))}
      <p class="muted">{text.near.estimated}</p>
    </section>
  );
}

function StationLine({ choice }: { choice: Choice }) {
  const text = bayWords.value;
  return (
    <small>
      {awayText(choice)} · {text.near.load(count(choice.open), count(choice.waiting))}
      {choice.partsMissing.length > 0 && ` · ${text.load.missing(count(choice.partsMissing.length))}`}
    </small>
  );
}

interface NearParts {
  repair: RepairShown;
  choices: readonly Choice[];
  handOver: (station: string) => void;
  /** Undefined where only the station may be chosen. */
  sendTeam?: (team: string) => void;
}

/** Who could take it: road km, time and load of the nearest stations, each with its mobile teams. */
export function NearPart({ repair, choices, handOver, sendTeam }: NearParts) {
  const text = bayWords.value;
  return (
    <section class="near">
      <h3>{text.near.title}</h3>
      <ul class="plain-list">
        {choices.map(choice => (
          <li key={choice.station} class="near__row">
            <span>
              <b>{choice.name}</b>
              <StationLine choice={choice} />
            </span>
            {choice.station !== repair.station && (
              <button type="button" class="button" onClick={() => handOver(choice.station)}>
                {text.near.send}
              </button>
            )}
            {choice.teams.map(team => (
              <span class="near__team" key={team.id}>
                <span>
                  {team.name} <small>{team.isBusy ? text.near.busy : awayText(team)}</small>
                </span>
                {sendTeam && choice.station === repair.station && (
                  <button type="button" class="button" disabled={repair.team === team.name} onClick={() => sendTeam(team.name)}>
                    {text.near.sendTeam}
                  </button>
                )}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <p class="muted">{text.near.estimated}</p>
    </section>
  );
}
