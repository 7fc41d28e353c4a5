import type { ComponentChildren } from 'preact';
import type { RepairShown } from '../../shared/repair.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { ageOf, mu, NONE } from '../state/format.ts';
import { fieldText } from '../state/local-time.ts';
import { bayWords } from './bay-words.ts';
import { partsYuan } from './effort-part.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

const printedTime = (at: number | null): string => (at === null ? NONE : fieldText(at).replace('T', ' '));

/** The repair on paper, A4: seen only where it is printed. */
export function RepairNote({ repair, desk }: { repair: RepairShown; desk: StationDesk }) {
  const text = repairWords.value;
  const print = stationWords.value.print;
  const { startedAt, finishedAt } = repair;
  const took = startedAt !== null && finishedAt !== null ? words.value.span(ageOf(startedAt, finishedAt)) : NONE;
  const machine = [repair.kind && words.value.kinds[repair.kind], repair.operatorName].filter(Boolean).join(' · ') || text.notListed;
  return (
    <section class="paper" aria-hidden="true">
      <header>
        <h1>{print.title}</h1>
        <p>{repair.stationName ?? desk.about.value?.station?.name ?? text.noStation}</p>
      </header>
      <table>
        <tbody>
          <Line name={print.number}>{repair.id}</Line>
          <Line name={text.plate}>
            <bdi>{repair.plate}</bdi>
          </Line>
          <Line name={print.machine}>{machine}</Line>
          <Line name={text.fault}>{faultWords.value[repair.fault]}</Line>
          <Line name={text.source}>
            {text.sources[repair.source]} · <bdi>{repair.author || NONE}</bdi>
          </Line>
          <Line name={text.calledAt}>{printedTime(repair.calledAt)}</Line>
          <Line name={print.duration}>{took}</Line>
          <Line name={print.place}>{repair.lngLat ? repair.lngLat.map(degrees => degrees.toFixed(5)).join(', ') : NONE}</Line>
          <Line name={text.note}>
            <bdi class="typed">{repair.note || NONE}</bdi>
          </Line>
          <Line name={text.parts}>
            <bdi class="typed">{repair.parts || NONE}</bdi>
          </Line>
        </tbody>
      </table>
      <Steps repair={repair} />
      <Costs repair={repair} />
      {repair.photos.length > 0 && (
        <ul>
          {repair.photos.map((photo, i) => (
            <li key={photo}>
              <img src={`/api/v1/photos/${photo}`} alt={text.photo(i + 1)} />
            </li>
          ))}
        </ul>
      )}
      <p class="paper__sign">
        <span>{print.signStation}</span>
        <span>{print.signOperator}</span>
      </p>
      <footer>
        {print.sourceLine} · {print.printedAt(printedTime(desk.now.value))}
      </footer>
    </section>
  );
}

/** Every stage with its time and person. */
function Steps({ repair }: { repair: RepairShown }) {
  const text = repairWords.value;
  return (
    <table>
      <caption>{text.stagesTitle}</caption>
      <tbody>
        {repair.steps.map(({ stage, at, by }) => (
          <Line key={`${stage}${at}`} name={text.stages[stage]}>
            {printedTime(at)} {by && <bdi>{by}</bdi>}
          </Line>
        ))}
      </tbody>
    </table>
  );
}

/** Who, how long, what from stock, what it costs. */
function Costs({ repair }: { repair: RepairShown }) {
  const text = repairWords.value;
  const bay = bayWords.value;
  const parts = partsYuan(repair);
  return (
    <table>
      <caption>{bay.effort.title}</caption>
      <tbody>
        <Line name={text.mechanic}>
          <bdi>{[repair.mechanic, repair.team].filter(Boolean).join(' · ') || NONE}</bdi>
        </Line>
        <Line name={text.hours}>{repair.hours ?? NONE}</Line>
        {repair.used.map(({ part, name, unit, quantity, priceYuan }) => (
          <Line key={part} name={bay.used.title}>
            <bdi>{name}</bdi> {quantity} {unit}
            {priceYuan !== null && ` · ${bay.effort.yuan(mu(priceYuan * quantity))}`}
          </Line>
        ))}
        <Line name={text.costYuan}>{repair.costYuan === null ? NONE : mu(repair.costYuan)}</Line>
        <Line name={text.partsCost}>{repair.used.length === 0 ? NONE : mu(parts)}</Line>
        <Line name={bay.effort.total}>{bay.effort.yuan(mu((repair.costYuan ?? 0) + parts))}</Line>
      </tbody>
    </table>
  );
}

const Line = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <tr>
    <th>{name}</th>
    <td>{children}</td>
  </tr>
);
