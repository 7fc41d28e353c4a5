import { lazy, Suspense } from 'preact/compat';
import type { BadRow, ImportReport } from '../../shared/imports.ts';
import { words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { setupWords } from './words.ts';

const PreviewMap = lazy(() => import('./preview-map.tsx').then(module => ({ default: module.PreviewMap })));

/** What a file would do: how many rows of which kind, what is wrong, a preview, and the one button. */
export function ImportFindings({ report, name, apply }: { report: ImportReport; name: string; apply: () => void }) {
  const text = setupWords.value.report;
  const { noun } = setupWords.value.kinds[report.kind];
  const toDo = report.new + report.changed;
  return (
    <section class="findings" aria-label={name}>
      <h3>{name}</h3>
      <dl class="findings__counts">
        <Count label={text.rows} value={report.rows} />
        <Count label={text.new} value={report.new} />
        <Count label={text.changed} value={report.changed} />
        <Count label={text.same} value={report.same} />
        <Count label={text.bad} value={report.badRows} isBad={report.badRows > 0} />
        {report.absent > 0 && <Count label={text.absent} value={report.absent} />}
      </dl>
      {report.bad.length > 0 && <BadRows report={report} />}
      {report.preview.shapes.length > 0 && (
        <Suspense fallback={<Quiet>{words.value.loading}</Quiet>}>
          <PreviewMap shapes={report.preview.shapes} isWhole={report.preview.shapes.length >= report.new + report.changed} />
        </Suspense>
      )}
      {report.preview.rows.length > 0 && <PreviewRows preview={report.preview} />}
      {report.bad.length > 0 ? (
        <p class="note note--late">{text.fixFirst}</p>
      ) : toDo === 0 ? (
        <p class="note">{text.nothing}</p>
      ) : (
        <button type="button" class="button button--main" onClick={apply}>
          {text.apply(toDo, noun)}
        </button>
      )}
    </section>
  );
}

const Count = ({ label, value, isBad = false }: { label: string; value: number; isBad?: boolean }) => (
  <div class={isBad ? 'findings__count findings__count--bad' : 'findings__count'}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

function BadRows({ report }: { report: ImportReport }) {
  const { report: text, reasons } = setupWords.value;
  const isGeo = report.kind === 'fields' || report.kind === 'outlines';
  const what = ({ reason, detail, message }: BadRow) => (reasons ? reasons[reason](detail) : message);
  return (
    <div class="findings__table findings__table--bad">
      <table>
        <thead>
          <tr>
            <th>{isGeo ? text.feature : text.row}</th>
            <th>{text.column}</th>
            <th>{text.value}</th>
            <th>{text.what}</th>
          </tr>
        </thead>
        <tbody>
          {report.bad.map((bad, i) => (
            <tr key={`${bad.row} ${i}`}>
              <td>{bad.row}</td>
              <td>{bad.column}</td>
              <td class="findings__value">{bad.value}</td>
              <td>{what(bad)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.bad.length >= 500 && <p class="muted">{text.onlyListed(report.bad.length)}</p>}
    </div>
  );
}

function PreviewRows({ preview }: { preview: ImportReport['preview'] }) {
  const { report: text, columns, values } = setupWords.value;
  return (
    <details class="findings__preview">
      <summary>{text.preview}</summary>
      <div class="findings__table">
        <table>
          <thead>
            <tr>
              {preview.columns.map(column => (
                <th key={column}>{columns[column] ?? column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, i) => (
              <tr key={`${row[0]} ${i}`}>
                {row.map((cell, j) => (
                  <td key={preview.columns[j]}>{values[cell] ?? cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
