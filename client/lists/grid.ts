import { type ColumnDefinition, TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator_simple.min.css';
import { cellText } from '../../shared/spreadsheet.ts';

export interface ListGrid<Row> {
  show(rows: readonly Row[]): void;
  /** Keeps the rows in which any shown value holds the text. */
  filter(text: string): void;
  exportCsv(fileName: string): void;
  destroy(): void;
}

export interface GridColumn<Row> {
  title: string;
  field: keyof Row & string;
  /** Numbers stand on the right and are sorted as such. */
  isNumber?: boolean;
  width?: number;
  /** The last column has what the others leave: not less than this, where the list is scrolled. */
  minWidth?: number;
  /** What is shown for a value; always put in as text. */
  print?(row: Row): string;
}

export interface GridWish<Row> {
  columns: GridColumn<Row>[];
  key: keyof Row & string;
  empty: string;
  /** Absent: in the order in which they come. */
  sortBy?: keyof Row & string;
  onOpen(row: Row): void;
}

const textNode = (text: string): HTMLElement => {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
};

/** A data grid over Tabulator, told what to show in plain values. */
export function gridIn<Row extends object>(
  element: HTMLElement,
  { columns, key, empty, sortBy, onOpen }: GridWish<Row>,
): Promise<ListGrid<Row>> {
  const printed = (column: GridColumn<Row>, row: Row): string => column.print?.(row) ?? String(row[column.field] ?? '—');
  const definitions = columns.map<ColumnDefinition>(column => ({
    title: column.title,
    field: column.field,
    sorter: column.isNumber ? 'number' : 'string',
    hozAlign: column.isNumber ? 'right' : 'left',
    headerHozAlign: column.isNumber ? 'right' : 'left',
    ...(column.width ? { width: column.width } : {}),
    ...(column.minWidth ? { minWidth: column.minWidth } : {}),
    formatter: cell => textNode(printed(column, cell.getData() as Row)),
    accessorDownload: (_value, row: Row) => cellText(printed(column, row)),
  }));
  const table = new Tabulator(element, {
    data: [],
    index: key,
    columns: definitions,
    columnDefaults: { vertAlign: 'middle' },
    layout: 'fitDataStretch',
    height: '100%',
    placeholder: empty,
    initialSort: sortBy ? [{ column: sortBy, dir: 'asc' }] : [],
    // Under a thumb a row is as high as a button.
    rowHeight: window.matchMedia('(max-width: 1000px)').matches ? 44 : 32,
  });
  table.on('rowClick', (_event, row) => onOpen(row.getData() as Row));
  const grid: ListGrid<Row> = {
    show: rows => void table.replaceData([...rows]),
    filter: text => {
      const wanted = text.trim().toLowerCase();
      if (wanted === '') table.clearFilter(true);
      else table.setFilter((row: Row) => columns.some(column => printed(column, row).toLowerCase().includes(wanted)));
    },
    // The mark at the start makes spreadsheets read the file as UTF-8.
    exportCsv: fileName => table.download('csv', fileName, { bom: true }),
    destroy: () => table.destroy(),
  };
  return new Promise(resolve => {
    table.on('tableBuilt', () => resolve(grid));
  });
}
