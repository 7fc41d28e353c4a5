import { useSignal } from '@preact/signals';
import type { UnitNow } from '../../shared/progress.ts';
import type { Operation } from '../../shared/season.ts';
import { goToUnit } from '../connection/address.ts';
import { shortDay } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import type { Desk } from '../state/desk.ts';
import { NONE } from '../state/format.ts';
import { childrenOf, type LiveView } from '../state/live-view.ts';
import { type Ranking, ranked } from '../state/ranking.ts';
import type { BoardParts } from './board-parts.ts';
import { lateFirst, type Outlook, outlooksOf, shortOf } from './late-ranking.ts';
import { presentIn } from './machine-groups.ts';
import { holds, ListTools, Panel, Row } from './panel.tsx';
import { boardWords } from './words.ts';

/** The units below the topmost one, those that will be late first: both operations against their deadlines. */
export function LateSection({ desk, view, unit }: BoardParts) {
  const text = boardWords.value.late;
  const filter = useSignal('');
  const sort = useSignal<Ranking>('late');
  const below = view ? childrenOf(view, desk.root) : [];
  const presentAt = presentOf(desk, view);
  const order = sort.value === 'late' ? lateFirst(below, presentAt) : ranked(below, desk.operation.value, sort.value);
  const shown = order.filter(one => holds(filter.value, one.name, one.nameEn ?? null));
  const late = below.filter(one => outlooksOf(one).some(({ grade }) => grade === 'late' || grade === 'lost')).length;
  const root = desk.divisions.get(desk.root);
  return (
    <Panel
      name="late"
      count={view ? `${late} / ${below.length}` : undefined}
      tools={
        <ListTools
          filter={filter.value}
          onFilter={typed => {
            filter.value = typed;
          }}
          sort={sort.value}
          sorts={text.ranking}
          onSort={chosen => {
            sort.value = chosen;
          }}
        />
      }
    >
      {view === null && <Quiet>{words.value.loading}</Quiet>}
      {view && below.length === 0 && <Quiet>{text.empty}</Quiet>}
      {view && below.length > 0 && shown.length === 0 && <Quiet>{boardWords.value.noMatch}</Quiet>}
      {view && below.length > 0 && (
        <p class="late__line late__heads">
          <span />
          <span>{text.heads.verdict}</span>
          <span>{text.heads.finish}</span>
          <span class="late__figure">{text.heads.chance}</span>
          <span class="late__figure">{text.heads.machines}</span>
        </p>
      )}
      {view && root && below.length > 0 && (
        <Row class="board-row--whole" isChosen={unit === desk.root} onChoose={() => goToUnit(desk.root)} data={desk.root}>
          {text.whole(nameOf(root))}
        </Row>
      )}
      {view &&
        shown.map(one => (
          <Row key={one.code} class="board-row--unit" isChosen={one.code === unit} onChoose={() => goToUnit(one.code)} data={one.code}>
            <UnitLines unit={one} presentAt={presentAt} />
          </Row>
        ))}
    </Panel>
  );
}

type PresentAt = (unit: UnitNow, operation: Operation) => number;

/** Machines of the operation's kind that are there; of a town only those that belong to it are known. */
const presentOf =
  (desk: Desk, view: LiveView | null): PresentAt =>
  (unit, operation) => {
    if (view === null || unit.level === 'town') return unit.machines.available;
    const hasOutline = Boolean(desk.divisions.get(unit.code)?.outline);
    return presentIn(view, { code: unit.code, hasOutline }, operation === 'harvest' ? 'combine' : 'seeder');
  };

function UnitLines({ unit, presentAt }: { unit: UnitNow; presentAt: PresentAt }) {
  return (
    <>
      <b class="late__name">{nameOf(unit)}</b>
      {outlooksOf(unit).map(outlook => (
        <OutlookLine key={outlook.operation} outlook={outlook} present={presentAt(unit, outlook.operation)} />
      ))}
    </>
  );
}

/** 麦收 | 晚 3 天 | 6月15日 | 12% | 14/22 −8 */
function OutlookLine({ outlook, present }: { outlook: Outlook; present: number }) {
  const text = boardWords.value.late;
  const { operation, forecast, grade } = outlook;
  const short = shortOf(outlook, present);
  return (
    <span class={`late__line late__line--${grade}`}>
      <span class="late__operation">{words.value.operations[operation]}</span>
      <span>
        <span class={`chip ${grade === 'late' || grade === 'lost' ? 'chip--late' : grade === 'risky' ? 'chip--amber' : ''}`}>
          {verdict(outlook)}
        </span>
      </span>
      <span>{forecast?.p50 ? shortDay(forecast.p50) : NONE}</span>
      <span class="late__figure">{forecast?.chanceInTime == null ? NONE : `${Math.round(forecast.chanceInTime * 100)}%`}</span>
      <span class="late__figure" title={short ? text.short(short) : undefined}>
        {present}/{forecast?.machinesNeededPerDay == null ? NONE : Math.ceil(forecast.machinesNeededPerDay)}{' '}
        {short !== null && short > 0 && <b class="late__short">−{short}</b>}
      </span>
    </span>
  );
}

function verdict({ forecast, grade, daysLate }: Outlook): string {
  const text = boardWords.value.late;
  if (forecast === null || forecast.state === 'noData') return text.unknown;
  if (forecast.state === 'done') return text.done;
  if (forecast.state === 'noArea') return text.noArea;
  if (forecast.state === 'notBegun') return text.notBegun;
  if (forecast.state === 'overdue') return text.overdue;
  if (grade === 'lost') return text.lost;
  if (grade === 'risky') return text.risky;
  return daysLate !== null && daysLate > 0 ? text.daysLate(daysLate) : text.inTime;
}
