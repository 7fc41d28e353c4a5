import { DivIcon, LayerGroup, Map as LeafletMap, Marker, Polygon } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportReport } from '../../shared/imports.ts';
import { boundsOf, ringToLeaflet, toLeaflet } from '../map/lng-lat.ts';
import { setupWords } from './words.ts';

type Shapes = ImportReport['preview']['shapes'];

/** Fields of a file before they are imported: new ones filled, changed ones dashed, wrong ones crossed out. */
export function PreviewMap({ shapes, isWhole }: { shapes: Shapes; isWhole: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const text = setupWords.value.map;
  useEffect(() => {
    const map = new LeafletMap(box.current!, { attributionControl: false, zoomControl: true, zoomAnimation: false, maxZoom: 20 });
    const drawable = shapes.filter(
      ({ ring }) => ring.length >= 3 && ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 85),
    );
    const good = drawable.filter(({ state }) => state !== 'bad');
    const points = (good.length > 0 ? good : drawable).flatMap(({ ring }) => ring);
    if (points.length > 0) map.fitBounds(boundsOf(points).pad(0.05), { animate: false });
    const layer = new LayerGroup().addTo(map);
    for (const shape of drawable) draw(layer, shape);
    return () => void map.remove();
  }, [shapes]);
  return (
    <figure class="preview-map">
      <div class="preview-map__map" ref={box} role="img" aria-label={text.label} />
      <figcaption>
        {(['new', 'changed', 'bad'] as const)
          .filter(state => shapes.some(shape => shape.state === state))
          .map(state => (
            <span key={state} class="preview-map__key">
              <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
                <rect class={`shape shape--${state}`} x="2" y="2" width="16" height="10" />
              </svg>
              {text[state]}
            </span>
          ))}
        {!isWhole && <span class="muted">{text.some(shapes.length)}</span>}
      </figcaption>
    </figure>
  );
}

function draw(layer: LayerGroup, { id, state, ring }: Shapes[number]): void {
  const polygon = new Polygon(ringToLeaflet(ring), { className: `shape shape--${state}`, smoothFactor: 0.5 });
  const name = document.createElement('span');
  name.textContent = id;
  polygon.bindTooltip(name).addTo(layer);
  if (state !== 'bad') return;
  const cross = document.createElement('span');
  cross.textContent = '✕';
  cross.className = 'shape-cross';
  const icon = new DivIcon({ html: cross, className: '', iconSize: [0, 0] });
  new Marker(toLeaflet(ring[0]), { icon, interactive: false, keyboard: false }).addTo(layer);
}
