import { useSignal } from '@preact/signals';
import type { AdviceKind, NothingCode } from '../../shared/advice.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { decisionFailure } from './decide-dialog.tsx';
import { adviceWords } from './words.ts';

/** Has advice worked out now: moves between the counties of a city, a plan within a county. Says so when there is nothing to advise. */
export function AskAdvice({ kind, division, onDone }: { kind: AdviceKind; division: string; onDone: () => void }) {
  const text = adviceWords.value;
  const busy = useSignal<Operation | null>(null);
  const said = useSignal<string | null>(null);
  const askFor = async (operation: Operation) => {
    busy.value = operation;
    said.value = null;
    try {
      const { advice, nothing } = await ask('askAdvice', {}, { body: { kind, division, operation } });
      if (advice === null) said.value = text.nothing[nothing as NothingCode] ?? text.nothingToSend;
      onDone();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      said.value = decisionFailure(cause);
    } finally {
      busy.value = null;
    }
  };
  return (
    <div class="advice-ask">
      {operations.map(operation => (
        <button key={operation} type="button" class="button" disabled={busy.value !== null} onClick={() => void askFor(operation)}>
          {busy.value === operation ? text.renewing : text.askFor[kind](words.value.operations[operation])}
        </button>
      ))}
      {said.value !== null && <p role="status">{said.value}</p>}
    </div>
  );
}
