import type { ComponentChildren } from 'preact';
import type { RepairShown } from '../../shared/repair.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { ageOf, NONE } from '../state/format.ts';
import { fieldText } from '../state/local-time.ts';
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
          <Line name={text.startedAt}>{printedTime(startedAt)}</Line>
          <Line name={text.finishedAt}>{printedTime(finishedAt)}</Line>
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

const Line = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <tr>
    <th>{name}</th>
    <td>{children}</td>
  </tr>
);
