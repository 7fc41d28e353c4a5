import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { goToUnit, openDrawer, place } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { nameOf, words } from '../language/language.ts';
import { orderWords } from '../orders/words.ts';
import type { Desk } from '../state/desk.ts';
import { childrenOf, type LiveView, pathTo } from '../state/live-view.ts';
import { dispatchFrom } from './dispatch-from.ts';
import { FieldRows } from './field-rows.tsx';
import { Quiet } from './message.tsx';
import { StageStrip } from './stage-strip.tsx';
import { UnitFigures } from './unit-figures.tsx';
import { UnitRows } from './unit-rows.tsx';

const PARTS_EVERY_MS = 4_000;

/** Beside the map: where you are, what the unit has done, and the units or fields below it. */
export function UnitPanel({ view, desk }: { view: LiveView | null; desk: Desk }) {
  const text = words.value;
  const isOpen = useSignal(true);
  const code = place.value.division ?? desk.root;
  const level = desk.divisions.get(code)?.level ?? 'city';
  const parts = useAnswer('parts', { division: code }, PARTS_EVERY_MS).value;
  const known = parts.state === 'ready' ? parts.value : null;
  useEffect(() => {
    if (known) desk.asked.value = new Map([known.unit, ...known.children].map(asked => [asked.code, asked]));
  }, [known]);
  // The room may hold the upper levels only: what lies below then comes with the parts.
  const unit = view?.units.get(code) ?? known?.unit;
  const below = view ? childrenOf(view, code) : [];
  return (
    <aside class={`panel ${isOpen.value ? '' : 'panel--closed'}`}>
      <button
        type="button"
        class="panel__handle"
        aria-expanded={isOpen.value}
        aria-label={isOpen.value ? text.panel.collapse : text.panel.expand}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      />
      <Breadcrumb code={code} desk={desk} />
      <div class="panel__scroll">
        {unit ? <UnitFigures unit={unit} desk={desk} /> : <Quiet>{view ? text.map.noFieldsNext : text.loading}</Quiet>}
        {known && <StageStrip stages={known.stages} />}
        <div class="panel__lists">
          <button
            type="button"
            class="link"
            onClick={() => {
              desk.badge.value = null;
              openDrawer({ kind: 'machines' });
            }}
          >
            {text.panel.allMachines}
          </button>
          <button type="button" class="link" onClick={() => openDrawer({ kind: 'fields' })}>
            {text.panel.allFields}
          </button>
          {desk.mayAsk && (
            <a class="link" href={dispatchFrom(code)} title={orderWords.value.map.dispatchHere}>
              {orderWords.value.map.dispatch}
            </a>
          )}
          {desk.seesRepairs && (
            <button type="button" class="link" onClick={() => openDrawer({ kind: 'repairs' })}>
              {text.panel.openRepairs}
            </button>
          )}
          {level === 'town' && desk.mayDraw && (
            <button
              type="button"
              class="link"
              onClick={() => {
                desk.drawing.value = { kind: 'new', town: code };
              }}
            >
              {text.drawing.newField}
            </button>
          )}
        </div>
        {level === 'town' ? (
          <FieldRows town={code} desk={desk} />
        ) : (
          view && (
            <UnitRows
              units={below.length > 0 ? below : (known?.children ?? [])}
              desk={desk}
              title={level === 'city' ? text.panel.counties : text.panel.towns}
            />
          )
        )}
      </div>
    </aside>
  );
}

function Breadcrumb({ code, desk }: { code: string; desk: Desk }) {
  const text = words.value;
  const all = pathTo(desk.divisions, code);
  const path = all.slice(Math.max(0, all.indexOf(desk.root)));
  return (
    <nav class="breadcrumb" aria-label={text.panel.breadcrumb}>
      {path.length > 1 && (
        <button type="button" class="icon-button" aria-label={text.panel.up} title={text.panel.up} onClick={() => goToUnit(path.at(-2)!)}>
          ←
        </button>
      )}
      {path.map((step, i) => {
        const division = desk.divisions.get(step)!;
        return i === path.length - 1 ? (
          <h1 key={step}>{nameOf(division)}</h1>
        ) : (
          <>
            <button type="button" class="link" key={step} onClick={() => goToUnit(step)}>
              {nameOf(division)}
            </button>
            <span class="breadcrumb__mark">›</span>
          </>
        );
      })}
    </nav>
  );
}
