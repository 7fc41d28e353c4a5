import type { RefusalReason } from '../../shared/device.ts';
import type { Evidence, EvidenceMachine } from '../../shared/evidence.ts';
import { words } from '../language/language.ts';
import { count, mu, NONE, percent, timeNear } from '../state/format.ts';
import { TrackSample } from './legend.tsx';
import { stamp } from './stamp.ts';
import { evidenceWords } from './words.ts';

/** Each machine with what it was the first to cover: the rows add up to the sheet's figure. */
export function MachineTable({ work }: { work: NonNullable<Evidence['work']> }) {
  const text = evidenceWords.value;
  const { columns } = text;
  return (
    <section class="machines">
      <h3>{text.machines}</h3>
      <div class="machines__scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{columns.machine}</th>
              <th scope="col">{columns.mu}</th>
              <th scope="col">{columns.time}</th>
              <th scope="col">{columns.minutes}</th>
              <th scope="col">{columns.width}</th>
              <th scope="col">{columns.fixes}</th>
              <th scope="col">{columns.notes}</th>
            </tr>
          </thead>
          <tbody>
            {work.machines.map((machine, i) => (
              <tr key={`${machine.plate}${i}`}>
                <td>
                  <TrackSample machine={i} /> <b>{machine.plate}</b>
                  {machine.operatorName && <small>{machine.operatorName}</small>}
                </td>
                <td class="machines__figure" data-name={columns.mu}>
                  {mu(machine.coveredMu)}
                </td>
                <td data-name={columns.time}>
                  {stamp(machine.firstAt)} – {timeNear(machine.lastAt, machine.firstAt)}
                </td>
                <td data-name={columns.minutes}>{text.minutes(Math.round(machine.workMinutes))}</td>
                <td data-name={columns.width}>
                  {text.metres(widthText(machine.widthM))}
                  <small>{text.widthSources[machine.widthM.source]}</small>
                </td>
                <td class="machines__figure" data-name={columns.fixes}>
                  {count(machine.fixes)}
                </td>
                <td data-name={columns.notes}>{remarksOf(machine).join(words.value.semicolon) || text.nothingOdd}</td>
              </tr>
            ))}
          </tbody>
          {work.machines.length > 1 && (
            <tfoot>
              <tr>
                <td>{text.total}</td>
                <td class="machines__figure">{mu(work.figures.coveredMu)}</td>
                <td colSpan={5} />
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </section>
  );
}

const widthText = ({ usual, least, most }: EvidenceMachine['widthM']): string =>
  least === most ? usual.toFixed(2) : `${usual.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;

function remarksOf({ estimatedShare, gaps, refused, thinned }: EvidenceMachine): string[] {
  const text = evidenceWords.value;
  return [
    ...(estimatedShare >= 0.00005 ? [text.estimatedOf(percent(estimatedShare))] : []),
    ...(gaps.count > 0 ? [text.gapOf(gaps.count, Math.ceil(gaps.minutes))] : []),
    ...Object.entries(refused).map(([reason, times]) => text.refusedOf(text.refused[reason as RefusalReason] ?? NONE, times)),
    ...(thinned > 0 ? [text.thinnedOf(thinned)] : []),
  ];
}
