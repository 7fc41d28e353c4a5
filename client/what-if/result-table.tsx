import type { RouteOutput } from '../../shared/rest.ts';
import { operations } from '../../shared/season.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { NONE, percent } from '../state/format.ts';
import { daysLater } from './scenario.ts';
import { whatIfWords } from './words.ts';

type Units = RouteOutput<'whatIf'>['units'];
type Side = Units[number]['harvest']['now'];

/** Both finishes of each unit side by side, with what the scenario changes. */
export function ResultTable({ units }: { units: Units }) {
  const text = whatIfWords.value;
  return (
    <div class="what-if__scroll">
      <table class="what-if__table">
        <thead>
          <tr>
            <th>{text.columns.unit}</th>
            <th>{text.columns.now}</th>
            <th>{text.columns.scenario}</th>
            <th>{text.columns.change}</th>
            <th>{text.columns.chance}</th>
          </tr>
        </thead>
        <tbody>
          {units.flatMap(unit =>
            operations.map(operation => {
              const { now, scenario, deadline } = unit[operation];
              const later = daysLater(now.finish.p50, scenario.finish.p50);
              return (
                <tr key={`${unit.division} ${operation}`}>
                  <th scope="row">
                    {unit.name} · {words.value.operations[operation]}
                    <small>{text.deadline(shortDay(deadline))}</small>
                  </th>
                  <Finish side={now} deadline={deadline} />
                  <Finish side={scenario} deadline={deadline} />
                  <td class={later !== null && later > 0 ? 'what-if__worse' : later !== null && later < 0 ? 'what-if__better' : ''}>
                    {later === null ? NONE : `${later > 0 ? '▼ ' : later < 0 ? '▲ ' : ''}${text.days(later)}`}
                  </td>
                  <td>
                    {percent(now.chanceInTime)} → {percent(scenario.chanceInTime)}
                  </td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Finish({ side: { finish, chanceInTime }, deadline }: { side: Side; deadline: string }) {
  const text = whatIfWords.value;
  const { p10, p50, p90 } = finish;
  const isUnknown = p50 === null && chanceInTime === null;
  return (
    <td class={p50 !== null && p50 > deadline ? 'what-if__late' : ''}>
      {p50 === null ? (isUnknown ? NONE : text.never) : shortDay(p50)}
      {p10 !== null && <small>{text.band(shortDay(p10), p90 === null ? '…' : shortDay(p90))}</small>}
    </td>
  );
}
