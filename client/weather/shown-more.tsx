import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { count } from '../state/format.ts';
import { weatherWords } from './words.ts';

const AT_FIRST = 30;

/** A long list by pieces: the first of its rows, and a button for more. */
export function ShownMore<Row>({ rows, total, children }: ShownMoreParts<Row>) {
  const text = weatherWords.value;
  const shown = useSignal(AT_FIRST);
  const visible = rows.slice(0, shown.value);
  return (
    <>
      {children(visible)}
      {(visible.length < rows.length || rows.length < total) && (
        <p class="weather-tools">
          <span class="muted">{text.shown(count(visible.length), count(total))}</span>
          {visible.length < rows.length && (
            <button
              type="button"
              class="button"
              onClick={() => {
                shown.value += 4 * AT_FIRST;
              }}
            >
              {text.more}
            </button>
          )}
        </p>
      )}
    </>
  );
}

interface ShownMoreParts<Row> {
  rows: readonly Row[];
  /** Of all there are, those included that were not sent. */
  total: number;
  children: (visible: readonly Row[]) => ComponentChildren;
}
