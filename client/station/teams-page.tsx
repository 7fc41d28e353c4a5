import { useSignal } from '@preact/signals';
import type { Team } from '../../shared/station-load.ts';
import { newId } from '../connection/new-id.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { DeedNotes } from './deed-notes.tsx';
import type { StationDesk } from './station-desk.ts';
import { TextRow } from './text-row.tsx';

/** Who drives out from this station: added, corrected, taken off; without a network, too. */
export function TeamsPage({ desk, station }: { desk: StationDesk; station: string }) {
  const text = bayWords.value;
  const { copied, failed, reload } = useCopied(desk, 'teams', { station });
  /** The id of the team that is written on; 'new': one more. */
  const open = useSignal<string | null>(null);
  if (!copied) return failed ? <Failure code={failed} retry={reload} /> : <Quiet>{words.value.loading}</Quiet>;
  const deeds = desk.outgoing.deeds.value.filter(deed => deed.route === 'putTeam');
  const written = deeds.filter(deed => deed.refused === null).map(deed => deed.body as unknown as Team);
  const teams = withWritten(copied.value.teams, written, station);
  // The deed has an id of its own: a team may be written on again before the first is sent.
  const put = (team: Team) => void desk.outgoing.do('putTeam', { id: newId(), body: { ...team } });
  const form = (team: Team) => (
    <TeamForm
      team={team}
      taken={teams.filter(one => one.id !== team.id).map(one => one.name)}
      put={put}
      done={() => {
        open.value = null;
      }}
    />
  );
  return (
    <>
      {copied.isStale && <p class="note note--late">{text.stale}</p>}
      <DeedNotes desk={desk} deeds={deeds} />
      <div class="bay__tools">
        <button
          type="button"
          class="button button--main"
          onClick={() => {
            open.value = open.value === 'new' ? null : 'new';
          }}
        >
          ＋ {text.effort.addTeam}
        </button>
      </div>
      {open.value === 'new' && form({ id: newId(), station, name: '', people: '', phone: '', isGone: false })}
      {teams.length === 0 && <Quiet>{text.teams.noneHere}</Quiet>}
      <ul class="bay">
        {teams.map(team => (
          <li key={team.id} class="bay__row">
            <span class="bay__what">
              <b>{team.name}</b>
              <bdi>{[team.people, team.phone].filter(Boolean).join(' · ') || text.teams.nobody}</bdi>
            </span>
            {open.value === team.id ? (
              form(team)
            ) : (
              <span class="bay__acts">
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    open.value = team.id;
                  }}
                >
                  {text.stock.actions.edit}
                </button>
                <button type="button" class="button" onClick={() => put({ ...team, isGone: true })}>
                  {text.teams.dissolve}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the server knows, with what was written here and is not sent yet. */
function withWritten(known: readonly Team[], written: readonly Team[], station: string): Team[] {
  const all = new Map(known.map(team => [team.id, team]));
  for (const team of written) all.set(team.id, team);
  return [...all.values()].filter(team => team.station === station && !team.isGone);
}

interface TeamFormParts {
  team: Team;
  /** Names of the other teams: each is there once. */
  taken: readonly string[];
  put: (team: Team) => void;
  done: () => void;
}

function TeamForm({ team, taken, put, done }: TeamFormParts) {
  const { teams: text, stock } = bayWords.value;
  const draft = useSignal(team);
  const name = draft.value.name.trim();
  const isTaken = taken.includes(name);
  const input = (key: 'name' | 'people' | 'phone', most: number) => (
    <TextRow
      key={key}
      label={text[key]}
      name={key}
      value={draft.value[key]}
      most={most}
      inputMode={key === 'phone' ? 'tel' : 'text'}
      change={value => {
        draft.value = { ...draft.value, [key]: value };
      }}
    />
  );
  return (
    <form
      class="shelf"
      onSubmit={event => {
        event.preventDefault();
        if (name === '' || isTaken) return;
        put({ ...draft.value, name });
        done();
      }}
    >
      {input('name', 40)}
      {isTaken && (
        <p class="note note--late" role="alert">
          {text.taken}
        </p>
      )}
      {input('people', 120)}
      {input('phone', 30)}
      <span class="bay__acts">
        <button type="submit" class="button button--main" disabled={name === '' || isTaken}>
          {stock.save}
        </button>
        <button type="button" class="button" onClick={done}>
          {stock.cancel}
        </button>
      </span>
    </form>
  );
}
