import type { MachineRow } from '../../shared/contract.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { shownState } from '../map/machine-table.ts';
import { ageOf, count, mu } from '../state/format.ts';
import { Fact, Facts } from './facts.tsx';
import { StateMark } from './state-mark.tsx';

type Machine = RouteOutput<'machine'>;

const UNSURE_CLOCK_MS = 120_000;

/** The implement that is mounted now: the last one that was enrolled by then. */
const implementAt = (machine: Machine, now: number) =>
  [...machine.implements].sort((one, other) => other.from - one.from).find(implement => implement.from <= now);

/** What is known of one machine. `row` is its live position, where the reader may see it. */
export function MachineFacts({
  machine,
  row,
  now,
  unitName,
}: {
  machine: Machine;
  row: MachineRow | undefined;
  now: number;
  /** Empty where the reader may not see the units. */
  unitName: string;
}) {
  const { machine: text, ...all } = words.value;
  const state = row ? shownState(row, now) : machine.repair ? 'inRepair' : machine.state;
  const lastFixTime = row ? row[5] : machine.lastFixTime;
  const speed = row ? row[6] : null;
  const implement = implementAt(machine, now);
  const held = machine.state === state && machine.stateSince !== null ? text.since(all.span(ageOf(machine.stateSince, now))) : undefined;
  return (
    <>
      <div class="machine-head">
        <StateMark state={state} kind={machine.kind} />
        <strong>{all.states[state]}</strong>
        {held && <span class="muted">{held}</span>}
      </div>
      <div class="totals">
        <div>
          <b>{mu(machine.todayMu)}</b>
          <span>
            {text.todayMu} · {all.sinceMidnight}
          </span>
        </div>
        <div>
          <b>{mu(machine.seasonMu)}</b>
          <span>{text.seasonMu}</span>
        </div>
      </div>
      <Facts>
        {machine.repair && (
          <Fact name={text.repair} note={machine.repair.stationName ?? repairWords.value.noStation}>
            {faultWords.value[machine.repair.fault]} · {repairWords.value.since(whenText(machine.repair.calledAt, now))}
          </Fact>
        )}
        <Fact name={text.lastFix}>{lastFixTime === null ? text.neverSeen : whenText(lastFixTime, now)}</Fact>
        {machine.duty && (
          <Fact name={text.duty} note={machine.duty.on && state === 'offline' ? text.dutySilent : undefined}>
            {(machine.duty.on ? text.onDuty : text.offDuty)(whenText(machine.duty.since, now))}
          </Fact>
        )}
        {speed !== null && <Fact name={text.speed}>{text.speedValue(speed.toFixed(1))}</Fact>}
        <Fact name={text.plate} note={`${all.kinds[machine.kind]} · ${all.drives[machine.drive]} · ${all.origins[machine.origin]}`}>
          {machine.plate || machine.id}
        </Fact>
        <Fact name={text.operator} note={machine.operatorPhone}>
          {machine.operatorName}
        </Fact>
        {unitName && <Fact name={text.division}>{unitName}</Fact>}
        <Fact name={text.width} note={implement ? antennaNote(implement) : undefined}>
          {implement?.operation
            ? `${text.widthValue(implement.workingWidthM.toFixed(2))} · ${all.operations[implement.operation]}`
            : text.noImplement}
        </Fact>
        <Fact
          name={text.fixes}
          note={`${text.refused} ${count(machine.refused)} · ${text.thinned} ${count(machine.thinned)}${machine.hasTerminal ? '' : ` · ${text.noTerminal}`}`}
        >
          {count(machine.fixes)}
        </Fact>
        {machine.looksShifted && (
          <Fact name={text.receiver} note={text.shiftedNote}>
            {text.shifted}
          </Fact>
        )}
        {machine.frozenFixes + machine.clockStepsBack > 0 && (
          <Fact name={text.receiver} note={text.troubleNote}>
            {text.trouble(count(machine.frozenFixes), count(machine.clockStepsBack))}
          </Fact>
        )}
        {machine.clockOffMs !== null && (
          <Fact name={text.clockOff} note={Math.abs(machine.clockOffMs) > UNSURE_CLOCK_MS ? text.clockUnsure : undefined}>
            {text.clockSeconds((machine.clockOffMs / 1000).toFixed(1))}
          </Fact>
        )}
      </Facts>
    </>
  );
}

/** Where the antenna sits, when not over the middle of the implement. */
function antennaNote({ antennaForwardM = 0, antennaRightM = 0 }: Machine['implements'][number]): string | undefined {
  if (antennaForwardM === 0 && antennaRightM === 0) return undefined;
  return words.value.machine.antenna(antennaForwardM, antennaRightM);
}
