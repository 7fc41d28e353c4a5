import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ReportForm } from '../../shared/reporting.ts';
import { cutOff, type Day, operations } from '../../shared/season.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { shortDay } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { timeOfDay } from '../state/format.ts';
import { figureKey, KeptReports } from './kept-reports.ts';
import { Reminders, Waiting } from './notices.tsx';
import { OperationCard } from './operation-card.tsx';
import { inputOf, readingOf } from './typed-figure.ts';
import { reportWords } from './words.ts';
import './report.css';

const EVERY_MS = 15_000;

/** Where a town's or county's clerk reports the day's totals, on a phone. */
export function Report({ session }: PageParts) {
  const unit = useSignal<string | null>(null);
  const day = useSignal<Day | null>(null);
  const parameters = { ...(unit.value && { division: unit.value }), ...(day.value && { day: day.value }) };
  const answer = useAnswer('reportForm', parameters, EVERY_MS).value;
  const reload = useRef<() => void>(() => undefined);
  reload.current = answer.state === 'ready' ? answer.reload : () => undefined;
  const kept = useMemo(() => new KeptReports(session, () => reload.current()), [session]);
  useEffect(() => kept.start(), [kept]);
  const open = (code: string) => {
    unit.value = code;
    day.value = null;
  };
  return (
    <OfficePage session={session} title={reportWords.value.title}>
      <div class="report">
        <Waiting kept={kept} />
        <Awaited answer={answer}>
          {form => (
            <>
              <Reminders form={form} session={session} open={open} />
              <Choice
                form={form}
                openUnit={open}
                openDay={chosen => {
                  // The unit stays the one that is shown, also when nobody chose it.
                  unit.value = form.unit.code;
                  day.value = chosen;
                }}
              />
              {operations.map(operation => (
                <OperationCard key={operation} form={form} operation={operation} kept={kept} />
              ))}
              <Send form={form} kept={kept} />
            </>
          )}
        </Awaited>
      </div>
    </OfficePage>
  );
}

/** Which unit, and which day: both are right already for most. */
function Choice({ form, openUnit, openDay }: { form: ReportForm; openUnit: (code: string) => void; openDay: (day: Day) => void }) {
  const text = reportWords.value;
  const isLate = form.now > form.dueAt;
  const isDone = operations.every(operation => form.operations[operation].last?.day === form.day);
  const today = form.days[0];
  return (
    <div class="report-choice">
      <label>
        <span>{text.unit}</span>
        <select class="select" value={form.unit.code} onChange={event => openUnit(event.currentTarget.value)}>
          {form.units.map(unit => (
            <option key={unit.code} value={unit.code}>
              {unit.level === 'town' ? `　${nameOf(unit)}` : text.countyItself(nameOf(unit))}
              {unit.reported.length === operations.length ? ' ✓' : ''}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{text.day}</span>
        <select class="select" value={form.day} onChange={event => openDay(event.currentTarget.value)}>
          {form.days.map(day => (
            <option key={day} value={day}>
              {day === today && form.now <= cutOff(today) ? text.running(shortDay(day)) : text.ended(shortDay(day))}
            </option>
          ))}
        </select>
        <small>{text.dayHint(shortDay(form.day))}</small>
      </label>
      <p class={`report-choice__due ${isLate && !isDone ? 'report-choice__due--late' : ''}`}>
        {isDone ? text.allReported : isLate ? text.overdue(timeOfDay(form.dueAt)) : text.due(timeOfDay(form.dueAt))}
      </p>
    </div>
  );
}

/** One button for both operations: what is typed goes, what is not stays as it was. */
function Send({ form, kept }: { form: ReportForm; kept: KeptReports }) {
  const text = reportWords.value;
  const typed = operations.flatMap(operation => {
    const key = figureKey(form.unit.code, operation, form.day);
    if (!(key in kept.typed.value) || key in kept.waiting.value) return [];
    const { last, areaMu } = form.operations[operation];
    const reading = readingOf(kept.typedAt(key), last, areaMu);
    const of = { division: form.unit.code, operation, day: form.day };
    return kept.typedAt(key).machine.trim() + kept.typedAt(key).hand.trim() === ''
      ? []
      : [{ isReady: reading.isReady, make: () => ({ input: inputOf(of, kept.typedAt(key), reading), unitName: form.unit.name }) }];
  });
  const isReady = typed.length > 0 && typed.every(one => one.isReady);
  const name = kept.busy.value ? text.sending : typed.length === 0 ? text.nothingTyped : typed.length === 2 ? text.sendBoth : text.send;
  return (
    <div class="report-send">
      <button
        type="button"
        class="button button--main"
        disabled={!isReady || kept.busy.value}
        onClick={() => void kept.send(typed.map(one => one.make()))}
      >
        {name}
      </button>
      <small>{words.value.parts.sourceReported}</small>
    </div>
  );
}
