import type { Reported } from '../../shared/registry.ts';
import type { ReportForm } from '../../shared/reporting.ts';
import type { Day, Operation } from '../../shared/season.ts';
import { ratio } from '../../shared/units.ts';
import { shortDay, whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu, percent, timeOfDay } from '../state/format.ts';
import { figureKey, type KeptReports } from './kept-reports.ts';
import { isTyped, type Reading, readingOf, type Typed } from './typed-figure.ts';
import { reportWords } from './words.ts';

export interface CardParts {
  form: ReportForm;
  operation: Operation;
  kept: KeptReports;
}

/** One operation of one unit: what is known, what is typed, and what is odd about it. */
export function OperationCard({ form, operation, kept }: CardParts) {
  const text = reportWords.value;
  const { areaMu, measuredMu, last } = form.operations[operation];
  const key = figureKey(form.unit.code, operation, form.day);
  const typed = kept.typedAt(key);
  const reading = readingOf(typed, last, areaMu);
  const isReported = last?.day === form.day;
  const refused = kept.refused.value[key];
  const waits = key in kept.waiting.value;
  return (
    <section class="report-card" data-operation={operation}>
      <header class="report-card__head">
        <h2>{words.value.operations[operation]}</h2>
        <span class={`chip ${isReported ? 'chip--ahead' : 'chip--late'}`}>
          {isReported ? `✓ ${text.reported}` : `○ ${text.notReported}`}
        </span>
        <span class="muted">
          {text.area[operation]} {areaMu > 0 ? words.value.area(mu(areaMu)) : text.areaUnknown}
        </span>
      </header>
      <LastFigure last={last} measuredMu={measuredMu} now={form.now} day={form.day} />
      <div class="report-card__fields">
        <MuField
          label={text.machine}
          value={typed.machine}
          last={last?.machineMu}
          change={machine => kept.type(key, { machine })}
          bad={reading.machineMu === null}
        />
        <MuField
          label={text.hand}
          value={typed.hand}
          last={last?.handMu}
          change={hand => kept.type(key, { hand })}
          bad={reading.handMu === null}
        />
      </div>
      {isTyped(typed) && <Sums reading={reading} areaMu={areaMu} />}
      {isTyped(typed) && (
        <Doubts reading={reading} typed={typed} areaMu={areaMu} later={refused === 'later'} change={change => kept.type(key, change)} />
      )}
      {refused && (
        <p class="note note--late" role="alert">
          {text.refused[refused as keyof typeof text.refused] ?? text.refused.invalid}
        </p>
      )}
      <Done reported={kept.done.value[key]} />
      {last && !isReported && !isTyped(typed) && !waits && (
        <button
          type="button"
          class="button report-card__same"
          onClick={() => void kept.send([{ input: sameAs(last, form.day), unitName: form.unit.name }])}
        >
          {text.same}
        </button>
      )}
    </section>
  );
}

/** Above the area it was confirmed when it was first reported. */
const sameAs = ({ division, operation, machineMu, handMu, aboveArea }: Reported, day: Day) => ({
  division,
  operation,
  day,
  machineMu,
  handMu,
  ...(aboveArea && { confirmAbove: true }),
});

function LastFigure({ last, measuredMu, now, day }: { last: Reported | null; measuredMu: number; now: number; day: Day }) {
  const text = reportWords.value;
  return (
    <dl class="report-card__known">
      <div>
        <dt>
          {text.last}
          {last && last.day !== day && ` ${shortDay(last.day)}`}
        </dt>
        <dd>
          {last ? (
            <>
              <b>{mu(last.machineMu + last.handMu)}</b>
              <small>
                {words.value.parts.machineMu} {mu(last.machineMu)} · {words.value.parts.handMu} {mu(last.handMu)}
              </small>
              <small>{text.byWhom(last.author, whenText(last.at, now))}</small>
              {last.aboveArea && <span class="chip chip--late">{text.flagged}</span>}
            </>
          ) : (
            <small>{text.never}</small>
          )}
        </dd>
      </div>
      <div>
        <dt title={text.measuredHint}>{text.measured}</dt>
        <dd>
          <b>{mu(measuredMu)}</b>
        </dd>
      </div>
    </dl>
  );
}

function MuField({ label, value, last, change, bad }: MuFieldParts) {
  const text = reportWords.value;
  return (
    <label class="mu-field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        enterKeyHint="next"
        value={value}
        placeholder={last === undefined ? '0' : mu(last)}
        aria-invalid={bad}
        onInput={event => change(event.currentTarget.value)}
      />
      <small>{bad ? text.bad : last === undefined ? '' : text.keepsLast}</small>
    </label>
  );
}

interface MuFieldParts {
  label: string;
  value: string;
  last: number | undefined;
  change: (value: string) => void;
  bad: boolean;
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${mu(value)}`;

function Sums({ reading, areaMu }: { reading: Reading; areaMu: number }) {
  const text = reportWords.value;
  if (reading.sumMu === null) return null;
  return (
    <p class="report-card__sums" role="status">
      <span>
        {text.total} <b>{words.value.area(mu(reading.sumMu))}</b>
      </span>
      {reading.differenceMu !== null && (
        <span>
          {text.difference} <b>{signed(reading.differenceMu)}</b>
        </span>
      )}
      <span>
        {text.share} <b>{percent(ratio(reading.sumMu, areaMu))}</b>
      </span>
    </p>
  );
}

function Doubts({ reading, typed, areaMu, later, change }: DoubtsParts) {
  const text = reportWords.value;
  return (
    <>
      {(reading.falls || later) && (
        <label class="report-card__doubt">
          <span>{reading.falls ? text.falls : text.refused.later}</span>
          <input
            type="text"
            maxLength={200}
            value={typed.reason}
            placeholder={text.reason}
            onInput={event => change({ reason: event.currentTarget.value })}
          />
        </label>
      )}
      {reading.above && (
        <label class="report-card__doubt report-card__doubt--check">
          <input type="checkbox" checked={typed.above} onChange={event => change({ above: event.currentTarget.checked })} />
          <span>
            <b>{text.above(mu(areaMu))}</b> {text.confirmAbove}
          </span>
        </label>
      )}
    </>
  );
}

interface DoubtsParts {
  reading: Reading;
  typed: Typed;
  areaMu: number;
  /** The server said that a later day has less. */
  later: boolean;
  change: (change: Partial<Typed>) => void;
}

function Done({ reported }: { reported: Reported | undefined }) {
  const text = reportWords.value;
  if (!reported) return null;
  return (
    <p class="report-card__done" role="status">
      ✓ {text.done(timeOfDay(reported.at), reported.version)}
      {reported.aboveArea && ` · ${text.flagged}`}
    </p>
  );
}
