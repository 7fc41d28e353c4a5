import type { Evidence, EvidenceFigures } from '../../shared/evidence.ts';
import { words } from '../language/language.ts';
import { Fact, Facts } from '../panels/facts.tsx';
import { mu, percent, timeNear } from '../state/format.ts';
import { stamp } from './stamp.ts';
import { evidenceWords } from './words.ts';

/** Beyond this the passes speak against the width that was used. */
const ODD_WIDTH = 0.1;

/** Every figure with what it is of. */
export function SheetFacts({ evidence, figures }: { evidence: Evidence; figures: EvidenceFigures }) {
  const text = evidenceWords.value;
  const { field, operation, work } = evidence;
  const area = (value: number) => words.value.area(mu(value));
  const { finished, reopened, spacingWidthM } = figures;
  const usual = work?.machines[0]?.widthM.usual ?? null;
  const differs = spacingWidthM !== null && usual !== null && Math.abs(spacingWidthM / usual - 1) > ODD_WIDTH;
  return (
    <Facts>
      <Fact name={text.state}>
        {finished === null
          ? `${text.notFinished} · ${percent(field.areaMu > 0 ? figures.coveredMu / field.areaMu : null)}`
          : text.finished[finished.by](stamp(finished.at))}
        {finished?.name && <small>{text.by(finished.name)}</small>}
        {reopened && <small>{[text.reopened, ...(reopened.name ? [reopened.name] : [])].join(' · ')}</small>}
      </Fact>
      <Fact name={text.boundary} note={text.boundarySource(field.boundaryVersion)}>
        {area(field.areaMu)}
      </Fact>
      {field.farmer && <Fact name={text.farmer}>{field.farmer}</Fact>}
      <Fact name={text.time}>
        {stamp(figures.firstAt)} – {timeNear(figures.lastAt, figures.firstAt)}
      </Fact>
      <Fact name={text.open[operation]}>{area(figures.openMu)}</Fact>
      <Fact name={text.overlap} note={text.overlapNote}>
        {area(figures.overlapMu)}
      </Fact>
      <Fact name={text.closed} note={text.closedNote}>
        {area(figures.closedMu)}
      </Fact>
      <Fact name={text.outside} note={text.outsideNote}>
        {area(figures.outsideMu)}
      </Fact>
      <Fact name={text.estimated} note={text.estimatedNote}>
        {percent(figures.estimatedShare)}
      </Fact>
      <Fact name={text.gaps}>{text.gapsOf(figures.gaps.count, Math.ceil(figures.gaps.minutes))}</Fact>
      {spacingWidthM !== null && (
        <Fact name={text.spacing} note={differs ? text.spacingDiffers : undefined}>
          {text.spacingOf(spacingWidthM.toFixed(2))}
        </Fact>
      )}
    </Facts>
  );
}
