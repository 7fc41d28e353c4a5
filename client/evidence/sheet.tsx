import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Evidence } from '../../shared/evidence.ts';
import { roundHalfUp } from '../../shared/units.ts';
import { words } from '../language/language.ts';
import { QrCode } from '../panels/qr-code.tsx';
import { count, mu } from '../state/format.ts';
import { boxOf } from './drawing.ts';
import { FieldDrawing } from './field-drawing.tsx';
import { Later } from './later.tsx';
import { Legend } from './legend.tsx';
import { MachineTable } from './machine-table.tsx';
import { cellImage } from './paint-cells.ts';
import { PictureMap } from './picture-map.tsx';
import { SheetFacts } from './sheet-facts.tsx';
import { stamp } from './stamp.ts';
import './sheet.css';
import { evidenceWords } from './words.ts';

interface SheetParts {
  evidence: Evidence;
  /** Who gives it out. */
  author: string;
  /** Where its code leads. */
  link: string;
}

/** The sheet as it is printed: what is seen here is what comes out on A4, black on white in either skin. */
export function Sheet({ evidence, author, link }: SheetParts) {
  const text = evidenceWords.value;
  const { field, operation, work, asOf } = evidence;
  return (
    <article class="sheet-paper">
      <header class="sheet-paper__head">
        <h2>{text.sheetTitle[operation]}</h2>
        <p class="sheet-paper__lines">
          <b>
            {field.countyName} {field.townName} {field.village}
          </b>
          <span>{text.fieldNo(field.id)}</span>
          <span>{words.value.seasonName({ name: evidence.seasonName, year: new Date(asOf).getFullYear() })}</span>
          <span>{text.asOf(stamp(asOf))}</span>
          {evidence.demo && <span>{text.demo}</span>}
        </p>
      </header>
      {work === null ? <p class="sheet-paper__none">{text.nothing[operation]}</p> : <Worked evidence={evidence} work={work} />}
      <Later evidence={evidence} />
      <footer class="sheet-paper__foot">
        <div>
          {work && (
            <p>
              <b>{text.digest}</b> <code class="sheet-paper__digest">{work.digest.match(/.{8}/g)!.join(' ')}</code>
              <br />
              {text.digestNote}
            </p>
          )}
          <p>
            {text.source}
            {'　'}
            {text.version(text.methodName, evidence.method.version, evidence.method.fold)}
          </p>
          <p>{text.author(author, stamp(asOf))}</p>
          {work && (
            <p class="sheet-paper__signs">
              {text.signs.map(sign => (
                <span key={sign}>{sign}</span>
              ))}
            </p>
          )}
        </div>
        <QrCode text={link} label={text.qr} size={92} />
      </footer>
    </article>
  );
}

function Worked({ evidence, work }: { evidence: Evidence; work: NonNullable<Evidence['work']> }) {
  const text = evidenceWords.value;
  const { field, operation } = evidence;
  const { figures, picture } = work;
  const showsTracks = useSignal(true);
  const cells = useMemo(() => cellImage(picture, operation), [picture, operation]);
  const box = boxOf(picture);
  const isTall = box.height > 1.15 * box.width;
  const parts = { picture, polygon: field.polygon, cells, passM: work.machines[0].widthM.usual };
  const label = text.legend.picture;
  return (
    <>
      <p class="sheet-paper__figure">
        <span>{text.covered[operation]}</span> <b data-figure="covered">{words.value.area(mu(figures.coveredMu))}</b>{' '}
        <span>{text.squareMetres(count(roundHalfUp((figures.coveredMu * 2000) / 3, 0)))}</span>
        <span>
          {text.band} {text.bandOf(mu(figures.bandMu[0]), mu(figures.bandMu[1]))}
        </span>
      </p>
      <div class={`sheet-paper__body ${isTall ? 'sheet-paper__body--tall' : ''}`}>
        <figure class="sheet-paper__picture">
          <PictureMap {...parts} label={label} north={text.legend.north} showsTracks={showsTracks.value} />
          <FieldDrawing {...parts} label={label} north={text.legend.north} />
          <Legend evidence={evidence} work={work} showsTracks={showsTracks} />
        </figure>
        <SheetFacts evidence={evidence} figures={figures} />
      </div>
      <MachineTable work={work} />
      <section class="sheet-paper__method">
        <h3>{text.method}</h3>
        {text.methodText.map(paragraph => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>{text.finishedRule}</p>
      </section>
    </>
  );
}
