import { type CellComponent, type ColumnDefinition, TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator_simple.min.css';
import { REGISTRY_PAGE, type RegistryRow } from '../../shared/registry-list.ts';

export interface PageWish {
  from: number;
  sort: string;
  desc: boolean;
}
export interface PageGridWish {
  columns: { name: string; title: string; isEditable: boolean; isSortable: boolean; choices: Record<string, string> | null }[];
  empty: string;
  historyTitle: string;
  /** In the reader's language. */
  locale: Record<string, string>;
  text(column: string, value: RegistryRow['cells'][string]): string;
  load(wish: PageWish): Promise<{ total: number; rows: RegistryRow[] }>;
  edited(row: RegistryRow, column: string, value: string, put: (row: RegistryRow) => void): void;
  onHistory(row: RegistryRow): void;
}
export interface PageGrid {
  reload(): void;
  destroy(): void;
}

interface Shown extends Record<string, unknown> {
  id: string;
  record: RegistryRow;
}
const shownOf = (record: RegistryRow): Shown => ({ ...record.cells, id: record.id, record, 'cell:id': record.cells.id });

const span = (text: string): HTMLElement => {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
};

/** A grid that holds one page of a list: paging and sorting are the server's. */
export function pageGridIn(element: HTMLElement, wish: PageGridWish): PageGrid {
  const recordOf = (cell: CellComponent): RegistryRow => (cell.getData() as Shown).record;
  const columns = wish.columns.map<ColumnDefinition>(({ name, title, isEditable, isSortable, choices }) => ({
    title,
    field: name,
    headerSort: isSortable,
    formatter: cell => span(wish.text(name, recordOf(cell).cells[name] ?? null)),
    ...(isEditable && {
      editor: choices ? 'list' : 'input',
      ...(choices && { editorParams: { values: choices } }),
      editable: (cell: CellComponent) => recordOf(cell).mayEdit,
      cellEdited: (cell: CellComponent) => {
        const record = recordOf(cell);
        const value = cell.getValue() as unknown;
        if (String(value ?? '') === String(record.cells[name] ?? '')) return;
        // What stands there is what the server last said, until it says otherwise.
        const put = (row: RegistryRow) =>
          void cell
            .getRow()
            .update(shownOf(row))
            .then(() => cell.getRow().reformat());
        put(record);
        wish.edited(record, name, String(value ?? ''), put);
      },
    }),
  }));
  const history: ColumnDefinition = {
    title: '',
    field: 'record',
    width: 44,
    headerSort: false,
    formatter: cell => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'registry__history';
      button.textContent = '↺';
      button.title = wish.historyTitle;
      button.setAttribute('aria-label', wish.historyTitle);
      // Before the grid takes the press for the beginning of a selection.
      button.addEventListener('mousedown', event => event.stopPropagation());
      button.addEventListener('click', () => wish.onHistory(recordOf(cell)));
      return button;
    },
  };
  const table = new Tabulator(element, {
    index: 'id',
    columns: [history, ...columns],
    layout: 'fitDataStretch',
    height: '100%',
    // Under a thumb a row is as high as a button.
    rowHeight: window.matchMedia('(max-width: 1000px)').matches ? 44 : 34,
    placeholder: wish.empty,
    pagination: true,
    paginationMode: 'remote',
    paginationSize: REGISTRY_PAGE,
    sortMode: 'remote',
    selectableRange: 1,
    editTriggerEvent: 'dblclick',
    locale: 'own',
    langs: { own: { pagination: wish.locale } },
    ajaxURL: 'registry',
    ajaxRequestFunc: async (_url, _config, parameters: { page?: number; sort?: { field: string; dir: string }[] }) => {
      const [sort] = parameters.sort ?? [];
      const from = ((parameters.page ?? 1) - 1) * REGISTRY_PAGE;
      const { total, rows } = await wish.load({ from, sort: sort?.field ?? '', desc: sort?.dir === 'desc' });
      return { last_page: Math.max(1, Math.ceil(total / REGISTRY_PAGE)), data: rows.map(shownOf) };
    },
  });
  return { reload: () => void table.setPage(1), destroy: () => table.destroy() };
}
