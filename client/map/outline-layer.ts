import { DivIcon, LayerGroup, type Map as LeafletMap, Marker, Polygon } from 'leaflet';
import type { LngLat } from '../../shared/registry.ts';
import { ringToLeaflet, toLeaflet } from './lng-lat.ts';
import { PROGRESS_COLOUR } from './palette.ts';
import { centreOf, isInside, largestRing } from './rings.ts';

/** One unit on the map: its parts (outer ring first, then holes), and whether they are a real boundary or only a hull. */
export interface OutlineUnit {
  code: string;
  parts: LngLat[][][];
  schematic: boolean;
}

/** What is written in a unit. `progress` shades it; null leaves it blank. */
export interface UnitLabel {
  name: string;
  figure: string;
  late: string | null;
  progress: number | null;
}

export type OutlineDetail = 'shaded' | 'line' | 'hidden';

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Drawn {
  unit: OutlineUnit;
  polygon: Polygon;
  marker: Marker;
  name: HTMLElement;
  figure: HTMLElement;
  late: HTMLElement;
  shade: number;
}

/** Units of one level: outlines shaded by progress, with the figure written in them. */
export class OutlineLayer extends LayerGroup {
  private readonly drawn = new Map<string, Drawn>();
  private detailOf: (code: string) => OutlineDetail = () => 'hidden';
  private chosen: string | null = null;

  constructor(private readonly paneName: string) {
    super();
  }

  setUnits(units: readonly OutlineUnit[]): void {
    this.clearLayers();
    this.drawn.clear();
    for (const unit of units) if (unit.parts.length > 0) this.drawn.set(unit.code, this.build(unit));
    this.restyle();
  }

  setLabel(code: string, label: UnitLabel): void {
    const drawn = this.drawn.get(code);
    if (!drawn) return;
    write(drawn.name, label.name);
    write(drawn.figure, label.figure);
    write(drawn.late, label.late ?? '');
    // A step of one per cent is all that the eye sees; finer steps would only repaint.
    const shade = label.progress === null ? 0 : 0.06 + Math.round(label.progress * 100) * 0.0058;
    if (shade === drawn.shade) return;
    drawn.shade = shade;
    this.style(drawn);
  }

  /** Says of every unit how much of it is to be seen. */
  setDetail(detailOf: (code: string) => OutlineDetail): void {
    this.detailOf = detailOf;
    this.restyle();
  }

  choose(code: string | null): void {
    if (this.chosen === code) return;
    this.chosen = code;
    this.restyle();
  }

  hit(at: LngLat): string | null {
    for (const { unit } of this.drawn.values()) if (unit.parts.some(rings => isInside(rings, at))) return unit.code;
    return null;
  }

  /** Hides labels that would lie on another one; those named first stay. */
  spread(map: LeafletMap, order: readonly string[]): void {
    const taken: Box[] = [];
    for (const code of new Set([...order, ...this.drawn.keys()])) {
      const marker = this.drawn.get(code)?.marker;
      const label = marker?.getElement()?.firstElementChild as HTMLElement | null | undefined;
      if (!marker || !label) continue;
      const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
      const halfWidth = label.offsetWidth / 2 + 2;
      const halfHeight = label.offsetHeight / 2 + 1;
      const box = { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
      const isFree = taken.every(other => areApart(box, other));
      label.style.visibility = isFree ? '' : 'hidden';
      if (isFree) taken.push(box);
    }
  }

  private build(unit: OutlineUnit): Drawn {
    const polygon = new Polygon(
      unit.parts.map(rings => rings.map(ringToLeaflet)),
      { pane: this.paneName, interactive: false, smoothFactor: 0.5 },
    );
    const box = document.createElement('div');
    box.className = `unit-label${unit.schematic ? ' unit-label--schematic' : ''}`;
    const [name, figure, late] = ['name', 'figure', 'late'].map(part => {
      const element = document.createElement('span');
      element.className = `unit-label__${part}`;
      box.append(element);
      return element;
    });
    const icon = new DivIcon({ html: box, className: 'unit-label-anchor', iconSize: [0, 0] });
    const marker = new Marker(toLeaflet(centreOf(largestRing(unit.parts.map(rings => rings[0])))), {
      icon,
      pane: 'labels',
      interactive: false,
      keyboard: false,
    });
    return { unit, polygon, marker, name, figure, late, shade: 0 };
  }

  private restyle(): void {
    for (const drawn of this.drawn.values()) {
      const detail = this.detailOf(drawn.unit.code);
      toggle(this, drawn.polygon, detail !== 'hidden');
      toggle(this, drawn.marker, detail === 'shaded');
      this.style(drawn);
    }
  }

  private style({ unit, polygon, shade }: Drawn): void {
    const isChosen = unit.code === this.chosen;
    polygon.setStyle({
      className: 'unit-outline',
      color: isChosen ? '#10242f' : '#47555c',
      weight: isChosen ? 3 : unit.schematic ? 1 : 1.4,
      opacity: unit.schematic && !isChosen ? 0.55 : 0.9,
      ...(unit.schematic ? { dashArray: '4 4' } : {}),
      fill: this.detailOf(unit.code) === 'shaded',
      fillColor: PROGRESS_COLOUR,
      fillOpacity: shade,
    });
  }
}

const areApart = (one: Box, other: Box): boolean =>
  one.right < other.left || one.left > other.right || one.bottom < other.top || one.top > other.bottom;

const write = (element: HTMLElement, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

function toggle(group: LayerGroup, layer: Polygon | Marker, wanted: boolean): void {
  if (wanted && !group.hasLayer(layer)) group.addLayer(layer);
  if (!wanted && group.hasLayer(layer)) group.removeLayer(layer);
}
