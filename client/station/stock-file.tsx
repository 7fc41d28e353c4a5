import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask } from '../connection/http.ts';
import { problemText } from '../setup/problem-text.ts';
import { setupWords } from '../setup/words.ts';
import { count } from '../state/format.ts';
import { bayWords } from './bay-words.ts';

type Report = RouteOutput<'importStock'>;

/** Shelves from a table: first what it would do, with each bad row and why; then, if nothing is bad, all of it. */
export function StockFile({ station, done }: { station: string; done: () => void }) {
  const text = bayWords.value.stock;
  const file = useSignal<ArrayBuffer | null>(null);
  const report = useSignal<Report | null>(null);
  const failed = useSignal<string | null>(null);
  const send = async (apply: boolean) => {
    if (file.value === null) return;
    try {
      report.value = await ask('importStock', { station, apply: String(apply) }, { file: file.value });
      failed.value = null;
      if (apply) done();
    } catch (cause) {
      failed.value = problemText(cause);
    }
  };
  const said = report.value;
  const { reasons } = setupWords.value;
  return (
    <details class="card__more">
      <summary>{text.file}</summary>
      <p class="muted">
        {text.fileColumns}{' '}
        <a class="link" href={`/api/v1/stock/template?station=${encodeURIComponent(station)}`} download="stock.csv">
          {text.template}
        </a>
      </p>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label={text.file}
        onChange={async event => {
          file.value = (await event.currentTarget.files?.[0]?.arrayBuffer()) ?? null;
          report.value = null;
          await send(false);
        }}
      />
      {failed.value && (
        <p class="note note--late" role="alert">
          {failed.value}
        </p>
      )}
      {said && said.badRows > 0 && (
        <div class="note note--late" role="alert">
          <p>{text.fileBad(count(said.badRows))}</p>
          <ul>
            {said.bad.slice(0, 20).map(bad => (
              <li key={`${bad.row}${bad.column}`}>
                {text.row(String(bad.row))} · {bad.column} “{bad.value}” · {reasons ? reasons[bad.reason](bad.detail) : bad.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {said && said.badRows === 0 && (
        <p class="note">
          {said.applied ? text.applied : text.fileGood(count(said.good), count(said.new), count(said.changed))}{' '}
          {!said.applied && (
            <button type="button" class="button button--main" onClick={() => void send(true)}>
              {text.apply}
            </button>
          )}
        </p>
      )}
    </details>
  );
}
