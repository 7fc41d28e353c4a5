import { useSignal } from '@preact/signals';
import { words } from '../language/language.ts';
import { orderWords } from './words.ts';

interface ReasonParts {
  label: string;
  presets?: readonly string[];
  action: string;
  isBusy: boolean;
  onReason: (reason: string) => void;
}

/** Asks for a reason, some of them a click away. */
export function ReasonForm({ label, presets = [], action, isBusy, onReason }: ReasonParts) {
  const text = orderWords.value;
  const reason = useSignal('');
  return (
    <form
      class="reason"
      onSubmit={event => {
        event.preventDefault();
        if (reason.value.trim() !== '') onReason(reason.value.trim());
      }}
    >
      <label>
        {label}
        <input maxLength={200} value={reason.value} onInput={event => (reason.value = event.currentTarget.value)} />
      </label>
      {presets.map(preset => (
        <button type="button" class="button" key={preset} onClick={() => (reason.value = preset)}>
          {preset}
        </button>
      ))}
      <button type="submit" class="button button--main" disabled={isBusy || reason.value.trim() === ''}>
        {text.confirm}
        {words.value.colon}
        {action}
      </button>
    </form>
  );
}
