import { type BulletinTable, cellText, comparedTable, groupsOf, progressTable, receptionTable } from './bulletin-table.ts';
import { changeLine } from './change-line.ts';
import type { PaperHead, Shown } from './paper-head.ts';
import './paper.css';

/** The bulletin as it is printed: what is seen here is what comes out on A4, black on white in either skin. */
export function Paper({ shown, head }: { shown: Shown; head: PaperHead }) {
  const { words, nameOf } = head;
  const { content, reason, changes } = shown;
  const reception = receptionTable(content, words, nameOf);
  const remarks = content.remarks.general.split('\n').filter(line => line !== '');
  return (
    <article class="paper" lang={words.isWan ? 'zh-CN' : 'en'}>
      <header class="paper__head">
        <h2>{head.title}</h2>
        <p>
          {head.lines.map(line => (
            <span key={line}>{line}</span>
          ))}
        </p>
      </header>
      <Table table={progressTable(content, words, nameOf)} name="progress" />
      {remarks.length > 0 && (
        <section class="paper__part">
          <h3>{words.remarks}</h3>
          {remarks.map((line, i) => (
            <p key={`${i}${line}`}>{line}</p>
          ))}
        </section>
      )}
      {reason !== null && (
        <section class="paper__part paper__changes">
          <h3>{words.correction(shown.version - 1)}</h3>
          <p>
            {words.reason}
            {words.colon}
            {reason}
          </p>
          <ul>
            {changes.map(change => (
              <li key={`${change.code}${change.operation}${change.figure}`}>{changeLine(change, head.phrases)}</li>
            ))}
          </ul>
        </section>
      )}
      {reception && (
        <section class="paper__part">
          <h3>{words.reception}</h3>
          <Table table={reception} name="reception" />
        </section>
      )}
      <section class="paper__part">
        <h3>{words.compared}</h3>
        <Table table={comparedTable(content, words, nameOf)} name="compared" />
      </section>
      <footer class="paper__foot">
        {head.foot.map(line => (
          <p key={line}>{line}</p>
        ))}
      </footer>
    </article>
  );
}

function Table({ table, name }: { table: BulletinTable; name: string }) {
  const { columns, rows, inWan } = table;
  return (
    <div class="paper__scroll">
      <table class={`paper__table paper__table--${name}`}>
        <thead>
          <tr>
            {groupsOf(columns).map(({ group, span }, i) => (
              <th key={`${i}${group}`} colSpan={span} scope="colgroup">
                {group}
              </th>
            ))}
          </tr>
          <tr>
            {columns.map((column, i) => (
              <th key={`${i}${column.name}`} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i} class={i === rows.length - 1 ? 'paper__total' : ''}>
              {row.map((cell, j) => (
                <td key={columns[j].name + j} class={cell.kind === 'text' ? 'paper__text' : ''}>
                  {cellText(cell, inWan)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
