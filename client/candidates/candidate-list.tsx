import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { CandidateShown } from '../../shared/candidate.ts';
import { openDrawer } from '../connection/address.ts';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import type { GridColumn } from '../lists/grid.ts';
import { useFresh } from '../orders/fresh.ts';
import { Drawer } from '../panels/drawer.tsx';
import { ListTable } from '../panels/list-drawer.tsx';
import { Awaited } from '../panels/message.tsx';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import { outcomeOf, reasonOf } from './outcome.ts';
import { candidateWords } from './words.ts';

interface ListParts {
  division: string;
  desk: Desk;
  now: number;
}

type Clock = { readonly current: number };

/** A grid is built once, often before it is known what time it is: it looks when it prints. */
function useClock(now: number): Clock {
  const clock = useRef(now);
  clock.current = now;
  return clock;
}

/** The candidate fields of a unit that wait for somebody, and folded below those that were decided. */
export function CandidateList({ division, desk, now }: ListParts) {
  const text = candidateWords.value;
  const isUnfolded = useSignal(false);
  const clock = useClock(now);
  const answer = useFresh('candidates', { division }, desk.candidatesAsked.value);
  const unit = desk.divisions.get(division);
  return (
    <Drawer title={text.listTitle(unit ? nameOf(unit) : division)} wide>
      <div class={`candidate-lists ${isUnfolded.value ? 'candidate-lists--both' : ''}`}>
        <div>
          <Awaited answer={answer}>
            {({ candidates }) => (
              <ListTable
                rows={candidates}
                empty={text.none}
                fileName={`${text.file}-${division}`}
                build={element => gridOf(element, openColumns(clock))}
              />
            )}
          </Awaited>
        </div>
        <details
          open={isUnfolded.value}
          onToggle={event => {
            isUnfolded.value = event.currentTarget.open;
          }}
        >
          <summary>{text.decidedTitle}</summary>
          {isUnfolded.value && <DecidedList division={division} desk={desk} now={now} />}
        </details>
      </div>
    </Drawer>
  );
}

function DecidedList({ division, desk, now }: ListParts) {
  const answer = useFresh('candidates', { division, state: 'decided' }, desk.candidatesAsked.value);
  return <Awaited answer={answer}>{({ candidates }) => <DecidedTable candidates={candidates} division={division} now={now} />}</Awaited>;
}

function DecidedTable({ candidates, division, now }: { candidates: CandidateShown[]; division: string; now: number }) {
  const text = candidateWords.value;
  const clock = useClock(now);
  const rows = useMemo(() => candidates.map(decidedRow), [candidates, text]);
  return (
    <ListTable
      rows={rows}
      empty={text.noneDecided}
      fileName={`${text.fileDecided}-${division}`}
      build={element =>
        gridOf<DecidedRow>(element, [
          { title: text.outcome, field: 'outcome' },
          { title: text.when, field: 'at', isNumber: true, print: row => whenText(row.at, clock.current) },
          { title: text.who, field: 'who' },
          { title: text.why, field: 'why' },
          ...placeColumns<DecidedRow>(),
        ])
      }
    />
  );
}

interface DecidedRow extends CandidateShown {
  outcome: string;
  at: number;
  who: string;
  why: string;
}

const decidedRow = (candidate: CandidateShown): DecidedRow => ({
  ...candidate,
  outcome: outcomeOf(candidate),
  at: candidate.decided?.at ?? candidate.foundAt,
  who: candidate.decided?.by ?? candidateWords.value.program,
  why: reasonOf(candidate),
});

const gridOf = async <Row extends CandidateShown>(element: HTMLElement, columns: GridColumn<Row>[]) =>
  (await import('../lists/grid.ts')).gridIn<Row>(element, {
    key: 'id',
    empty: words.value.lists.empty,
    onOpen: row => openDrawer({ kind: 'candidate', id: row.id }),
    columns,
  });

function openColumns(clock: Clock): GridColumn<CandidateShown>[] {
  const text = candidateWords.value;
  return [
    ...placeColumns<CandidateShown>(),
    { title: text.covered, field: 'coveredMu', isNumber: true, print: row => words.value.area(mu(row.coveredMu)) },
    { title: text.last, field: 'lastAt', isNumber: true, minWidth: 150, print: row => whenText(row.lastAt, clock.current) },
  ];
}

function placeColumns<Row extends CandidateShown>(): GridColumn<Row>[] {
  const text = candidateWords.value;
  return [
    { title: text.town, field: 'townName', print: row => row.townName ?? row.countyName },
    { title: text.village, field: 'village' },
    { title: text.operation, field: 'operation', print: row => words.value.operations[row.operation] },
    { title: text.area, field: 'areaMu', isNumber: true, minWidth: 90, print: row => words.value.area(mu(row.areaMu)) },
  ];
}
