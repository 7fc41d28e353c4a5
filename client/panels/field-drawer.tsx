import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ClaimList } from '../claims/claim-list.tsx';
import { FinishSaid } from '../claims/finish-said.tsx';
import { goTo, openDrawer, place } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { evidencePath } from '../evidence/address.ts';
import { History } from '../history/history.tsx';
import { shortDay, whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { centreOf } from '../map/rings.ts';
import { orderWords } from '../orders/words.ts';
import { RecomputeField } from '../recompute/recompute.tsx';
import { regroupWords } from '../regroup/words.ts';
import type { Desk } from '../state/desk.ts';
import { mu, percent } from '../state/format.ts';
import type { LiveView } from '../state/live-view.ts';
import { Drawer } from './drawer.tsx';
import { Fact, Facts } from './facts.tsx';
import { Awaited } from './message.tsx';
import { ProgressBar } from './progress-bar.tsx';

type Field = RouteOutput<'field'>;

const REFRESH_MS = 5_000;

/** One field: its area, its stage, and who covered how much of it when. */
export function FieldDrawer({ id, view, now, desk }: { id: string; view: LiveView | null; now: number; desk: Desk }) {
  const text = words.value;
  const field = useAnswer('field', { id }, REFRESH_MS).value;
  const said = useSignal(0);
  const ring = field.state === 'ready' ? field.value.polygon.coordinates[0] : null;
  const isPlaced = ring !== null;
  useEffect(() => {
    if (ring) desk.focus.value = { at: centreOf(ring), zoom: 15 };
  }, [id, isPlaced]);
  return (
    <Drawer title={field.state === 'ready' ? `${field.value.village || text.field.title} · ${id}` : id}>
      <Awaited answer={field}>
        {value => (
          <>
            <div class="machine-head">
              <i class={`swatch swatch--${value.stage} ${isReportedOnly(value) ? 'swatch--reported' : ''}`} />
              <strong>{isReportedOnly(value) ? text.reportedOnly : text.stages[value.stage]}</strong>
            </div>
            {value.harvestUnrecorded && <p class="note note--late">{text.field.harvestUnrecorded}</p>}
            <Facts>
              <Fact name={text.field.area} note={text.field.areaSource}>
                {text.area(mu(value.areaMu))}
              </Fact>
              <Fact name={text.field.town}>
                <button type="button" class="link" onClick={() => goTo({ ...place.value, division: value.county })}>
                  {value.countyName}
                </button>{' '}
                <button type="button" class="link" onClick={() => goTo({ ...place.value, division: value.town })}>
                  {value.townName}
                </button>
              </Fact>
              <Fact name={text.field.village}>{value.village || '—'}</Fact>
              <Fact name={text.field.crop}>{text.field.crops[value.crop] ?? value.crop}</Fact>
              <Fact name={text.field.ripe}>{value.ripeDate ? shortDay(value.ripeDate) : '—'}</Fact>
            </Facts>
            {value.operations.length === 0 && <p class="note">{text.field.notStarted}</p>}
            {value.operations.map(work => (
              <Operation key={work.operation} field={value} work={work} now={now} view={view} seesEvidence={desk.seesEvidence}>
                <FinishSaid
                  field={id}
                  work={work}
                  now={now}
                  mayWrite={desk.mayDraw}
                  onChanged={() => {
                    said.value += 1;
                    if (field.state === 'ready') field.reload();
                  }}
                />
              </Operation>
            ))}
            {desk.mayClaims && value.operations.length > 0 && (
              <ClaimList division={value.town} field={id} stamp={said.value} mayWrite={desk.mayDraw} />
            )}
            {value.reportedHarvested && (
              <p class="note">
                {text.field.reportedHarvested} ·{' '}
                {text.field.reportedBy(value.reportedHarvested.author, whenText(value.reportedHarvested.at, now))}
                <br />
                {text.field.source} {text.field.reportedSource}
              </p>
            )}
            <p class="here">
              {desk.mayAsk && value.stage !== 'sown' && (
                <a class="button" href={`/orders?${new URLSearchParams({ division: value.town, field: id })}`}>
                  {orderWords.value.map.ask}
                </a>
              )}{' '}
              {desk.mayOrder && (
                <button
                  type="button"
                  class="button"
                  onClick={() => openDrawer({ kind: 'nearest', at: centreOf(value.polygon.coordinates[0]) })}
                >
                  {orderWords.value.map.nearest}
                </button>
              )}
            </p>
            <p class="note">{text.field.notFinishedNote}</p>
            {desk.mayDraw && value.operations.length > 0 && <RecomputeField field={id} division={value.town} now={now} />}
            <History kind="field" id={id} stamp={value.version} />
            {desk.mayDraw && (
              <p class="here field-acts">
                {(
                  [
                    ['edit', text.drawing.editField],
                    ['split', regroupWords.value.split],
                    ['merge', regroupWords.value.merge],
                  ] as const
                ).map(([kind, name]) => (
                  <button
                    key={kind}
                    type="button"
                    class="button"
                    onClick={() => {
                      desk.drawing.value = { kind, id, version: value.version, polygon: value.polygon };
                    }}
                  >
                    {name}
                  </button>
                ))}
              </p>
            )}
          </>
        )}
      </Awaited>
    </Drawer>
  );
}

const isReportedOnly = (field: Field): boolean =>
  field.stage === 'harvested' &&
  field.reportedHarvested !== null &&
  field.operations.every(work => work.operation !== 'harvest' || work.coveredMu === 0);

interface OperationParts {
  field: Field;
  work: Field['operations'][number];
  now: number;
  view: LiveView | null;
  seesEvidence: boolean;
  children: ComponentChildren;
}

function Operation({ field, work, now, view, seesEvidence, children }: OperationParts) {
  const text = words.value;
  if (work.coveredMu === 0)
    return (
      <section>
        <h3>{text.operations[work.operation]}</h3>
        <p class="note">{text.field.notStarted}</p>
      </section>
    );
  return (
    <section>
      <h3>{text.operations[work.operation]}</h3>
      <ProgressBar progress={field.areaMu > 0 ? work.coveredMu / field.areaMu : null} expected={null} />
      <p class="here">
        {text.field.covered} <b>{text.area(mu(work.coveredMu))}</b> / {text.area(mu(field.areaMu))} ·{' '}
        {percent(field.areaMu > 0 ? work.coveredMu / field.areaMu : null)}
      </p>
      <Facts>
        {work.firstAt !== null && <Fact name={text.field.firstAt}>{whenText(work.firstAt, now)}</Fact>}
        {work.lastAt !== null && <Fact name={text.field.lastAt}>{whenText(work.lastAt, now)}</Fact>}
        <Fact name={text.field.finishedAt}>{work.finishedAt === null ? text.field.notFinished : whenText(work.finishedAt, now)}</Fact>
        <Fact name={text.field.source}>{text.field.measuredSource}</Fact>
      </Facts>
      {seesEvidence && (
        <p class="here">
          <a class="button" href={evidencePath(field.id, work.operation)}>
            {words.value.pages.evidence}
          </a>
        </p>
      )}
      {children}
      <h4>{text.field.byMachine}</h4>
      <ul class="plain-list">
        {work.machines.map(({ machine, coveredMu }) => (
          <li key={machine}>
            <button type="button" class="row row--plain" onClick={() => openDrawer({ kind: 'machine', id: machine })}>
              <span>{view?.cards.get(machine)?.plate || machine}</span>
              <span class="muted">{view?.cards.get(machine)?.operatorName}</span>
              <span class="row__figure">{text.area(mu(coveredMu))}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
