import type { UnitNow } from '../../shared/progress.ts';
import { fieldStages, type WorkState, workStates } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import { goTo, openDrawer } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { whenText } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { shownState } from '../map/machine-table.ts';
import type { Desk } from '../state/desk.ts';
import { count, mu, percent, timeNear } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import type { PartsTopic } from '../state/route.ts';
import { DayTable } from './day-table.tsx';
import { Drawer } from './drawer.tsx';
import { Awaited, Quiet } from './message.tsx';
import { ReportTable } from './report-table.tsx';
import { StateMark } from './state-mark.tsx';
import { areaText } from './unit-figures.tsx';

export interface PartsOf {
  division: string;
  topic: PartsTopic;
  view: LiveView | null;
  now: number;
  desk: Desk;
}

type Parts = RouteOutput<'parts'>;

/** "From what?": the terms of a figure, the units and reports it is added up from, its source and its age. */
export function PartsDrawer({ division, topic, view, now, desk }: PartsOf) {
  const text = words.value;
  const parts = useAnswer('parts', { division }, 5_000).value;
  const unit = desk.divisions.get(division);
  const topicName = { ...text.operations, machines: text.parts.machinesTopic, stages: text.parts.stagesTopic }[topic];
  return (
    <Drawer title={text.parts.title(unit ? nameOf(unit) : division, topicName)}>
      <Awaited answer={parts}>
        {value => {
          // What the room sends each second is newer than what was asked for.
          const live = view?.units.get(division) ?? value.unit;
          if (topic === 'machines') return <MachineParts unit={live} view={view} desk={desk} />;
          if (topic === 'stages') return <StageParts stages={value.stages} now={now} view={view} />;
          return <OperationParts unit={live} parts={value} operation={topic} view={view} now={now} />;
        }}
      </Awaited>
    </Drawer>
  );
}

function OperationParts({
  unit,
  parts,
  operation,
  view,
  now,
}: {
  unit: UnitNow;
  parts: Parts;
  operation: Operation;
  view: LiveView | null;
  now: number;
}) {
  const text = words.value;
  const figures = unit[operation];
  const base = operation === 'harvest' ? unit.plantedMu : unit.plannedMu;
  const larger = Math.max(figures.measuredMu, figures.reportedMachineMu);
  const children = parts.children.map(child => view?.units.get(child.code) ?? child);
  return (
    <>
      <table class="sum">
        <tbody>
          <tr>
            <td>{text.measured}</td>
            <td>{areaText(figures.measuredMu, unit.level)}</td>
          </tr>
          <tr>
            <td>{text.reportedMachine}</td>
            <td>{areaText(figures.reportedMachineMu, unit.level)}</td>
          </tr>
          <tr>
            <td>{text.reportedHand}</td>
            <td>{areaText(figures.reportedHandMu, unit.level)}</td>
          </tr>
          <tr class="sum__total">
            <td>
              {text.parts.headline}
              <small>
                {parts.children.length === 0
                  ? `${text.parts.largerMachine} ${areaText(larger, unit.level)} · ${text.parts.plusHand}`
                  : text.parts.lowestUnit}
              </small>
            </td>
            <td>{areaText(figures.headlineMu, unit.level)}</td>
          </tr>
          <tr>
            <td>
              {text.parts.divided} {text.base[operation]}
            </td>
            <td>{areaText(base, unit.level)}</td>
          </tr>
          <tr class="sum__total">
            <td>{text.parts.equals}</td>
            <td>{percent(figures.progress)}</td>
          </tr>
          <tr>
            <td>
              {text.expected}
              <small>{text.parts.expectedNote}</small>
            </td>
            <td>{percent(figures.expected)}</td>
          </tr>
          <tr>
            <td>
              {text.rates[operation]}
              <small>{text.parts.rateNote(text.rates[operation])}</small>
            </td>
            <td>{percent(figures.machineRate)}</td>
          </tr>
          <tr>
            <td>
              {text.today}
              <small>
                {text.measured} · {text.sinceMidnight}
              </small>
            </td>
            <td>{areaText(figures.todayMu, unit.level)}</td>
          </tr>
          <tr>
            <td>
              {text.terminalShare}
              <small>{text.terminalShareHint}</small>
            </td>
            <td>{percent(unit.terminalShare)}</td>
          </tr>
        </tbody>
      </table>
      {figures.capped && <p class="note note--late">{text.cappedHint}</p>}
      {children.length > 0 && <Children units={children} operation={operation} />}
      {unit.level === 'town' && (
        <button type="button" class="button" onClick={() => openDrawer({ kind: 'fields' })}>
          {text.parts.seeFields}
        </button>
      )}
      <h3>{text.parts.reports}</h3>
      <ReportTable reports={parts.reports.filter(report => report.operation === operation)} now={now} />
      <h3>{text.parts.days}</h3>
      <DayTable days={parts.days} operation={operation} />
      <p class="note">
        {text.parts.sourceMeasured}
        <br />
        {text.parts.sourceReported}
        <br />
        {text.parts.areaSource(view?.season.areaSource || text.parts.areaSourceUnknown)}
        <br />
        {view && `${text.parts.updated} ${whenText(view.asOf, now)}`}
      </p>
    </>
  );
}

