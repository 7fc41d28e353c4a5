import { daysLeft, deadlineInstant, operations, type Season, workableHoursBetween } from '../../shared/season.ts';
import { roundHalfUp } from '../../shared/units.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';

/** Both deadlines: the day, the days that are left, and the daylight hours that can be worked until then. */
export function Deadlines({ season, now }: { season: Season; now: number }) {
  const text = words.value;
  return (
    <dl class="deadlines">
      {operations.map(operation => {
        const days = daysLeft(season.deadline[operation], now);
        const hours = workableHoursBetween(now, deadlineInstant(season, operation), season.workableHours[operation]);
        return (
          <div key={operation} class={`deadline ${days <= 2 ? 'deadline--near' : ''}`}>
            <dt>
              {text.operations[operation]} {text.deadline} {shortDay(season.deadline[operation])}
            </dt>
            <dd>
              <b>{text.daysLeft(days)}</b>
              <span title={text.workHoursHint}>{text.workHoursLeft(roundHalfUp(hours, 1).toFixed(1))}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
