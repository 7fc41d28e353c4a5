import { useSignal } from '@preact/signals';
import { LanguageSwitch } from '../panels/language-switch.tsx';
import { SkinSwitch } from '../panels/skin-switch.tsx';
import { count } from '../state/format.ts';
import { ownership, pending, untold } from './cab-state.ts';
import { KeepAlive } from './keep-alive.tsx';
import { keepAliveWords } from './keep-alive-words.ts';
import { cabWords } from './words.ts';

/** Language, skin, how the phone goes on recording, and leaving it, which warns when something is not sent yet. */
export function Menu({ isOnDuty, onLeave, onBack }: { isOnDuty: boolean; onLeave: () => Promise<void>; onBack: () => void }) {
  const text = cabWords.value;
  const isAsked = useSignal(false);
  const isReading = useSignal(false);
  const read = (is: boolean) => () => {
    isReading.value = is;
  };
  if (isReading.value) return <KeepAlive onBack={read(false)} />;
  return (
    <main class="cab-page">
      <header class="cab-top">
        <h1>{text.menu}</h1>
        <button type="button" class="cab-button" onClick={onBack}>
          {text.back}
        </button>
      </header>
      <div class="cab-body cab-menu">
        <LanguageSwitch />
        <SkinSwitch />
        <button type="button" class="cab-button" onClick={read(true)}>
          {keepAliveWords.value.title}
        </button>
        <p class="cab-small">{text.kept}</p>
        {isAsked.value && (
          <div class="cab-note cab-note--amber" role="alert">
            <p>{text.leaveAsk}</p>
            {isOnDuty && <p>{text.leaveOnDuty}</p>}
            {pending.value > 0 && <strong>{text.leaveWaiting(count(pending.value))}</strong>}
            {untold.value > 0 && <strong>{text.leaveUntold(untold.value)}</strong>}
          </div>
        )}
      </div>
      <footer class="cab-foot">
        {isAsked.value ? (
          <button type="button" class="cab-main cab-main--stop" onClick={() => void onLeave()}>
            {text.leaveConfirm}
          </button>
        ) : (
          <button
            type="button"
            class="cab-button"
            disabled={ownership.value !== 'owner'}
            onClick={() => {
              isAsked.value = true;
            }}
          >
            {text.leave}
          </button>
        )}
      </footer>
    </main>
  );
}
