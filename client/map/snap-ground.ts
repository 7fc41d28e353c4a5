import { type LatLng, LayerGroup, type Map as LeafletMap, latLng, Polygon } from 'leaflet';
import type { FieldLayer } from './field-layer.ts';
import type { FieldShape } from './field-store.ts';
import { worldX, worldY } from './mercator.ts';

/** So near a corner or an edge the hand is drawn to it. */
export const SNAP_PX = 14;
/** More are not offered: those furthest from the middle of the view are left out. */
const MOST_FIELDS = 150;
const unseen = { stroke: false, fill: false, interactive: false, snapIgnore: false } as const;

/** The fields in view, unseen, while a boundary or a line is drawn: their corners and edges draw the hand to them. */
export class SnapGround {
  private readonly near = new LayerGroup();
  private isOn = true;

  /** @param own the field whose boundary is under the hand; null: none */
  constructor(
    private readonly map: LeafletMap,
    private readonly fields: FieldLayer,
    private readonly own: string | null,
  ) {
    this.near.addTo(map);
    map.on('moveend', this.refresh);
    fields.on('load', this.refresh);
    this.refresh();
  }

  setOn(isOn: boolean): void {
    this.isOn = isOn;
    this.refresh();
  }

  remove(): void {
    this.map.off('moveend', this.refresh);
    this.fields.off('load', this.refresh);
    this.near.remove();
  }

  private readonly refresh = (): void => {
    this.near.clearLayers();
    if (!this.isOn) return;
    const view = this.map.getBounds();
    const box: FieldShape['box'] = [worldX(view.getWest()), worldY(view.getNorth()), worldX(view.getEast()), worldY(view.getSouth())];
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const away = ({ box: [west, north, east, south] }: FieldShape) => Math.hypot((west + east) / 2 - x, (north + south) / 2 - y);
    const shapes = this.fields.within(box).filter(({ id }) => id !== this.own);
    if (shapes.length > MOST_FIELDS) shapes.sort((a, b) => away(a) - away(b));
    for (const { rings } of shapes.slice(0, MOST_FIELDS)) this.near.addLayer(new Polygon(rings.map(cornersOf), unseen));
  };
}

/** Without the first corner again at the end. */
function cornersOf(ring: Float64Array): LatLng[] {
  return Array.from({ length: ring.length / 2 - 1 }, (_, i) => {
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * ring[2 * i + 1]))) * 180) / Math.PI;
    return latLng(lat, ring[2 * i] * 360 - 180);
  });
}
