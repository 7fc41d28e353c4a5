const sideways: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
const along: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Up and down within a column, left and right to the same height in the next that holds something. */
export function moveInColumns(event: KeyboardEvent): void {
  if (event.isComposing || !(event.code in sideways || event.code in along)) return;
  const columns = [...(event.currentTarget as HTMLElement).querySelectorAll('.column')].map(column => [
    ...column.querySelectorAll<HTMLElement>('button'),
  ]);
  const at = columns.findIndex(rows => rows.includes(document.activeElement as HTMLElement));
  if (at < 0) return;
  const row = columns[at].indexOf(document.activeElement as HTMLElement);
  const next = event.code in along ? columns[at][row + along[event.code]] : beside(columns, at, sideways[event.code], row);
  event.preventDefault();
  // The list around it would go on from column to column.
  event.stopPropagation();
  next?.focus();
}

function beside(columns: readonly HTMLElement[][], at: number, step: number, row: number): HTMLElement | undefined {
  for (let i = at + step; i >= 0 && i < columns.length; i += step)
    if (columns[i].length > 0) return columns[i][Math.min(row, columns[i].length - 1)];
  return undefined;
}
