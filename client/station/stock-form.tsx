import { useSignal } from '@preact/signals';
import type { StockRow } from '../../shared/stock.ts';
import { newId } from '../connection/new-id.ts';
import { bayWords } from './bay-words.ts';
import { amountIn } from './effort-part.tsx';
import type { StationDesk } from './station-desk.ts';

export type ShelfAct = 'receive' | 'use' | 'count' | 'send' | 'edit';

interface ShelfFormParts {
  desk: StationDesk;
  station: string;
  /** Null: a part that is not on the shelf yet. */
  row: StockRow | null;
  act: ShelfAct;
  done: () => void;
}

/** One act on one shelf: what is asked depends on the act. */
export function ShelfForm({ desk, station, row, act, done }: ShelfFormParts) {
  const text = bayWords.value.stock;
  const isNew = row === null;
  const draft = useSignal({
    part: row?.part ?? '',
    name: row?.name ?? '',
    unit: row?.unit ?? '',
    quantity: act === 'count' ? String(row?.quantity ?? '') : '',
    minimum: String(row?.minimum ?? ''),
    price: String(row?.priceYuan ?? ''),
    why: '',
    to: '',
  });
  type Key = keyof (typeof draft)['value'];
  const { name, unit, quantity, minimum, price, why, to } = draft.value;
  const amount = amountIn(quantity);
  const part = draft.value.part.trim() || name.trim();
  const isReady = part !== '' && (act === 'edit' || amount !== null) && (act !== 'send' || to !== '') && (!isNew || name.trim() !== '');
  const save = async () => {
    const id = newId();
    const priceYuan = amountIn(price);
    if (act === 'edit' || isNew) {
      const facts = { name: name.trim(), unit: unit.trim() || '件', minimum: amountIn(minimum) ?? 0, priceYuan };
      await desk.outgoing.do('putPart', { id: newId(), body: { station, part, ...facts } });
    }
    if (act === 'send')
      await desk.outgoing.do('sendStock', { id, body: { id, from: station, to, part, quantity: amount, why, at: desk.instant() } });
    else if (act !== 'edit')
      await desk.outgoing.do('moveStock', {
        id,
        body: { id, station, part, kind: act, quantity: amount, priceYuan, why, at: desk.instant() },
      });
    done();
  };
  const input = (key: Key, label: string, mode: 'text' | 'decimal' = 'text', most = 60) => (
    <label class="times__row" key={key}>
      <span>{label}</span>
      <input
        class="station__input"
        name={key}
        inputMode={mode}
        maxLength={most}
        value={draft.value[key]}
        onInput={event => {
          draft.value = { ...draft.value, [key]: event.currentTarget.value };
        }}
      />
    </label>
  );
  const stations = desk.about.value?.stations.filter(one => one.id !== station) ?? [];
  return (
    <form
      class="shelf"
      onSubmit={event => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      {isNew && input('name', text.name)}
      {isNew && input('part', text.part, 'text', 40)}
      {!isNew && act === 'edit' && input('name', text.name)}
      {(isNew || act === 'edit') && input('unit', text.unit, 'text', 8)}
      {act !== 'edit' && input('quantity', text.quantity, 'decimal', 10)}
      {(isNew || act === 'edit') && input('minimum', text.minimumField, 'decimal', 10)}
      {(act === 'edit' || act === 'receive') && input('price', text.price, 'decimal', 10)}
      {act === 'send' && (
        <label class="times__row">
          <span>{text.to}</span>
          <select
            class="select station__input"
            value={to}
            onChange={event => {
              draft.value = { ...draft.value, to: event.currentTarget.value };
            }}
          >
            <option value="">—</option>
            {stations.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {act !== 'edit' && !isNew && input('why', text.why, 'text', 200)}
      <span class="bay__acts">
        <button type="submit" class="button button--main" disabled={!isReady}>
          {text.save}
        </button>
        <button type="button" class="button" onClick={done}>
          {text.cancel}
        </button>
      </span>
    </form>
  );
}
