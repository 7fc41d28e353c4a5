import type { Advice } from '../../shared/advice.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu, percent } from '../state/format.ts';
import { unitNames } from './unit-names.ts';
import { adviceWords } from './words.ts';

/** What it does to the finish of each unit that it concerns, and what cannot be met all the same. */
export function AdviceEffect({ advice }: { advice: Advice }) {
  const text = adviceWords.value;
  const { moves, plan, effect } = advice;
  const names = unitNames(advice);
  const moved = new Set(moves?.moves.flatMap(({ from, to }) => [from, to]) ?? []);
  const rows = effect.filter(({ division, stay, plan: after }) => moved.has(division) && (stay !== null || after !== null));
  const unmet = moves?.unmet ?? [];
  const unassigned = plan?.unassigned ?? [];
  return (
    <>
      {rows.length > 0 && (
        <section class="advice__part">
          <h4>{text.effect}</h4>
          <div class="advice__scroll">
            <table class="advice__effect">
              <thead>
                <tr>
                  <th>{text.effectColumns.unit}</th>
                  <th>{text.effectColumns.stay}</th>
                  <th>{text.effectColumns.plan}</th>
                  <th>{text.effectColumns.deadline}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ division, name, operation, stay, plan: after, deadline }) => (
                  <tr key={`${division} ${operation}`}>
                    <th scope="row">
                      {name} · {words.value.operations[operation]}
                    </th>
                    <td class={isLate(stay, deadline) ? 'advice__late' : ''}>{dayText(stay)}</td>
                    <td class={isLate(after, deadline) ? 'advice__late' : ''}>
                      {arrow(stay, after)} {dayText(after)}
                    </td>
                    <td>{shortDay(deadline)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {moves && <small>{text.gap(percent(moves.value.gap))}</small>}
        </section>
      )}
      {unmet.length > 0 && (
        <details class="advice__part">
          <summary>
            {text.unmetTitle} · {mu(unmet.reduce((sum, one) => sum + one.mu, 0))} {text.area}
          </summary>
          <ul class="advice__reasons">
            {unmet.map(({ unit, mu: lacking, cause }) => (
              <li key={`${unit} ${cause}`}>{text.unmetLine(names(unit), mu(lacking), text.unmet[cause])}</li>
            ))}
          </ul>
        </details>
      )}
      {unassigned.length > 0 && (
        <details class="advice__part" open>
          <summary>
            {text.unassignedTitle} · {unassigned.length}
          </summary>
          <ul class="advice__reasons">
            {unassigned.map(({ request, placeName, cause }) => (
              <li key={request}>
                {placeName} · {text.unassigned[cause as keyof typeof text.unassigned] ?? cause}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const isLate = (day: string | null, deadline: string): boolean => day === null || day > deadline;
const dayText = (day: string | null): string => (day === null ? adviceWords.value.never : shortDay(day));
const arrow = (stay: string | null, after: string | null): string => {
  if (stay === after) return '=';
  return after !== null && (stay === null || after < stay) ? '▲' : '▼';
};
