import type { UnitNow } from '../../shared/progress.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import { openDrawer } from '../connection/address.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { percent } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { ChildSums } from './child-sums.tsx';
import { DayTable } from './day-table.tsx';
import { ReportTable } from './report-table.tsx';
import { Sum, Term } from './sum.tsx';
import { areaText } from './unit-figures.tsx';

export interface OperationPartsOf {
  unit: UnitNow;
  parts: RouteOutput<'parts'>;
  operation: Operation;
  view: LiveView | null;
  now: number;
}

/** How the progress of one operation comes about: the terms, the units below, the reports, the days. */
export function OperationParts({ unit, parts, operation, view, now }: OperationPartsOf) {
  const text = words.value;
  const figures = unit[operation];
  const children = parts.children.map(child => view?.units.get(child.code) ?? child);
  return (
    <>
      <Terms unit={unit} operation={operation} isLowest={children.length === 0} />
      {figures.capped && <p class="note note--late">{text.cappedHint}</p>}
      {children.length > 0 && <ChildSums units={children} operation={operation} />}
      {unit.level === 'town' && (
        <button type="button" class="button" onClick={() => openDrawer({ kind: 'fields' })}>
          {text.parts.seeFields}
        </button>
      )}
      <h3>{text.parts.reports}</h3>
      <ReportTable
        reports={parts.reports.filter(report => report.operation === operation)}
        isBelow={figures.reportedMachineMu + figures.reportedHandMu > 0}
        now={now}
      />
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

function Terms({ unit, operation, isLowest }: { unit: UnitNow; operation: Operation; isLowest: boolean }) {
  const text = words.value;
  const figures = unit[operation];
  const area = (areaMu: number) => areaText(areaMu, unit.level);
  const larger = Math.max(figures.measuredMu, figures.reportedMachineMu);
  const rule = isLowest ? `${text.parts.largerMachine} ${area(larger)} · ${text.parts.plusHand}` : text.parts.lowestUnit;
  return (
    <Sum>
      <Term name={text.measured}>{area(figures.measuredMu)}</Term>
      <Term name={text.reportedMachine}>{area(figures.reportedMachineMu)}</Term>
      <Term name={text.reportedHand}>{area(figures.reportedHandMu)}</Term>
      <Term name={text.parts.headline} note={rule} isTotal>
        {area(figures.headlineMu)}
      </Term>
      <Term name={`${text.parts.divided} ${text.base[operation]}`}>{area(operation === 'harvest' ? unit.plantedMu : unit.plannedMu)}</Term>
      <Term name={text.parts.equals} isTotal>
        {percent(figures.progress)}
      </Term>
      <Term name={text.expected} note={text.parts.expectedNote}>
        {percent(figures.lateBy === null ? null : figures.expected)}
      </Term>
      <Term name={text.rates[operation]} note={text.parts.rateNote(text.rates[operation])}>
        {percent(figures.machineRate)}
      </Term>
      <Term name={text.today} note={`${text.measured} · ${text.sinceMidnight}`}>
        {area(figures.todayMu)}
      </Term>
      <Term name={text.terminalShare} note={text.terminalShareHint}>
        {percent(unit.terminalShare)}
      </Term>
    </Sum>
  );
}
