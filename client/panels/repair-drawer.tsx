import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RepairShown } from '../../shared/repair.ts';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { Session } from '../connection/session.ts';
import { History } from '../history/history.tsx';
import { nameOf, words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { mayOpen } from '../pages.ts';
import type { Desk } from '../state/desk.ts';
import { NearPart } from '../station/near-part.tsx';
import { Drawer } from './drawer.tsx';
import { Awaited } from './message.tsx';
import { RepairFacts } from './repair-facts.tsx';

interface RepairDrawerParts {
  id: string;
  /** Rises when some repair changed: ask again. */
  changes: number;
  now: number;
  desk: Desk;
  session: Session;
}

/** One repair: what is broken, where, who has it; the dispatcher hands it over. */
export function RepairDrawer({ id, changes, now, desk, session }: RepairDrawerParts) {
  const text = repairWords.value;
  const answer = useAnswer('repair', { id }).value;
  useEffect(() => {
    if (answer.state === 'ready') answer.reload();
  }, [changes]);
  const title = answer.state === 'ready' ? answer.value.plate : text.title;
  return (
    <Drawer title={title}>
      <Awaited answer={answer}>
        {repair => (
          <>
            <RepairFacts repair={repair} now={now} unitName={unitName(desk, repair.division)} />
            <p class="here">
              {repair.machine !== null && (
                <button type="button" class="link" onClick={() => openDrawer({ kind: 'machine', id: repair.machine! })}>
                  {text.seeMachine}
                </button>
              )}
              {repair.lngLat && (
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    desk.focus.value = { at: repair.lngLat!, zoom: 14 };
                  }}
                >
                  {text.seePlace}
                </button>
              )}
            </p>
            <History kind="repair" id={id} stamp={repair.version} />
            {mayOpen(session, 'station') && repair.finishedAt === null && (
              <HandOver repair={repair} done={() => answer.state === 'ready' && answer.reload()} />
            )}
          </>
        )}
      </Awaited>
    </Drawer>
  );
}

/** A choice of station that acts at once and says what it did. */
function HandOver({ repair, done }: { repair: RepairShown; done: () => void }) {
  const text = repairWords.value;
  const desk = useAnswer('repairDesk', {}).value;
  const said = useSignal('');
  const stations = desk.state === 'ready' ? desk.value.stations.filter(station => station.id !== repair.station) : [];
  const near = useAnswer('repairChoices', { id: repair.id }).value;
  if (stations.length === 0) return null;
  const handOver = async (station: string) => {
    try {
      const after = await ask('editRepair', { id: repair.id }, { body: { version: repair.version, changes: { station } } });
      said.value = text.handedOver(after.stationName ?? '');
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      said.value = cause.code === 'conflict' ? text.conflict : words.value.problems[cause.code];
    }
    done();
  };
  return (
    <>
      {near.state === 'ready' && <NearPart repair={repair} choices={near.value.choices} handOver={station => void handOver(station)} />}
      <p class="here">
        <label>
          {text.handOver}{' '}
          <select class="select" value="" onChange={event => void handOver(event.currentTarget.value)}>
            <option value="" disabled>
              {text.handOverTo}
            </option>
            {stations.map(station => (
              <option key={station.id} value={station.id}>
                {station.name}
              </option>
            ))}
          </select>
        </label>
        <span role="status">{said.value}</span>
      </p>
    </>
  );
}

const unitName = (desk: Desk, code: string | null): string => {
  const division = code === null ? undefined : desk.divisions.get(code);
  return division ? nameOf(division) : '';
};
