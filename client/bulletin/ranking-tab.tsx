import { type BulletinContent, ranking } from '../../shared/bulletin.ts';
import { type Operation, operations } from '../../shared/season.ts';
import { nameOf, words } from '../language/language.ts';
import { Quiet } from '../panels/message.tsx';
import { ProgressBar } from '../panels/progress-bar.tsx';
import { NONE, percent, points } from '../state/format.ts';
import { bulletinWords, paperWords } from './words.ts';

/** The units below by progress, and how far each is from the whole. */
export function RankingTab({ content }: { content: BulletinContent }) {
  if (content.units.length === 0) return <Quiet>{bulletinWords.value.ranking.empty}</Quiet>;
  return (
    <div class="rankings">
      {operations.map(operation => (
        <OfOperation key={operation} content={content} operation={operation} />
      ))}
    </div>
  );
}

const signed = (gap: number): string => `${gap < 0 ? '−' : '+'}${points(gap)}`;

function OfOperation({ content, operation }: { content: BulletinContent; operation: Operation }) {
  const text = bulletinWords.value.ranking;
  const { total } = content;
  return (
    <section class="sheet">
      <div class="sheet__tools">
        <h2>{words.value.operations[operation]}</h2>
        <span class="muted">
          {text.mean(nameOf(total))} <b>{percent(total[operation].progress)}</b>
        </span>
      </div>
      <div class="sheet__scroll">
        <table class="sheet__table sheet__table--figures">
          <thead>
            <tr>
              <th>{text.rank}</th>
              <th>{paperWords.value.unit}</th>
              <td />
              <th>{paperWords.value.progress}</th>
              <th>{total.level === 'city' ? text.gap : text.gapOf(nameOf(total))}</th>
            </tr>
          </thead>
          <tbody>
            {ranking(content, operation).map(({ unit, rank, gap }) => (
              <tr key={unit.code}>
                <td>{rank ?? NONE}</td>
                <th scope="row">{nameOf(unit)}</th>
                <td class="rankings__bar">
                  <ProgressBar progress={unit[operation].progress} expected={total[operation].progress} />
                </td>
                <td>{percent(unit[operation].progress)}</td>
                <td>{gap === null ? NONE : `${gap < 0 ? '▾' : '▴'} ${signed(gap)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
