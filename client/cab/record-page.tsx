import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { count, monthAndDay, mu, timeNear } from '../state/format.ts';
import { ownership, senses, stored } from './cab-state.ts';
import { claimWords } from './claim-words.ts';
import type { Engine } from './engine.ts';
import { ObjectionForm } from './objection-form.tsx';
import { rowsShown, type ShownRow, type Totals, totalsOf, yuanOf } from './record.ts';

/** What this machine did, today and this season, by field and day; without a network as it was heard last. */
export function RecordPage({ engine, onBack }: { engine: Engine; onBack: () => void }) {
  const text = claimWords.value;
  const objected = useSignal<ShownRow | null>(null);
  useEffect(() => void engine.askRecord(), [engine]);
  const { facts, errands, now } = stored.value!;
  if (objected.value !== null) {
    return (
      <ObjectionForm
        engine={engine}
        row={objected.value}
        onDone={() => {
          objected.value = null;
        }}
      />
    );
  }
  const rows = facts.record ? rowsShown(facts.record, errands) : [];
  // A season lies within one year.
  const today = monthAndDay(now);
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.record}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        {facts.record === null ? (
          <p class="cab-note" role="status">
            {text.notLoaded}
          </p>
        ) : (
          <>
            <p class="cab-small" role="status">
              {text.asOf(timeNear(facts.record.asOf, now))}
              {senses.value.link !== 'connected' && ` · ${text.offline}`}
            </p>
            <Sums title={text.today} totals={totalsOf(rows.filter(({ day }) => day.slice(5) === today))} />
            <Sums title={text.season} totals={totalsOf(rows)} />
            {rows.length === 0 && <p class="cab-note">{text.none}</p>}
            <ol class="record-rows">
              {rows.map(row => (
                <Row
                  key={`${row.day}${row.field}${row.operation}`}
                  row={row}
                  onObject={() => {
                    objected.value = row;
                  }}
                />
              ))}
            </ol>
          </>
        )}
      </div>
    </main>
  );
}

function Sums({ title, totals }: { title: string; totals: Totals }) {
  const text = claimWords.value;
  const figures = [
    [mu(totals.mu), text.mu],
    [mu(totals.hours), text.hours],
    [count(totals.fields), text.fields],
    [count(totals.yuan), text.yuan],
  ];
  return (
    <section class="record-sums">
      <h2>{title}</h2>
      <dl>
        {figures.map(([value, unit]) => (
          <div key={unit}>
            <dt>{unit}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {totals.unpricedMu >= 0.05 && <p class="cab-small">{text.unpricedMu(mu(totals.unpricedMu))}</p>}
    </section>
  );
}

function Row({ row, onObject }: { row: ShownRow; onObject: () => void }) {
  const text = claimWords.value;
  const yuan = yuanOf(row);
  const mayObject = row.waits === null && row.objection?.state !== 'open';
  return (
    <li class="record-row">
      <p class="record-row__where">
        <strong>{row.village}</strong>
        <span>
          {row.day.slice(5)} · {text.operations[row.operation]}
          {row.isFinished && ` · ${text.finished}`}
        </span>
      </p>
      <p class="record-row__mu">
        <b>{mu(row.mu)}</b> {text.mu}
        <span>{yuan === null ? text.unpriced : `${count(yuan)} ${text.yuan}`}</span>
      </p>
      <p class="cab-small">
        {text.band(mu(row.bandMu[0]), mu(row.bandMu[1]))} · {mu(row.hours)} {text.hours}
        {row.pricePerMu !== null && ` · ${text.price(String(row.pricePerMu))}`}
      </p>
      <Objected row={row} />
      {mayObject && (
        <button type="button" class="cab-button" disabled={ownership.value !== 'owner'} onClick={onObject}>
          {text.object}
        </button>
      )}
    </li>
  );
}

/** What was said against the row, and what was answered. */
function Objected({ row: { waits, objection } }: { row: ShownRow }) {
  const text = claimWords.value;
  if (waits) {
    return (
      <p class="record-said record-said--waiting" role="status">
        <strong>{text.reasons[waits.reason]}</strong> {text.waiting}
      </p>
    );
  }
  if (!objection) return null;
  const { decision, state, reason, claimedMu } = objection;
  const said =
    state === 'upheld'
      ? text.upheld(mu(decision?.agreedMu ?? 0))
      : state === 'refused'
        ? text.refusedBy
        : decision
          ? text.again
          : text.open;
  return (
    <div class={`record-said record-said--${state}`}>
      <p>
        {text.reasons[reason]}
        {claimedMu !== null && ` · ${text.claimedMu(mu(claimedMu))}`}
      </p>
      <strong>{said}</strong>
      {decision && <p>{text.answer(decision.by, decision.reason)}</p>}
    </div>
  );
}
