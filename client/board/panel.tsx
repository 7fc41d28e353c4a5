import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { boardWords } from './words.ts';

export const panelNames = ['late', 'advice', 'orders', 'requests', 'alerts', 'machines'] as const;
export type PanelName = (typeof panelNames)[number];

export interface PanelParts {
  name: PanelName;
  /** How many there are; absent while nobody knows. */
  count?: string | undefined;
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** One list of the board, with its number and tools above it. */
export function Panel({ name, count, tools, children }: PanelParts) {
  const title = boardWords.value.section[name];
  return (
    <section class={`board-panel board-panel--${name}`} data-panel={name} aria-label={title} onKeyDown={moveInPanel}>
      <header class="board-panel__head">
        <h2>
          {title} {count !== undefined && <span class="board-panel__count">{count}</span>}
        </h2>
        {tools}
      </header>
      <div class="board-panel__body" tabIndex={-1}>
        {children}
      </div>
    </section>
  );
}

const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows move from row to row, and from the filter down into the list; a choice of the sort order keeps its own. */
function moveInPanel(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (!(event.code in step) || event.isComposing || event.defaultPrevented || target.tagName === 'SELECT') return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.board-panel__body :is(button, a[href])')];
  const next = rows[rows.indexOf(target) + step[event.code]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Brings the keys to the first row of a list, or to the list itself where it is empty. */
export function focusPanel(name: PanelName): void {
  const panel = document.querySelector<HTMLElement>(`[data-panel=${name}]`);
  panel?.scrollIntoView({ block: 'nearest' });
  const row = panel?.querySelector<HTMLElement>('.board-row[aria-current="true"], .board-panel__body :is(button, a[href])');
  (row ?? panel?.querySelector<HTMLElement>('.board-panel__body'))?.focus();
}

/**
 * Where the page scrolls, lists above a panel push it away while they fill: it is kept in sight until somebody touches the page. Returns
 * what ends it.
 */
export function holdPanel(name: PanelName): () => void {
  const board = document.querySelector('.board');
  if (!board || !window.matchMedia('(max-width: 1160px)').matches) return () => undefined;
  const hold = new ResizeObserver(() => document.querySelector(`[data-panel=${name}]`)?.scrollIntoView({ block: 'start' }));
  const touched = new AbortController();
  const end = () => {
    hold.disconnect();
    touched.abort();
  };
  for (const touch of ['pointerdown', 'wheel', 'keydown']) window.addEventListener(touch, end, { signal: touched.signal, passive: true });
  hold.observe(board);
  return end;
}

/** Scrolls the list alone: on a phone the page stays where its reader is. */
function bringIntoList(row: HTMLElement): void {
  const list = row.closest('.board-panel__body');
  if (!list) return;
  const [at, frame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  if (at.top < frame.top) list.scrollTop -= frame.top - at.top;
  else if (at.bottom > frame.bottom) list.scrollTop += at.bottom - frame.bottom;
}

interface RowParts {
  class?: string;
  isChosen: boolean;
  onChoose: () => void;
  data?: string;
  children: ComponentChildren;
}

/** A row that is chosen by a click or Enter; one that was chosen on the map comes into sight. */
export function Row({ class: name = '', isChosen, onChoose, data, children }: RowParts) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) bringIntoList(row.current!);
  }, [isChosen]);
  return (
    <button
      type="button"
      class={`board-row ${name}`}
      ref={row}
      aria-current={isChosen ? 'true' : undefined}
      data-row={data}
      onClick={onChoose}
    >
      {children}
    </button>
  );
}

/** Words to filter by, and an order to choose. */
export function ListTools<Sort extends string>({
  filter,
  onFilter,
  sort,
  sorts,
  onSort,
  onExport,
}: {
  filter: string;
  onFilter: (typed: string) => void;
  sort: Sort;
  sorts: Record<Sort, string>;
  onSort: (sort: Sort) => void;
  onExport?: () => void;
}) {
  const text = boardWords.value;
  return (
    <div class="board-tools">
      <input
        class="board-tools__filter"
        type="search"
        placeholder={text.filter}
        aria-label={text.filter}
        value={filter}
        onInput={event => onFilter(event.currentTarget.value)}
      />
      <select class="select" aria-label={text.sort} value={sort} onChange={event => onSort(event.currentTarget.value as Sort)}>
        {(Object.keys(sorts) as Sort[]).map(name => (
          <option key={name} value={name}>
            {sorts[name]}
          </option>
        ))}
      </select>
      {onExport && (
        <button type="button" class="icon-button board-tools__csv" aria-label={text.csv} title={text.csv} onClick={onExport}>
          ⤓
        </button>
      )}
    </div>
  );
}

export const holds = (typed: string, ...texts: readonly (string | null)[]): boolean => {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || texts.some(text => text?.toLowerCase().includes(wanted));
};
