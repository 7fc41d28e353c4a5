import { useSignal } from '@preact/signals';
import type { MaintenanceTick } from '../../shared/maintenance.ts';
import { careWords } from '../language/care.ts';
import { count } from '../state/format.ts';
import { tickCare } from './acts.ts';
import { ownership, stored } from './cab-state.ts';
import { useOnce } from './call.tsx';
import { claimWords } from './claim-words.ts';
import { duesOf } from './dues.ts';
import type { Engine } from './engine.ts';

/** Care that is due, said quietly: it waits until the machine stands. Opened, each is ticked off by a tap, with a network or without. */
export function CareLine({ engine }: { engine: Engine }) {
  const isOpen = useSignal(false);
  const { isBusy, once } = useOnce();
  const { errands, facts } = stored.value!;
  const waiting = errands.filter(
    ({ route, state, outbox }) => route === 'tickMaintenance' && state === 'waiting' && outbox === facts.current,
  );
  const isTicked = (task: string) => waiting.some(({ body }) => (body as MaintenanceTick).task === task);
  const dues = duesOf(facts.cab);
  const left = dues.filter(({ task }) => !isTicked(task));
  if (dues.length === 0) return null;
  const { tasks, progress } = careWords.value;
  const text = claimWords.value.care;
  return (
    <section class="cab-care">
      <button
        type="button"
        class="cab-button cab-care__open"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span>{left.length > 0 ? text.due(tasks[left[0].task], left.length) : text.ticked}</span>
        <span aria-hidden="true">{isOpen.value ? '▴' : '▾'}</span>
      </button>
      {isOpen.value && (
        <ul class="cab-care__list">
          {dues.map(({ task, unit, since, every }) => (
            <li key={task}>
              <span>
                <strong>{tasks[task]}</strong>
                <span class="cab-small">{progress[unit](count(since), count(every))}</span>
              </span>
              {isTicked(task) ? (
                <span class="cab-small">{text.waits}</span>
              ) : (
                <button
                  type="button"
                  class="cab-button"
                  disabled={isBusy || ownership.value !== 'owner'}
                  onClick={() => once(() => tickCare(engine, task, tasks[task]))}
                >
                  ✓ {text.done}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
