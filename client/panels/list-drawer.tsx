import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../language/language.ts';
import type { ListGrid } from '../lists/grid.ts';
import { count } from '../state/format.ts';
import { Drawer } from './drawer.tsx';
import { Quiet } from './message.tsx';

export interface ListOf<Row> {
  rows: readonly Row[];
  /** Said instead of the grid when there is nothing at all. */
  empty: string;
  /** Said beside the number of rows while more are on their way. */
  progress?: string | undefined;
  fileName: string;
  /** Builds the grid in the given element; the library behind it is fetched only now. */
  build(element: HTMLElement): Promise<ListGrid<Row>>;
}

/** A drawer with nothing but a list. */
export const ListDrawer = <Row,>({ title, ...list }: ListOf<Row> & { title: string }) => (
  <Drawer title={title} wide>
    <ListTable {...list} />
  </Drawer>
);

/** A list that can be sorted by its heads, filtered by typing, and taken home as CSV; as high as what it stands in. */
export function ListTable<Row>({ rows, empty, progress, fileName, build }: ListOf<Row>) {
  const text = words.value;
  const element = useRef<HTMLDivElement>(null);
  const grid = useSignal<ListGrid<Row> | null>(null);
  const filter = useSignal('');
  const isEmpty = rows.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    let built: ListGrid<Row> | null = null;
    let gone = false;
    void build(element.current!).then(ready => {
      built = ready;
      if (gone) ready.destroy();
      else grid.value = ready;
    });
    return () => {
      gone = true;
      built?.destroy();
      grid.value = null;
    };
  }, [isEmpty, text]);
  useEffect(() => grid.value?.show(rows), [grid.value, rows]);
  useEffect(() => grid.value?.filter(filter.value), [grid.value, filter.value]);
  if (isEmpty) return <Quiet>{progress ?? empty}</Quiet>;
  return (
    <div class="list">
      <div class="list__tools">
        <input
          class="search__input"
          type="search"
          placeholder={text.lists.filter}
          aria-label={text.lists.filter}
          onInput={event => {
            filter.value = event.currentTarget.value;
          }}
        />
        <span class="muted">{progress ?? text.lists.rows(count(rows.length))}</span>
        <button type="button" class="button" disabled={grid.value === null} onClick={() => grid.value?.exportCsv(`${fileName}.csv`)}>
          {text.lists.exportCsv}
        </button>
      </div>
      <div class="list__grid" ref={element} />
    </div>
  );
}
