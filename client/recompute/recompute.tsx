import { useSignal } from '@preact/signals';
import type { Recomputation, RecomputeScope } from '../../shared/recomputation.ts';
import { bulletinDayOf } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { count, mu } from '../state/format.ts';
import './recompute.css';
import { recomputeWords } from './words.ts';

const REFRESH_MS = 2000;

/** What a person asks the server for here; says why when it was refused. */
function useRequest() {
  const [busy, failed] = [useSignal(false), useSignal<string | null>(null)];
  const run = async (request: () => Promise<unknown>): Promise<void> => {
    busy.value = true;
    failed.value = null;
    try {
      await request();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code === 'conflict' ? recomputeWords.value.conflict : recomputeWords.value.refused;
    }
    busy.value = false;
  };
  return { busy, failed, run };
}

const Problem = ({ says }: { says: string | null }) =>
  says === null ? null : (
    <p class="note note--late" role="alert">
      {says}
    </p>
  );

/** Of the whole city, for who may reach it all. */
export function RecomputeCity({ now }: { now: number }) {
  const places = useAnswer('places', {}).value;
  const city = places.state === 'ready' ? places.value.divisions.find(({ level }) => level === 'city') : undefined;
  return city ? <RecomputeUnit division={city.code} day={bulletinDayOf(now)} now={now} /> : null;
}

/** Season or day of a unit: asked for here, with what came of it and of newer methods. */
export function RecomputeUnit({ division, day: today, now }: { division: string; day: string; now: number }) {
  const text = recomputeWords.value;
  const runs = useAnswer('recomputations', { division }, REFRESH_MS).value;
  const [whole, day] = [useSignal(true), useSignal(today)];
  const { busy, failed, run } = useRequest();
  const isRunning = runs.state === 'ready' && runs.value.runs.some(one => one.endedAt === null);
  const reload = () => runs.state === 'ready' && runs.reload();
  const begin = (event: Event) => {
    event.preventDefault();
    const body: RecomputeScope = whole.value ? { division, season: true } : { division, day: day.value };
    void run(() => ask('recompute', {}, { body })).then(reload);
  };
  return (
    <section class="recompute">
      <h2>{text.title}</h2>
      <p>{text.lead}</p>
      <form class="recompute__form" onSubmit={begin}>
        <fieldset>
          <legend>{text.scope}</legend>
          <label>
            <input type="radio" name="scope" checked={whole.value} onChange={() => (whole.value = true)} /> {text.season}
          </label>
          <label>
            <input type="radio" name="scope" checked={!whole.value} onChange={() => (whole.value = false)} /> {text.day}
          </label>
          {!whole.value && (
            <input type="date" required value={day.value} max={today} onInput={event => (day.value = event.currentTarget.value)} />
          )}
        </fieldset>
        <button type="submit" class="button button--main" disabled={busy.value || isRunning}>
          {isRunning ? text.running : text.start}
        </button>
      </form>
      <Problem says={failed.value} />
      <Awaited answer={runs}>
        {({ runs: all }) =>
          all.length === 0 ? (
            <p class="muted">{text.none}</p>
          ) : (
            <ul class="recompute__runs">
              {all.map(one => (
                <Run key={one.id} run={one} now={now} changed={reload} />
              ))}
            </ul>
          )
        }
      </Awaited>
    </section>
  );
}

/** Of one field, in its drawer. */
export function RecomputeField({ field, division, now }: { field: string; division: string; now: number }) {
  const text = recomputeWords.value;
  const begun = useSignal<string | null>(null);
  const { busy, failed, run } = useRequest();
  const begin = () => run(async () => (begun.value = (await ask('recompute', {}, { body: { field } })).id));
  return (
    <>
      <button type="button" class="button" disabled={busy.value} onClick={() => void begin()}>
        {text.field}
      </button>
      <Problem says={failed.value} />
      {begun.value && <FieldRun id={begun.value} division={division} now={now} />}
    </>
  );
}

function FieldRun({ id, division, now }: { id: string; division: string; now: number }) {
  const runs = useAnswer('recomputations', { division }, REFRESH_MS).value;
  const found = runs.state === 'ready' ? runs.value.runs.find(run => run.id === id) : undefined;
  if (!found) return <p class="muted">{recomputeWords.value.running}</p>;
  return (
    <ul class="recompute__runs">
      <Run run={found} now={now} changed={() => runs.state === 'ready' && runs.reload()} />
    </ul>
  );
}

function scopeText({ scope }: Recomputation): string {
  const text = recomputeWords.value;
  if ('field' in scope) return text.ofField(scope.field);
  return 'day' in scope ? text.ofDay(scope.day) : text.ofSeason;
}

function Run({ run, now, changed }: { run: Recomputation; now: number; changed: () => void }) {
  const text = recomputeWords.value;
  const { busy, failed, run: send } = useRequest();
  const by = run.cause === 'method' ? text.method(run.methods.before, run.methods.after) : text.asked(run.author);
  return (
    <li class="recompute__run">
      <p>
        <strong>{scopeText(run)}</strong> · {by} · {whenText(run.at, now)}
      </p>
      <p role="status">{outcome(run)}</p>
      {run.moving > 0 && <p class="muted">{text.moving(count(run.moving))}</p>}
      {run.differing > 0 && <Table run={run} />}
      {run.adopted && <p class="muted">{text.adopted(run.adopted.author, whenText(run.adopted.at, now))}</p>}
      {run.cause === 'asked' && run.differing > 0 && run.endedAt !== null && !run.adopted && (
        <button
          type="button"
          class="button"
          disabled={busy.value}
          onClick={() => void send(() => ask('adoptRecomputation', { id: run.id }, { body: {} })).then(changed)}
        >
          {busy.value ? text.adopting : text.adopt}
        </button>
      )}
      <Problem says={failed.value} />
    </li>
  );
}

function outcome(run: Recomputation): string {
  const text = recomputeWords.value;
  if (run.failed !== null) return text.failed(run.failed);
  const compared = text.compared(count(run.compared));
  if (run.endedAt === null) return `${text.running} ${compared}`;
  if (run.compared === 0) return text.nothing;
  return `${compared} · ${run.differing === 0 ? text.same : text.differing(count(run.differing))}`;
}

function Table({ run }: { run: Recomputation }) {
  const text = recomputeWords.value;
  const rows = [
    ...run.totals.map(row => ({ ...row, name: text.total })),
    ...run.units,
    ...run.largest.map(row => ({ ...row, name: row.field })),
  ];
  return (
    <div class="recompute__table">
      <table>
        <thead>
          <tr>
            <th>{text.unit}</th>
            <th>{text.operation}</th>
            <th>{text.before}</th>
            <th>{text.after}</th>
            <th>{text.change}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${row.name}${row.operation}${i}`}>
              <td>{row.name}</td>
              <td>{words.value.operations[row.operation]}</td>
              <td>{mu(row.beforeMu)}</td>
              <td>{mu(row.afterMu)}</td>
              <td>{`${row.afterMu > row.beforeMu ? '+' : ''}${mu(row.afterMu - row.beforeMu)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