function Children({ units, operation }: { units: UnitNow[]; operation: Operation }) {
  const text = words.value;
  const byArea = [...units].sort((one, other) => other[operation].headlineMu - one[operation].headlineMu);
  return (
    <>
      <h3>{text.parts.children}</h3>
      <table class="grid">
        <thead>
          <tr>
            <th>{text.parts.unit}</th>
            <th>{text.measured}</th>
            <th>{text.reported}</th>
            <th>{text.parts.headline}</th>
          </tr>
        </thead>
        <tbody>
          {byArea.map(unit => (
            <tr key={unit.code}>
              <td>
                <button
                  type="button"
                  class="link"
                  onClick={() => goTo({ division: unit.code, drawer: { kind: 'parts', topic: operation } })}
                >
                  {nameOf(unit)}
                </button>
              </td>
              <td>{mu(unit[operation].measuredMu)}</td>
              <td>{mu(unit[operation].reportedMachineMu + unit[operation].reportedHandMu)}</td>
              <td>{mu(unit[operation].headlineMu)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{text.parts.total}</td>
            {(['measured', 'reported', 'headline'] as const).map(which => (
              <td key={which}>{mu(byArea.reduce((sum, unit) => sum + areaOf(unit, operation, which), 0))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </>
  );
}

const areaOf = (unit: UnitNow, operation: Operation, which: 'measured' | 'reported' | 'headline'): number => {
  const figures = unit[operation];
  return { measured: figures.measuredMu, reported: figures.reportedMachineMu + figures.reportedHandMu, headline: figures.headlineMu }[
    which
  ];
};

function MachineParts({ unit, view, desk }: { unit: UnitNow; view: LiveView | null; desk: Desk }) {
  const text = words.value;
  const states = new Map<WorkState, number>();
  const isRoot = unit.code === desk.root;
  const sends = () => [...states.values()].reduce((sum, machines) => sum + machines, 0);
  for (const row of view?.machines.values() ?? []) {
    const home = view!.cards.get(row[0])?.division;
    if (!isRoot && row[8] !== unit.code && home !== unit.code) continue;
    const state = shownState(row, view!.asOf);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return (
    <>
      <table class="sum">
        <tbody>
          <tr>
            <td>{text.machinesRegistered}</td>
            <td>{count(unit.machines.registered)}</td>
          </tr>
          <tr>
            <td>
              {text.machinesOnline}
              <small>{text.parts.online}</small>
            </td>
            <td>{count(unit.machines.online)}</td>
          </tr>
          <tr>
            <td>{text.machinesWorking}</td>
            <td>{count(unit.machines.working)}</td>
          </tr>
          <tr>
            <td>
              {text.terminalShare}
              <small>{text.terminalShareHint}</small>
            </td>
            <td>{percent(unit.terminalShare)}</td>
          </tr>
        </tbody>
      </table>
      <h3>{text.machine.state}</h3>
      <table class="sum">
        <tbody>
          {workStates.map(state => (
            <tr key={state}>
              <td class="with-mark">
                <StateMark state={state} /> {text.states[state]}
              </td>
              <td>{count(states.get(state) ?? 0)}</td>
            </tr>
          ))}
          {isRoot && (
            <tr>
              <td>{text.lists.noPosition}</td>
              <td>{count(Math.max(0, unit.machines.registered - sends()))}</td>
            </tr>
          )}
        </tbody>
      </table>
      <button
        type="button"
        class="button"
        onClick={() => {
          desk.badge.value = null;
          openDrawer({ kind: 'machines' });
        }}
      >
        {text.parts.seeMachines}
      </button>
    </>
  );
}

function StageParts({ stages, view, now }: { stages: Parts['stages']; view: LiveView | null; now: number }) {
  const text = words.value;
  const all = fieldStages.map(stage => stages[stage] ?? { count: 0, mu: 0 });
  if (all.every(({ count: fields }) => fields === 0)) return <Quiet>{text.panel.noFields}</Quiet>;
  return (
    <>
      <table class="grid">
        <thead>
          <tr>
            <th>{text.field.stage}</th>
            <th>{text.panel.fields}</th>
            <th>{text.lists.areaMu}</th>
          </tr>
        </thead>
        <tbody>
          {fieldStages.map((stage, i) => (
            <tr key={stage}>
              <td>
                <i class={`swatch swatch--${stage}`} /> {text.stages[stage]}
              </td>
              <td>{count(all[i].count)}</td>
              <td>{mu(all[i].mu)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{text.parts.total}</td>
            <td>{count(all.reduce((sum, stage) => sum + stage.count, 0))}</td>
            <td>{mu(all.reduce((sum, stage) => sum + stage.mu, 0))}</td>
          </tr>
        </tfoot>
      </table>
      <button type="button" class="button" onClick={() => openDrawer({ kind: 'fields' })}>
        {text.parts.seeFields}
      </button>
      <p class="note">{view && `${text.parts.updated} ${timeNear(view.asOf, now)}`}</p>
    </>
  );
}
