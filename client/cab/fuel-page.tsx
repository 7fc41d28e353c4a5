import { useSignal } from '@preact/signals';
import { requestFuel } from './acts.ts';
import { useOnce } from './call.tsx';
import { claimWords } from './claim-words.ts';
import type { Engine } from './engine.ts';

const LITRES = [50, 100, 150, 200];

/** Fuel to where the machine stands: a tile and one more tap, with a network or without. */
export function FuelPage({ engine, hasPlace, onBack }: { engine: Engine; hasPlace: boolean; onBack: () => void }) {
  const text = claimWords.value;
  const litres = useSignal<number | null>(null);
  const { isBusy, once } = useOnce();
  const send = () =>
    once(async () => {
      if (litres.value === null) return;
      await requestFuel(engine, litres.value);
      onBack();
    });
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.fuelTitle}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        <div class="cab-tiles">
          {LITRES.map(one => (
            <button
              key={one}
              type="button"
              class="cab-tile cab-tile--word"
              aria-pressed={litres.value === one}
              onClick={() => {
                litres.value = one;
              }}
            >
              {text.litres(String(one))}
            </button>
          ))}
        </div>
        <p class="cab-small">{hasPlace ? text.fuelHere : text.fuelNoPlace}</p>
      </div>
      <footer class="cab-foot">
        <button type="button" class="cab-main" disabled={litres.value === null || isBusy} onClick={send}>
          {litres.value === null ? text.pick : text.fuelSend}
        </button>
      </footer>
    </main>
  );
}
