import { control, Map as LeafletMap, SVGOverlay } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../language/language.ts';
import { boundsOf } from '../map/lng-lat.ts';
import { boxOf, cornersOf } from './drawing.ts';
import { type DrawingParts, FieldLines } from './field-drawing.tsx';

/** On the screen the drawing can be looked at closely. Two fingers on a phone: one scrolls the page. */
export function PictureMap({ label, north, showsTracks, ...parts }: DrawingParts & { label: string; north: string; showsTracks: boolean }) {
  const container = useRef<HTMLDivElement>(null);
  const { picture, polygon, cells, passM } = parts;
  const box = boxOf(picture);
  useEffect(() => {
    const bounds = boundsOf(cornersOf(picture));
    const isTouched = window.matchMedia('(pointer: coarse)').matches;
    const map = new LeafletMap(container.current!, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false,
      dragging: !isTouched,
      zoomSnap: 0,
      zoomDelta: 0.75,
      minZoom: 11,
      maxZoom: 23,
      maxBounds: bounds.pad(0.5),
    });
    const { zoomIn, zoomOut } = words.value.map;
    control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
    control.scale({ imperial: false, position: 'bottomleft', maxWidth: 120 }).addTo(map);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const { x, y, width, height } = boxOf(picture);
    svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    render(<FieldLines picture={picture} polygon={polygon} cells={cells} passM={passM} />, svg);
    new SVGOverlay(svg, bounds).addTo(map);
    const showAll = () => {
      map.invalidateSize({ animate: false });
      map.fitBounds(bounds, { animate: false });
    };
    showAll();
    const size = new ResizeObserver(() => {
      if (container.current && container.current.clientWidth > 0) showAll();
    });
    size.observe(container.current!);
    return () => {
      size.disconnect();
      map.remove();
      render(null, svg);
    };
  }, [picture, polygon, cells, passM]);
  return (
    <div class={`picture-map ${showsTracks ? '' : 'picture-map--plain'}`}>
      <div
        class="picture-map__ground"
        style={{ aspectRatio: `${box.width} / ${box.height}` }}
        ref={container}
        role="img"
        aria-label={label}
      />
      <span class="picture-map__north" aria-hidden="true">
        ▲<br />
        {north}
      </span>
    </div>
  );
}
