import type { UnitNow } from '../../shared/progress.ts';
import { operations } from '../../shared/season.ts';
import { goTo, goToUnit } from '../connection/address.ts';
import { FinishChip, finishTitle } from '../forecast/finish.tsx';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { percent } from '../state/format.ts';
import { type Ranking, ranked, rankings } from '../state/ranking.ts';
import { dispatchFrom } from './dispatch-from.ts';
import { moveFocus } from './list-keys.ts';
import { Quiet } from './message.tsx';
import { Lateness, ProgressBar } from './progress-bar.tsx';
import { Segments } from './segments.tsx';

/** The units below, worst first, each with its bar, its tick and its figure. */
export function UnitRows({ units, desk, title }: { units: readonly UnitNow[]; desk: Desk; title: string }) {
  const text = words.value;
  const operation = desk.operation.value;
  return (
    <section class="rows">
      <header class="rows__head">
        <h2>
          {title} <span class="rows__count">{units.length}</span>
        </h2>
        <Segments
          label={title}
          choices={operations.map(value => ({ value, name: text.operations[value] }))}
          chosen={operation}
          choose={value => {
            desk.operation.value = value;
          }}
        />
        <select
          class="select"
          aria-label={text.panel.rank}
          value={desk.ranking.value}
          onChange={event => {
            desk.ranking.value = event.currentTarget.value as Ranking;
          }}
        >
          {rankings.map(name => (
            <option key={name} value={name}>
              {text.panel.ranking[name]}
            </option>
          ))}
        </select>
      </header>
      {units.length === 0 && <Quiet>{text.panel.noUnits}</Quiet>}
      <ul class="rows__list" onKeyDown={moveFocus}>
        {ranked(units, operation, desk.ranking.value).map(unit => (
          <li key={unit.code} class={`rows__unit ${desk.mayAsk ? 'rows__unit--dispatch' : ''}`} data-unit={unit.code}>
            <button type="button" class="row" onClick={() => goToUnit(unit.code)}>
              <span class="row__name">{nameOf(unit)}</span>
              <ProgressBar
                progress={unit[operation].progress}
                expected={unit[operation].lateBy === null ? null : unit[operation].expected}
              />
              <span class="row__figure">{percent(unit[operation].progress)}</span>
              <span class="row__late">
                <Lateness lateBy={unit[operation].lateBy} short />
              </span>
            </button>
            <button
              type="button"
              class="row__finish"
              title={finishTitle(nameOf(unit), unit[operation].forecast)}
              onClick={() => goTo({ division: unit.code, drawer: { kind: 'forecast', operation } })}
            >
              <FinishChip forecast={unit[operation].forecast} />
            </button>
            {desk.mayAsk && (
              <a class="row__dispatch" href={dispatchFrom(unit.code)} title={`${text.keys.dispatch} (d)`}>
                <span aria-hidden="true">⇢</span>
                <span class="unseen">{`${text.keys.dispatch}: ${nameOf(unit)}`}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
