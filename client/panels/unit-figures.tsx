import type { ComponentChildren } from 'preact';
import type { LiveOperation, UnitNow } from '../../shared/progress.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { UnmappedNote } from '../candidates/unmapped-note.tsx';
import { openDrawer } from '../connection/address.ts';
import { FinishChip, finishTitle } from '../forecast/finish.tsx';
import { forecastWords } from '../forecast/words.ts';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { count, mu, percent } from '../state/format.ts';
import type { PartsTopic } from '../state/route.ts';
import { Lateness, ProgressBar } from './progress-bar.tsx';

/** An area as its level prints it: the city in 万亩, all others in mu. */
export const areaText = (value: number, level: UnitNow['level']): string =>
  level === 'city' ? words.value.cityArea(value) : words.value.area(mu(value));

/** A number that opens into what it is made of. */
export function Figure({ topic, children, label }: { topic: PartsTopic; children: ComponentChildren; label?: string }) {
  return (
    <button type="button" class="figure" title={words.value.panel.showParts} onClick={() => openDrawer({ kind: 'parts', topic })}>
      {label && <span class="figure__label">{label}</span>}
      <span class="figure__value">{children}</span>
    </button>
  );
}

/** Both operations of the unit, its machines, measured against reported. */
export function UnitFigures({ unit, desk }: { unit: UnitNow; desk: Desk }) {
  const text = words.value;
  return (
    <section class="figures">
      {operations.map(operation => (
        <OperationFigures key={operation} unit={unit} operation={operation} desk={desk} />
      ))}
      <div class="figures__row">
        <Figure topic="machines" label={text.machinesOnline}>
          {count(unit.machines.online)}/{count(unit.machines.registered)}
        </Figure>
        <RepairFigure unit={unit} desk={desk} />
        <Figure topic="machines" label={text.machinesWorking}>
          {count(unit.machines.working)} {text.machineUnit}
        </Figure>
        <Figure topic="machines" label={text.terminalShare}>
          {percent(unit.terminalShare)}
        </Figure>
      </div>
    </section>
  );
}

/** How many are in repair, with the way to the list for those who may read it. */
function RepairFigure({ unit, desk }: { unit: UnitNow; desk: Desk }) {
  const text = words.value;
  const open = () => openDrawer(desk.seesRepairs ? { kind: 'repairs' } : { kind: 'parts', topic: 'machines' });
  return (
    <button type="button" class="figure" title={desk.seesRepairs ? text.keys.repairs : text.panel.showParts} onClick={open}>
      <span class="figure__label">{text.machinesInRepair}</span>
      <span class="figure__value">
        {count(unit.machines.inRepair)} {text.machineUnit}
      </span>
    </button>
  );
}

function OperationFigures({ unit, operation, desk }: { unit: UnitNow; operation: Operation; desk: Desk }) {
  const text = words.value;
  const now = unit[operation];
  const isOnMap = desk.operation.value === operation;
  return (
    <div class={`operation ${isOnMap ? 'operation--chosen' : ''}`}>
      <div class="operation__head">
        <button
          type="button"
          class="operation__name"
          aria-pressed={isOnMap}
          onClick={() => {
            desk.operation.value = operation;
          }}
        >
          {text.operations[operation]}
        </button>
        <Lateness lateBy={now.lateBy} />
        <Figure topic={operation}>
          <strong class="operation__progress">{percent(now.progress)}</strong>
        </Figure>
      </div>
      <ProgressBar progress={now.progress} expected={now.lateBy === null ? null : now.expected} large />
      <div class="figures__row">
        <Figure topic={operation} label={text.expected}>
          {percent(now.lateBy === null ? null : now.expected)}
        </Figure>
        <Figure topic={operation} label={text.rates[operation]}>
          {percent(now.machineRate)}
        </Figure>
        <Figure topic={operation} label={text.today}>
          {areaText(now.todayMu, unit.level)}
        </Figure>
        <button
          type="button"
          class="figure"
          title={finishTitle(nameOf(unit), now.forecast)}
          onClick={() => openDrawer({ kind: 'forecast', operation })}
        >
          <span class="figure__label">{forecastWords.value.expectedDone}</span>
          <span class="figure__value">
            <FinishChip forecast={now.forecast} />
          </span>
        </button>
      </div>
      <Sources now={now} unit={unit} operation={operation} />
      <UnmappedNote desk={desk} division={unit.code} operation={operation} />
    </div>
  );
}

/** Measured and reported side by side, never merged in silence. */
function Sources({ now, unit, operation }: { now: LiveOperation; unit: UnitNow; operation: Operation }) {
  const text = words.value;
  const gap = now.measuredMu - now.reportedMachineMu;
  return (
    <button type="button" class="sources" title={text.panel.showParts} onClick={() => openDrawer({ kind: 'parts', topic: operation })}>
      <span>
        {text.measured} <b>{areaText(now.measuredMu, unit.level)}</b>
      </span>
      <span>
        {text.reported} <b>{areaText(now.reportedMachineMu + now.reportedHandMu, unit.level)}</b>
      </span>
      <span>
        {text.gap} <b>{`${gap > 0 ? '+' : ''}${areaText(gap, unit.level)}`}</b>
      </span>
      {now.capped && (
        <span class="chip chip--late" title={text.cappedHint}>
          {unit.level === 'town' ? text.capped : text.cappedBelow}
        </span>
      )}
      {now.harvestUnrecordedMu >= 0.5 && (
        <span class="chip chip--late">
          {text.harvestUnrecorded} {areaText(now.harvestUnrecordedMu, unit.level)}
        </span>
      )}
    </button>
  );
}
