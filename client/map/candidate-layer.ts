import { DivIcon, LayerGroup, type Map as LeafletMap, Marker, Polygon } from 'leaflet';
import type { CandidateShown } from '../../shared/candidate.ts';
import type { LngLat } from '../../shared/registry.ts';
import { ringToLeaflet, toLeaflet } from './lng-lat.ts';
import { CANDIDATE_COLOUR, HALO, OUTLINE } from './palette.ts';
import { isInside } from './rings.ts';

/** Further out the signs would cover the units' names. */
const SIGN_ZOOM = 11;
/** From here on the outline is large enough to bear the words. */
const WORDS_ZOOM = 15;

interface Drawn {
  candidate: CandidateShown;
  halo: Polygon;
  outline: Polygon;
  marker: Marker;
  sign: HTMLElement;
  words: string;
}

/** Candidate fields: a dashed outline each, with a sign above it that opens it. */
export class CandidateLayer extends LayerGroup {
  private readonly drawn = new Map<string, Drawn>();
  private chosen: string | null = null;

  constructor(private readonly onOpen: (id: string) => void) {
    super();
  }

  override onAdd(map: LeafletMap): this {
    super.onAdd(map);
    map.on('zoomend', this.resign);
    this.resign();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off('zoomend', this.resign);
    return super.onRemove(map);
  }

  /** @param describe what is written on one */
  show(candidates: readonly CandidateShown[], describe: (candidate: CandidateShown) => string): void {
    const wanted = new Map(candidates.map(candidate => [candidate.id, candidate]));
    for (const [id, drawn] of this.drawn) {
      if (wanted.get(id)?.version === drawn.candidate.version) continue;
      for (const part of [drawn.halo, drawn.outline, drawn.marker]) this.removeLayer(part);
      this.drawn.delete(id);
    }
    for (const candidate of candidates) {
      const drawn = this.drawn.get(candidate.id) ?? this.add(candidate);
      drawn.words = describe(candidate);
    }
    this.resign();
    this.restyle();
  }

  choose(id: string | null): void {
    this.chosen = id;
    this.restyle();
  }

  /** The candidate at a place. */
  hit(at: LngLat): string | null {
    for (const { candidate } of this.drawn.values()) if (isInside(candidate.polygon.coordinates, at)) return candidate.id;
    return null;
  }

  private add(candidate: CandidateShown): Drawn {
    const rings = candidate.polygon.coordinates.map(ringToLeaflet);
    const still = { pane: 'lines', interactive: false } as const;
    const halo = new Polygon(rings, { ...still, color: HALO, weight: 4, opacity: 0.9, fillColor: CANDIDATE_COLOUR, fillOpacity: 0.25 });
    const outline = new Polygon(rings, { ...still, color: OUTLINE, weight: 2, dashArray: '7 5', fill: false });
    const sign = document.createElement('div');
    sign.className = 'candidate-sign';
    const icon = new DivIcon({ html: sign, className: 'candidate-anchor', iconSize: [0, 0] });
    const marker = new Marker(toLeaflet([candidate.centre[0], Math.max(...candidate.polygon.coordinates[0].map(([, lat]) => lat))]), {
      icon,
      pane: 'stations',
      keyboard: false,
    });
    marker.on('click', () => this.onOpen(candidate.id));
    for (const part of [halo, outline, marker]) this.addLayer(part);
    const drawn = { candidate, halo, outline, marker, sign, words: '' };
    this.drawn.set(candidate.id, drawn);
    return drawn;
  }

  private restyle(): void {
    for (const [id, { outline }] of this.drawn) outline.setStyle({ weight: id === this.chosen ? 3.5 : 2 });
  }

  private readonly resign = (): void => {
    const zoom = (this as unknown as { _map?: LeafletMap })._map?.getZoom() ?? 0;
    for (const { sign, words } of this.drawn.values()) {
      sign.hidden = zoom < SIGN_ZOOM;
      sign.textContent = zoom >= WORDS_ZOOM ? words : '◇';
      sign.title = words;
    }
  };
}
