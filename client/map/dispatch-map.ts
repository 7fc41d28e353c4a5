import { control, type FitBoundsOptions, type LatLng, Map as LeafletMap, type LeafletMouseEvent, Point } from 'leaflet';
import type { LngLat } from '../../shared/registry.ts';
import { basemapLayer } from './basemap.ts';
import type { BasemapSetting } from './basemap-setting.ts';
import { CandidateLayer } from './candidate-layer.ts';
import { FieldLayer } from './field-layer.ts';
import type { FieldStore } from './field-store.ts';
import { boundsOf, fromLeaflet, toLeaflet } from './lng-lat.ts';
import { MachineLayer } from './machine-layer.ts';
import { OutlineLayer } from './outline-layer.ts';
import { PinLayer } from './pin-layer.ts';
import { TrailLayer } from './trail-layer.ts';

/** From this zoom on towns take the place of counties. */
export const TOWN_ZOOM = 11.5;
export const FIELD_ZOOM = 13;
const MARGIN_PX = 28;

/** From the ground up. */
const panes = ['basemap', 'shading', 'fields', 'lines', 'trail', 'stations', 'machines', 'labels'];

export type MapHit =
  | { kind: 'machine'; id: string }
  | { kind: 'badge'; ids: string[] }
  | { kind: 'field'; id: string; areaMu: number; stage: ReturnType<FieldStore['stageOf']> }
  | { kind: 'candidate'; id: string }
  | { kind: 'unit'; code: string };

export interface MapWishes {
  store: FieldStore;
  onTiles(tiles: string[]): void;
  onTileFailure(failing: boolean): void;
  onPick(hit: MapHit | null): void;
  /** The other button, or a long press. */
  onPlace(at: LngLat): void;
  onHover(hit: MapHit | null, x: number, y: number): void;
}

/** The Leaflet map and its layers. It holds no state of the season: it is told what to show, and tells what was pointed at. */
export class DispatchMap {
  readonly counties = new OutlineLayer('shading');
  readonly towns = new OutlineLayer('lines');
  readonly fields: FieldLayer;
  readonly candidates: CandidateLayer;
  readonly machines = new MachineLayer();
  readonly trail = new TrailLayer();
  readonly pin = new PinLayer();
  readonly leaflet: LeafletMap;
  private hoverFrame = 0;

  constructor(container: HTMLElement, wishes: MapWishes) {
    this.leaflet = new LeafletMap(container, {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.5,
      wheelPxPerZoomLevel: 90,
      minZoom: 7,
      maxZoom: 19,
      center: [34.62, 113.5],
      zoom: 9.5,
      keyboardPanDelta: 120,
      boxZoom: false,
    });
    panes.forEach((name, i) => {
      this.leaflet.createPane(name).style.zIndex = String(210 + i * 30);
    });
    for (const passive of ['shading', 'lines', 'trail', 'machines', 'labels']) this.leaflet.getPane(passive)!.style.pointerEvents = 'none';
    control.scale({ imperial: false, position: 'bottomleft', maxWidth: 120 }).addTo(this.leaflet);
    this.fields = new FieldLayer(wishes.store, wishes.onTiles, wishes.onTileFailure);
    this.candidates = new CandidateLayer(id => wishes.onPick({ kind: 'candidate', id }));
    for (const layer of [this.counties, this.towns, this.trail, this.pin, this.fields, this.machines]) layer.addTo(this.leaflet);
    this.leaflet.on('click', event => wishes.onPick(this.under(event)));
    this.leaflet.on('contextmenu', event => wishes.onPlace(fromLeaflet(event.latlng)));
    this.leaflet.on('mousemove', event => {
      cancelAnimationFrame(this.hoverFrame);
      this.hoverFrame = requestAnimationFrame(() => wishes.onHover(this.under(event), event.containerPoint.x, event.containerPoint.y));
    });
    this.leaflet.on('mouseout movestart zoomstart', () => {
      cancelAnimationFrame(this.hoverFrame);
      wishes.onHover(null, 0, 0);
    });
  }

