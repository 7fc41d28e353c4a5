import { careWords } from '../language/care.ts';
import { count } from '../state/format.ts';
import { stored } from './cab-state.ts';

/** Care that is due, said quietly: it waits until the machine stands. */
export function CareLine() {
  const care = stored.value?.facts.cab?.care ?? null;
  if (care === null) return null;
  const text = careWords.value;
  return <p class="cab-small">{text.due(text.tasks[care.task], text.progress[care.unit](count(care.since), count(care.every)))}</p>;
}
