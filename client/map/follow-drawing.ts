import { effect } from '@preact/signals';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import type { Drawing } from '../state/drawing.ts';
import { mu } from '../state/format.ts';
import type { DispatchMap } from './dispatch-map.ts';

interface Hand {
  remove(): void;
}

/** Puts what is drawn, cut or joined onto the map; the tools for it come only then. `covered`: how much of the map a drawer hides, px. */
export function followDrawing(map: DispatchMap, desk: Desk, covered: () => number): () => void {
  let stop: (() => void) | null = null;
  return effect(() => {
    const drawing = desk.drawing.value;
    stop?.();
    stop = null;
    desk.drawn.value = null;
    desk.line.value = [];
    desk.partner.value = null;
    desk.outcome.value = null;
    if (drawing === null) return;
    let ended = false;
    stop = () => {
      ended = true;
    };
    if (drawing.kind !== 'new') map.showClosely(drawing.polygon.coordinates[0], covered());
    void Promise.all([
      import('./field-drawing.ts'),
      import('./cut-drawing.ts'),
      import('./snap-ground.ts'),
      import('./outcome-layer.ts'),
    ]).then(([{ FieldDrawing }, { CutDrawing }, { SnapGround }, { OutcomeLayer }]) => {
      if (ended) return;
      const outcome = new OutcomeLayer().addTo(map.leaflet);
      const hand = handFor(drawing, { map, desk, FieldDrawing, CutDrawing });
      const ground = drawing.kind === 'merge' ? null : new SnapGround(map.leaflet, map.fields, drawing.kind === 'edit' ? drawing.id : null);
      const effects = [
        effect(() => outcome.show(desk.outcome.value ?? [], area => words.value.area(mu(area)))),
        effect(() => ground?.setOn(desk.snaps.value)),
      ];
      stop = () => {
        for (const stopOne of effects) stopOne();
        for (const part of [hand, ground, outcome]) part?.remove();
      };
    });
  });
}

interface Tools {
  map: DispatchMap;
  desk: Desk;
  FieldDrawing: typeof import('./field-drawing.ts').FieldDrawing;
  CutDrawing: typeof import('./cut-drawing.ts').CutDrawing;
}

/** Null: two fields are chosen by a click each. */
function handFor(drawing: Drawing, { map, desk, FieldDrawing, CutDrawing }: Tools): Hand | null {
  if (drawing.kind === 'merge') return null;
  if (drawing.kind === 'split') {
    const cut = new CutDrawing(map.leaflet, line => {
      desk.line.value = line;
    });
    cut.draw();
    return cut;
  }
  const hand = new FieldDrawing(map.leaflet, polygon => {
    desk.drawn.value = polygon;
  });
  if (drawing.kind === 'new') hand.draw();
  else hand.edit(drawing.polygon);
  return hand;
}
