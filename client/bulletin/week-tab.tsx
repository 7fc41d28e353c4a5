import { useSignal } from '@preact/signals';
import type { BulletinWeek } from '../../shared/bulletin.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { useAnswer } from '../connection/answer.ts';
import { shortDay } from '../language/dates.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import { mu, percent, tenThousandMu } from '../state/format.ts';
import { bulletinWords, paperWords } from './words.ts';

const EVERY_MS = 30_000;

/** Seven bulletin days side by side: what each unit did on each. */
export function WeekTab({ division, day, isCity }: { division: string; day: string; isCity: boolean }) {
  const operation = useSignal<Operation>('harvest');
  const answer = useAnswer('bulletinWeek', { division, day }, EVERY_MS).value;
  const text = bulletinWords.value.week;
  const inWan = isCity && paperWords.value.isWan;
  return (
    <Awaited answer={answer}>
      {week => (
        <section class="sheet">
          <div class="sheet__tools">
            <Segments
              label={text.lead}
              choices={operations.map(value => ({ value, name: words.value.operations[value] }))}
              chosen={operation.value}
              choose={choice => {
                operation.value = choice;
              }}
            />
            <span class="muted">
              {text.lead} · {paperWords.value.unitLine(inWan ? paperWords.value.unitWan : paperWords.value.unitMu)}
            </span>
          </div>
          <Week week={week} operation={operation.value} area={inWan ? tenThousandMu : mu} />
        </section>
      )}
    </Awaited>
  );
}

function Week({ week, operation, area }: { week: BulletinWeek; operation: Operation; area: (value: number) => string }) {
  const text = bulletinWords.value.week;
  const paper = paperWords.value;
  return (
    <div class="sheet__scroll">
      <table class="sheet__table sheet__table--figures">
        <thead>
          <tr>
            <th>{paper.unit}</th>
            {week.days.map(({ day, isFinal, issuedVersion }) => (
              <th key={day}>
                {shortDay(day)}
                <small>{issuedVersion !== null ? text.issued(issuedVersion) : isFinal ? text.notIssued : text.notFinal}</small>
              </th>
            ))}
            <th>{text.sum}</th>
            <th>{text.done}</th>
            <th>{paper.progress}</th>
          </tr>
        </thead>
        <tbody>
          {[...week.units, week.total].map(unit => {
            const { dailyMu, doneMu, progress } = unit[operation];
            return (
              <tr key={unit.code} class={unit === week.total ? 'sheet__total' : ''}>
                <th scope="row">{unit === week.total ? paper.total : nameOf(unit)}</th>
                {dailyMu.map((daily, i) => (
                  <td key={week.days[i].day}>{area(daily)}</td>
                ))}
                <td>{area(dailyMu.reduce((sum, daily) => sum + daily, 0))}</td>
                <td>{area(doneMu)}</td>
                <td>{percent(progress)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
