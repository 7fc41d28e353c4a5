import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Drawer } from '../panels/drawer.tsx';
import { Fact, Facts } from '../panels/facts.tsx';
import { moveFocus } from '../panels/list-keys.ts';
import { Awaited } from '../panels/message.tsx';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { CandidateDecision } from './candidate-decision.tsx';
import { outcomeOf, reasonOf } from './outcome.ts';
import { candidateWords } from './words.ts';

export type CandidateDetail = RouteOutput<'candidate'>;

const REFRESH_MS = 15_000;
const MINUTE_MS = 60_000;

/** One candidate field: what the tracks say of it, and what somebody makes of it. */
export function CandidateDrawer({ id, view, now, desk }: { id: string; view: LiveView | null; now: number; desk: Desk }) {
  const text = candidateWords.value;
  const candidate = useAnswer('candidate', { id }, REFRESH_MS).value;
  const centre = candidate.state === 'ready' ? candidate.value.centre : null;
  const isPlaced = centre !== null;
  useEffect(() => {
    if (centre) desk.focus.value = { at: centre, zoom: 16 };
    return () => {
      desk.trail.value = [];
    };
  }, [id, isPlaced]);
  const title =
    candidate.state === 'ready'
      ? [text.title, candidate.value.village || candidate.value.townName].filter(Boolean).join(' · ')
      : text.title;
  return (
    <Drawer title={title}>
      <Awaited answer={candidate}>
        {value => (
          <>
            <div class="machine-head">
              <i class="swatch swatch--candidate" />
              <strong>{outcomeOf(value)}</strong>
            </div>
            {value.shifted.length > 0 && (
              <p class="note note--late" role="alert">
                {text.shifted(value.shifted.map(machine => view?.cards.get(machine)?.plate || machine).join('、'))}
              </p>
            )}
            <CandidateFacts candidate={value} now={now} />
            <h3>{text.machines}</h3>
            <Machines candidate={value} view={view} />
            {desk.seesTrails && (
              <p class="here">
                <button type="button" class="button" onClick={() => void showTracks(value, desk)}>
                  {text.tracks}
                </button>
              </p>
            )}
            {value.state !== 'open' ? (
              <Decided
                candidate={value}
                now={now}
                reopened={
                  desk.mayDraw && value.state === 'discarded'
                    ? () => {
                        desk.candidatesAsked.value += 1;
                        if (candidate.state === 'ready') candidate.reload();
                      }
                    : null
                }
              />
            ) : desk.mayDraw ? (
              <CandidateDecision
                key={`${id} ${value.version}`}
                candidate={value}
                desk={desk}
                reload={candidate.state === 'ready' ? candidate.reload : () => {}}
              />
            ) : (
              <p class="note">{text.readOnly}</p>
            )}
          </>
        )}
      </Awaited>
    </Drawer>
  );
}

function CandidateFacts({ candidate, now }: { candidate: CandidateDetail; now: number }) {
  const text = candidateWords.value;
  const { area, operations } = words.value;
  return (
    <Facts>
      <Fact name={text.area} note={candidate.isShaped ? text.drawnArea : text.areaSource}>
        {area(mu(candidate.areaMu))}
      </Fact>
      <Fact name={text.operation}>{operations[candidate.operation]}</Fact>
      <Fact name={text.covered} note={text.unmappedHint}>
        {area(mu(candidate.coveredMu))}
      </Fact>
      <Fact name={text.place} note={candidate.town === null ? text.noTown : undefined}>
        {[candidate.countyName, candidate.townName, candidate.village].filter(Boolean).join(' ')}
      </Fact>
      <Fact name={text.first}>{whenText(candidate.firstAt, now)}</Fact>
      <Fact name={text.last}>{whenText(candidate.lastAt, now)}</Fact>
    </Facts>
  );
}

function Machines({ candidate, view }: { candidate: CandidateDetail; view: LiveView | null }) {
  return (
    <>
      <p class="note">{candidateWords.value.share}</p>
      <ul class="plain-list" onKeyDown={moveFocus}>
        {candidate.machines.map(({ machine, coveredMu }) => (
          <li key={machine}>
            <button type="button" class="row row--plain" onClick={() => openDrawer({ kind: 'machine', id: machine })}>
              <span>{view?.cards.get(machine)?.plate || machine}</span>
              <span class="muted">{view?.cards.get(machine)?.operatorName}</span>
              <span class="row__figure">{words.value.area(mu(coveredMu))}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface DecidedParts {
  candidate: CandidateDetail;
  now: number;
  /** Null: it cannot be opened again. */
  reopened: (() => void) | null;
}

function Decided({ candidate, now, reopened }: DecidedParts) {
  const { id, version, decided } = candidate;
  const text = candidateWords.value;
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const reopen = async () => {
    failed.value = null;
    try {
      await ask('reopenCandidate', { id }, { body: { version } });
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
    // A conflict: somebody was quicker, and what he did shows now.
    reopened?.();
  };
  if (decided === null) return null;
  const { by, at, field, into } = decided;
  return (
    <>
      <p class="note">{[text.by(by ?? text.program, whenText(at, now)), reasonOf(candidate)].filter(Boolean).join(' · ')}</p>
      {field !== null && (
        <button type="button" class="button" onClick={() => openDrawer({ kind: 'field', id: field })}>
          {text.seeField}
        </button>
      )}
      {into !== null && (
        <button type="button" class="button" onClick={() => openDrawer({ kind: 'candidate', id: into })}>
          {text.seeInto}
        </button>
      )}
      {reopened && (
        <button type="button" class="button" onClick={() => void reopen()}>
          {text.reopen}
        </button>
      )}
      {failed.value && failed.value !== 'conflict' && (
        <p class="note note--late" role="alert">
          {words.value.problems[failed.value]}
        </p>
      )}
    </>
  );
}

/** What its machines drove while they worked there. */
async function showTracks({ machines, firstAt, lastAt }: CandidateDetail, desk: Desk): Promise<void> {
  const span = { from: firstAt - MINUTE_MS, to: Math.min(lastAt + MINUTE_MS, firstAt + 7 * 24 * 60 * MINUTE_MS) };
  const trails = await Promise.all(machines.map(({ machine }) => ask('trail', { id: machine, ...span })));
  desk.trail.value = trails.flatMap(({ runs }) => runs);
}
