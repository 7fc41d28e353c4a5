import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type RegistryList, type RegistryRow, registryColumns, registryEditable, registrySorts } from '../../shared/registry-list.ts';
import { auditWords } from '../accounts/audit-words.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { Failure } from '../panels/message.tsx';
import { problemText } from '../setup/problem-text.ts';
import { setupWords } from '../setup/words.ts';
import { count } from '../state/format.ts';
import { cellText, choicesOf } from './cell-text.ts';
import { type PageGrid, pageGridIn } from './page-grid.ts';
import { registryWords } from './words.ts';

interface GridParts {
  list: RegistryList;
  filter: Record<string, string>;
  /** Rises when the list changed: it is asked again. */
  stamp: number;
  units: ReadonlyMap<string, string>;
  onHistory: (row: RegistryRow) => void;
}

interface Conflict {
  now: RegistryRow;
  column: string;
  value: string;
  put: (row: RegistryRow) => void;
}

const titleOf = (column: string): string => setupWords.value.columns[column] ?? auditWords.value.members[column] ?? column;

/** One list, a page at a time; what is changed in a cell is sent at once. */
export function ListGrid({ list, filter, stamp, units, onHistory }: GridParts) {
  const text = registryWords.value;
  const element = useRef<HTMLDivElement>(null);
  const grid = useRef<PageGrid | null>(null);
  const wanted = useRef(filter);
  wanted.current = filter;
  const total = useSignal<number | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const said = useSignal('');
  const conflict = useSignal<Conflict | null>(null);
  const unitName = (code: string) => units.get(code) ?? code;

  const load = async ({ from, sort, desc }: { from: number; sort: string; desc: boolean }) => {
    try {
      const page = await ask('registryPage', { list, ...wanted.current, from, sort, desc: String(desc) });
      total.value = page.total;
      failed.value = null;
      return page;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
      return { total: 0, rows: [] };
    }
  };
  const change = async (row: RegistryRow, { column, value, put }: Omit<Conflict, 'now'>) => {
    said.value = '';
    try {
      put(await ask('editRegistry', { list, id: row.id }, { body: { version: row.version, changes: { [column]: value } } }));
      said.value = text.saved;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      const now = cause.code === 'conflict' ? await rowNow(list, row) : null;
      if (now) conflict.value = { now, column, value, put };
      else said.value = text.refused(problemText(cause));
    }
  };

  useEffect(() => {
    const columns = registryColumns[list].map(name => ({
      name,
      title: titleOf(name),
      isEditable: (registryEditable[list] as readonly string[]).includes(name),
      isSortable: (registrySorts[list] as readonly string[]).includes(name),
      choices:
        name === 'division'
          ? Object.fromEntries(units)
          : choicesOf[name]
            ? Object.fromEntries(choicesOf[name].map(one => [one, cellText(name, one, unitName)]))
            : null,
    }));
    const [first_title, prev_title, next_title, last_title] = text.pages;
    const locale = { first: '«', prev: '‹', next: '›', last: '»', first_title, prev_title, next_title, last_title, page_title: text.page };
    grid.current = pageGridIn(element.current!, {
      columns,
      empty: text.empty,
      historyTitle: text.history,
      locale,
      text: (column, value) => cellText(column, value, unitName),
      load,
      edited: (row, column, value, put) => void change(row, { column, value, put }),
      onHistory,
    });
    return () => grid.current?.destroy();
  }, [list]);
  const key = `${JSON.stringify(filter)} ${stamp}`;
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current !== key) grid.current?.reload();
    shown.current = key;
  }, [key]);

  return (
    <>
      <p class="muted" role="status">
        {total.value !== null && <b>{text.total(count(total.value))}</b>} {registryEditable[list].length === 0 ? text.readOnly : text.hint}{' '}
        {said.value}
      </p>
      {failed.value && <Failure code={failed.value} retry={() => grid.current?.reload()} />}
      {conflict.value && (
        <ConflictNote
          conflict={conflict.value}
          shown={value => cellText(conflict.value!.column, value, unitName)}
          done={isMine => {
            const { now, ...rest } = conflict.value!;
            conflict.value = null;
            rest.put(now);
            if (isMine) void change(now, rest);
          }}
        />
      )}
      <div class="registry__grid" ref={element} />
    </>
  );
}

/** The record as it is now, found by what tells it from others. */
async function rowNow(list: RegistryList, { id, cells }: RegistryRow): Promise<RegistryRow | null> {
  const { rows } = await ask('registryPage', { list, q: String(list === 'stations' ? id : (cells.id ?? cells.plate ?? id)).slice(0, 40) });
  return rows.find(row => row.id === id) ?? null;
}

interface NoteParts {
  conflict: Conflict;
  shown: (value: RegistryRow['cells'][string]) => string;
  done: (isMine: boolean) => void;
}

/** Both are shown, and a person decides. */
function ConflictNote({ conflict: { now, column, value }, shown, done }: NoteParts) {
  const text = registryWords.value;
  return (
    <div class="note note--late registry__conflict" role="alert">
      <b>{text.conflict}</b>
      <span>
        {titleOf(column)} · {text.yours(shown(value))} · {text.theirs(shown(now.cells[column] ?? ''))}
      </span>
      <span>
        <button type="button" class="button" onClick={() => done(false)}>
          {text.keepTheirs}
        </button>{' '}
        <button type="button" class="button" onClick={() => done(true)}>
          {text.putYours}
        </button>
      </span>
    </div>
  );
}