  addBasemap(setting: BasemapSetting): { setShown(shown: boolean): void } {
    const layer = basemapLayer(setting);
    (layer.options as { pane?: string }).pane = 'basemap';
    return { setShown: shown => void (shown ? layer.addTo(this.leaflet) : layer.remove()) };
  }

  /** Fits a ring or an outline into the part of the map that no drawer covers. */
  showAll(points: readonly LngLat[], coveredRight: number, animate: boolean): void {
    if (points.length === 0) return;
    const bounds = boundsOf(points);
    const { x, y } = this.leaflet.getSize();
    const room = new Point(Math.max(80, x - coveredRight - 2 * MARGIN_PX), Math.max(80, y - 2 * MARGIN_PX));
    const extent = this.leaflet.project(bounds.getSouthEast(), 0).subtract(this.leaflet.project(bounds.getNorthWest(), 0));
    const exact = Math.log2(Math.min(room.x / extent.x, room.y / extent.y));
    // Where fields are drawn, half steps keep their tiles sharp; further out the unit may as well fill the map.
    const zoom = Math.min(16, exact >= FIELD_ZOOM ? Math.floor(exact * 2) / 2 : exact);
    const middle = this.leaflet.project(bounds.getNorthWest(), zoom).add(this.leaflet.project(bounds.getSouthEast(), zoom)).divideBy(2);
    const centre = this.leaflet.unproject(middle.add([coveredRight / 2, 0]), zoom);
    if (animate) this.leaflet.flyTo(centre, zoom, { duration: 0.6 });
    else this.setExactly(centre, zoom);
  }

  /** So near that each corner can be taken hold of. */
  showClosely(ring: readonly LngLat[], coveredRight: number): void {
    const options = { paddingTopLeft: [80, 110], paddingBottomRight: [coveredRight + 80, 80], maxZoom: 19 } satisfies FitBoundsOptions;
    this.leaflet.fitBounds(boundsOf(ring), options);
  }

  /** `setView` would round the zoom to the steps of the wheel. */
  private setExactly(centre: LatLng, zoom: number): void {
    const { options } = this.leaflet;
    const { zoomSnap } = options;
    options.zoomSnap = 0;
    this.leaflet.setView(centre, zoom, { animate: false });
    options.zoomSnap = zoomSnap;
  }

  /** Looks at a place unless it is in sight and near enough already. */
  lookAt(at: LngLat, leastZoom: number, coveredRight: number): void {
    const size = this.leaflet.getSize();
    const point = this.leaflet.latLngToContainerPoint(toLeaflet(at));
    const isSeen = point.x > 40 && point.y > 40 && point.x < size.x - coveredRight - 40 && point.y < size.y - 40;
    if (isSeen && this.leaflet.getZoom() >= leastZoom) return;
    const zoom = Math.max(this.leaflet.getZoom(), leastZoom);
    const centre = this.leaflet.unproject(this.leaflet.project(toLeaflet(at), zoom).add([coveredRight / 2, 0]), zoom);
    this.leaflet.flyTo(centre, zoom, { duration: 0.6 });
  }

  remove(): void {
    cancelAnimationFrame(this.hoverFrame);
    this.leaflet.remove();
  }

  private under(event: LeafletMouseEvent): MapHit | null {
    const { x, y } = event.containerPoint;
    const at = fromLeaflet(event.latlng);
    const zoom = this.leaflet.getZoom();
    const machine = this.leaflet.hasLayer(this.machines) ? this.machines.hit(x, y) : null;
    if (machine) return machine;
    const candidate = zoom >= FIELD_ZOOM && this.leaflet.hasLayer(this.candidates) ? this.candidates.hit(at) : null;
    if (candidate) return { kind: 'candidate', id: candidate };
    const field = zoom >= FIELD_ZOOM && this.leaflet.hasLayer(this.fields) ? this.fields.hit(at) : null;
    if (field) return { kind: 'field', ...field };
    const code = zoom >= FIELD_ZOOM ? null : zoom >= TOWN_ZOOM ? (this.towns.hit(at) ?? this.counties.hit(at)) : this.counties.hit(at);
    return code === null ? null : { kind: 'unit', code };
  }
}
