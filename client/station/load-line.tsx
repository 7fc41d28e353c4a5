import type { StationLoad } from '../../shared/station-load.ts';
import { count } from '../state/format.ts';
import { bayWords } from './bay-words.ts';

/** How busy a station is, in one line: queue, how long machines stand, what is missing. */
export function LoadLine({ load }: { load: StationLoad }) {
  const text = bayWords.value.load;
  const parts = [
    text.queue(count(load.open), count(load.waiting)),
    load.overdue > 0 && text.overdue(count(load.overdue)),
    load.waitingParts > 0 && text.waitingParts(count(load.waitingParts)),
    load.meanReturnH === null ? text.noMean : text.mean(String(load.meanReturnH)),
    load.fuelL !== null && text.fuel(count(load.fuelL)),
  ];
  return (
    <p class="load">
      {parts.filter(Boolean).map(part => (
        <span key={part}>{part}</span>
      ))}
      {load.partsMissing.length > 0 && <b title={load.partsMissing.join('、')}>! {text.missing(count(load.partsMissing.length))}</b>}
    </p>
  );
}
