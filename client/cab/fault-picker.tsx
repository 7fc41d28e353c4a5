import { useSignal } from '@preact/signals';
import type { FaultKind } from '../../shared/repair.ts';
import { faultWords } from '../language/faults.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';
import { PhotoField } from './photo-field.tsx';
import { cabWords } from './words.ts';

export interface BreakdownCall {
  fault: FaultKind;
  note: string;
  photo: Blob | null;
}

/** What is broken, by picture: a tile and one more tap call for help, with a network or without. */
export function FaultPicker({ onSend, onBack }: { onSend: (call: BreakdownCall) => Promise<void>; onBack: () => void }) {
  const text = cabWords.value;
  const fault = useSignal<FaultKind | null>(null);
  const note = useSignal('');
  const photo = useSignal<Blob | null>(null);
  const isBusy = useSignal(false);
  const send = async () => {
    if (fault.value === null || isBusy.value) return;
    isBusy.value = true;
    await onSend({ fault: fault.value, note: note.value.trim(), photo: photo.value });
  };
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.breakdownTitle}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body">
        <div class="cab-tiles">
          {(Object.keys(faultWords.value) as FaultKind[]).map(kind => (
            <button
              key={kind}
              type="button"
              class="cab-tile"
              aria-pressed={fault.value === kind}
              onClick={() => {
                fault.value = kind;
              }}
            >
              <FaultIcon fault={kind} size={48} />
              {faultWords.value[kind]}
            </button>
          ))}
        </div>
        <label class="cab-field">
          <span>{text.breakdownNote}</span>
          <input
            value={note.value}
            maxLength={500}
            onInput={event => {
              note.value = event.currentTarget.value;
            }}
          />
        </label>
        <PhotoField
          photo={photo.value}
          onPhoto={taken => {
            photo.value = taken;
          }}
        />
      </div>
      <footer class="cab-foot">
        <button type="button" class="cab-main cab-main--fault" disabled={fault.value === null || isBusy.value} onClick={() => void send()}>
          {fault.value === null ? text.breakdownPick : text.breakdownSend}
        </button>
      </footer>
    </main>
  );
}
