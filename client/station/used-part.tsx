import { useSignal } from '@preact/signals';
import type { RepairShown } from '../../shared/repair.ts';
import { newId } from '../connection/new-id.ts';
import { mu } from '../state/format.ts';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { DeedNotes } from './deed-notes.tsx';
import { amountIn } from './effort-part.tsx';
import type { StationDesk } from './station-desk.ts';

/** Parts from the station's shelves that went into a repair; one more is two taps. */
export function UsedPart({ repair, desk, station }: { repair: RepairShown; desk: StationDesk; station: string }) {
  const text = bayWords.value.used;
  const { copied } = useCopied(desk, 'stock', { station });
  const part = useSignal('');
  const quantity = useSignal('1');
  const rows = copied?.value.rows ?? [];
  const waiting = desk.outgoing.deeds.value.filter(deed => deed.body.repair === repair.id);
  const move = (kind: 'use' | 'giveBack', of: string, count: number) => {
    const id = newId();
    return desk.outgoing.do('moveStock', {
      id,
      body: { id, station, part: of, kind, quantity: count, repair: repair.id, why: repair.plate, at: desk.instant() },
    });
  };
  const count = amountIn(quantity.value);
  return (
    <section class="used">
      <h3>{text.title}</h3>
      {repair.used.length === 0 && waiting.length === 0 && <p class="muted">{text.none}</p>}
      <ul class="plain-list">
        {repair.used.map(one => (
          <li key={one.part} class="used__row">
            <b>{one.name}</b> {one.quantity} {one.unit}
            {one.priceYuan !== null && <span class="muted"> {bayWords.value.effort.yuan(mu(one.priceYuan * one.quantity))}</span>}
            <button type="button" class="button" onClick={() => void move('giveBack', one.part, 1)}>
              {text.giveBack} 1
            </button>
          </li>
        ))}
      </ul>
      <DeedNotes desk={desk} deeds={waiting} />
      {rows.length > 0 && (
        <div class="used__take">
          <select
            class="select station__input"
            aria-label={text.pick}
            value={part.value}
            onChange={event => {
              part.value = event.currentTarget.value;
            }}
          >
            <option value="">{text.pick}</option>
            {rows.map(row => (
              <option key={row.part} value={row.part} disabled={row.quantity === 0}>
                {row.name} · {row.quantity} {row.unit}
              </option>
            ))}
          </select>
          <input
            class="station__input"
            aria-label={text.quantity}
            inputMode="decimal"
            value={quantity.value}
            onInput={event => {
              quantity.value = event.currentTarget.value;
            }}
          />
          <button
            type="button"
            class="button"
            disabled={part.value === '' || !count}
            onClick={() => {
              void move('use', part.value, count ?? 0);
              part.value = '';
              quantity.value = '1';
            }}
          >
            {text.take}
          </button>
        </div>
      )}
    </section>
  );
}
