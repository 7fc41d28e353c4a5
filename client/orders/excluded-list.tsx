import type { RouteOutput } from '../../shared/rest.ts';
import type { ExcludedCause } from '../../shared/work-order.ts';
import { words } from '../language/language.ts';
import { orderWords } from './words.ts';

type Nearest = RouteOutput<'nearestMachines'>;

/** Machines that are out of the question, by name and with the cause. */
export function ExcludedList({ excluded, counts }: { excluded: Nearest['excluded']; counts: Nearest['excludedCounts'] }) {
  const text = orderWords.value;
  const causes = Object.entries(counts) as [ExcludedCause, number][];
  const all = causes.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  return (
    <details class="excluded">
      <summary>
        {text.excluded(all)}
        {words.value.colon}
        {causes.map(([cause, count]) => `${text.causes[cause]} ${count}`).join(words.value.semicolon)}
      </summary>
      <ul>
        {excluded.map(({ machine, plate, cause, km }) => (
          <li key={machine}>
            <a href={`/#//machine/${encodeURIComponent(machine)}`}>{plate}</a> <span class="muted">{text.causes[cause]}</span>
            {km !== null && <span class="muted"> · {km} km</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
