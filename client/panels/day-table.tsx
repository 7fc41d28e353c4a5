import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import { Quiet } from './message.tsx';

/** What was measured on each day, with a bar to compare by. */
export function DayTable({ days, operation }: { days: RouteOutput<'parts'>['days']; operation: Operation }) {
  const text = words.value;
  const areaOf = (day: (typeof days)[number]) => (operation === 'harvest' ? day.harvestMu : day.sowMu);
  const worked = days.filter(day => areaOf(day) > 0);
  if (worked.length === 0) return <Quiet>{text.parts.noDays}</Quiet>;
  const most = Math.max(...worked.map(areaOf));
  return (
    <table class="grid grid--bars">
      <tbody>
        {worked.map(day => (
          <tr key={day.day}>
            <td>{shortDay(day.day)}</td>
            <td class="grid__bar">
              <i style={{ width: `${(areaOf(day) / most) * 100}%` }} />
            </td>
            <td>{text.area(mu(areaOf(day)))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
