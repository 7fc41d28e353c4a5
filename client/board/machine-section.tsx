import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { StateMark } from '../panels/state-mark.tsx';
import { count } from '../state/format.ts';
import { type BoardParts, choose, isChosen, unitName } from './board-parts.ts';
import { type BoardState, boardStates, concernsUnit, type ListedMachine, machinesByState } from './machine-groups.ts';
import { holds, ListTools, Panel, Row } from './panel.tsx';
import { Since } from './since.tsx';
import { isTooLong } from './time-in-state.ts';
import { boardWords } from './words.ts';

type Sort = 'longest' | 'plate' | 'place';
const STEP = 40;

/** The machines of a unit by state, a tab each; idle ones first, the longest at their head. */
export function MachineSection({ desk, view, now, unit, chosen }: BoardParts) {
  const text = boardWords.value;
  const tab = useSignal<BoardState>('idle');
  const filter = useSignal('');
  const sort = useSignal<Sort>('longest');
  const most = useSignal(STEP);
  const groups = view && machinesByState(view, concernsUnit(view, desk.divisions, unit));
  const all = groups ? boardStates.reduce((sum, state) => sum + groups[state].length, 0) : 0;
  const chosenState =
    chosen?.kind === 'machine' ? boardStates.find(state => groups?.[state].some(({ id }) => id === chosen.id)) : undefined;
  // What was chosen on the map or by the palette is shown where it stands.
  useEffect(() => {
    if (chosenState) tab.value = chosenState;
  }, [chosen, chosenState]);
  useEffect(() => {
    if (chosen?.kind === 'repairs') tab.value = 'inRepair';
  }, [chosen]);
  useEffect(() => {
    most.value = STEP;
  }, [tab.value, unit]);
  const rows = groups
    ? arranged(groups[tab.value], sort.value).filter(one =>
        holds(filter.value, one.plate, one.operatorName, one.id, unitName(desk, one.at)),
      )
    : [];
  const visible = rows.filter((one, i) => i < most.value || isChosen(chosen, 'machine', one.id));
  return (
    <Panel
      name="machines"
      count={groups ? count(all) : undefined}
      tools={
        <ListTools
          filter={filter.value}
          onFilter={typed => {
            filter.value = typed;
          }}
          sort={sort.value}
          sorts={text.machines.sort}
          onSort={wanted => {
            sort.value = wanted;
          }}
        />
      }
    >
      {groups && (
        <fieldset class="board-tabs" aria-label={text.section.machines}>
          {boardStates.map(state => (
            <button
              type="button"
              key={state}
              aria-pressed={tab.value === state}
              onClick={() => {
                tab.value = state;
              }}
            >
              <StateMark state={state} />
              {words.value.states[state]} <b>{groups[state].length}</b>
            </button>
          ))}
        </fieldset>
      )}
      {!groups && <Quiet>{words.value.loading}</Quiet>}
      {groups && all === 0 && <Quiet>{text.machines.empty}</Quiet>}
      {groups && all > 0 && rows.length === 0 && <Quiet>{filter.value === '' ? text.machines.emptyState : text.noMatch}</Quiet>}
      {visible.map(one => (
        <Row
          key={one.id}
          class="board-row--machine"
          isChosen={isChosen(chosen, 'machine', one.id)}
          onChoose={() => choose('machine', one.id)}
          data={one.id}
        >
          <StateMark state={one.state} kind={one.kind} />
          <b>{one.plate}</b>
          <span class="board-row__rest">{one.operatorName}</span>
          <span class="board-row__rest">{one.at === null ? text.machines.outside : unitName(desk, one.at)}</span>
          <Since at={one.since} now={now} isLong={isTooLong(one.state, one.since, now)} />
        </Row>
      ))}
      {rows.length > most.value && (
        <button
          type="button"
          class="link board-more"
          onClick={() => {
            most.value += STEP;
          }}
        >
          {text.more(rows.length - most.value)}
        </button>
      )}
    </Panel>
  );
}

function arranged(machines: readonly ListedMachine[], sort: Sort): readonly ListedMachine[] {
  if (sort === 'longest') return machines;
  const key = (one: ListedMachine): string => (sort === 'plate' ? one.plate : (one.at ?? ''));
  return [...machines].sort((one, other) => key(one).localeCompare(key(other), 'zh-CN'));
}
