import type { RepairShown } from '../../shared/repair.ts';
import { lastStep } from '../../shared/repair-steps.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { Fact, Facts } from './facts.tsx';
import { FaultIcon } from './fault-icon.tsx';

/** What is known of one repair, to be read. */
export function RepairFacts({ repair, now, unitName }: { repair: RepairShown; now: number; unitName: string }) {
  const text = repairWords.value;
  const when = (at: number | null) => (at === null ? text.notYet : whenText(at, now));
  return (
    <>
      <div class="machine-head">
        <FaultIcon fault={repair.fault} size={26} />
        <strong>{faultWords.value[repair.fault]}</strong>
        <span class="muted">{text.stages[lastStep(repair.steps).stage]}</span>
      </div>
      <Facts>
        <Fact
          name={text.plate}
          note={
            repair.machine === null
              ? text.notListed
              : [repair.kind && words.value.kinds[repair.kind], repair.operatorName].filter(Boolean).join(' · ')
          }
        >
          <bdi>{repair.plate}</bdi>
        </Fact>
        <Fact name={text.station}>{repair.stationName ?? text.noStation}</Fact>
        <Fact name={text.calledAt} note={text.sources[repair.source]}>
          {when(repair.calledAt)}
        </Fact>
        <Fact name={text.startedAt}>{when(repair.startedAt)}</Fact>
        <Fact name={text.finishedAt}>{when(repair.finishedAt)}</Fact>
        {unitName && <Fact name={text.division}>{unitName}</Fact>}
        {repair.note && (
          <Fact name={text.note}>
            <bdi class="typed">{repair.note}</bdi>
          </Fact>
        )}
        {repair.parts && (
          <Fact name={text.parts}>
            <bdi class="typed">{repair.parts}</bdi>
          </Fact>
        )}
        <Fact name={text.author}>
          <bdi>{repair.author}</bdi>
        </Fact>
      </Facts>
      <RepairPhotos photos={repair.photos} />
    </>
  );
}

/** Small ones side by side; each opens large. */
export function RepairPhotos({ photos }: { photos: readonly string[] }) {
  const text = repairWords.value;
  if (photos.length === 0) return null;
  return (
    <ul class="photos">
      {photos.map((photo, i) => (
        <li key={photo}>
          <a href={`/api/v1/photos/${photo}`} target="_blank" rel="noopener">
            <img src={`/api/v1/photos/${photo}`} alt={text.photo(i + 1)} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  );
}
