import { useSignal } from '@preact/signals';
import { newId } from '../connection/new-id.ts';
import { bayWords } from './bay-words.ts';
import { amountIn } from './effort-part.tsx';
import type { StationDesk } from './station-desk.ts';
import { TextRow } from './text-row.tsx';

/** Fuel that somebody asked for by telephone. */
export function FuelForm({ desk, station, done }: { desk: StationDesk; station: string; done: () => void }) {
  const { fuel: text, stock } = bayWords.value;
  const draft = useSignal({ plate: '', litres: '100', note: '' });
  const { plate, litres, note } = draft.value;
  const amount = amountIn(litres);
  const isReady = plate.trim() !== '' && amount !== null && amount > 0;
  const save = async () => {
    const id = newId();
    const what = { machine: null, plate: plate.trim(), station, litres: amount, note, lngLat: null, requestedAt: desk.instant() };
    await desk.outgoing.do('logFuel', { id, body: { id, ...what } });
    done();
  };
  const input = (name: keyof typeof draft.value, label: string, most: number) => (
    <TextRow
      label={label}
      name={name}
      value={draft.value[name]}
      most={most}
      inputMode={name === 'litres' ? 'decimal' : 'text'}
      change={value => {
        draft.value = { ...draft.value, [name]: value };
      }}
    />
  );
  return (
    <form
      class="shelf"
      onSubmit={event => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      {input('plate', text.plate, 20)}
      {input('litres', text.litresField, 10)}
      {input('note', text.note, 300)}
      <span class="bay__acts">
        <button type="submit" class="button button--main" disabled={!isReady}>
          {stock.save}
        </button>
        <button type="button" class="button" onClick={done}>
          {stock.cancel}
        </button>
      </span>
    </form>
  );
}
