import { type LatLng, type Map as LeafletMap, PM, polygon as polygonOf } from 'leaflet';
import '@geoman-io/leaflet-geoman-free';
import '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css';
import type { Polygon } from '../../shared/registry.ts';
import { fromLeaflet, ringToLeaflet } from './lng-lat.ts';
import { SNAP_PX } from './snap-ground.ts';

type Drawn = ReturnType<typeof polygonOf>;

const look = { color: '#0b57d0', weight: 2.5, fillColor: '#0b57d0', fillOpacity: 0.15, pmIgnore: false } as const;

// Nothing of the map is to be drawn on or drawn to but what says so.
PM.setOptIn(true);

/** A boundary under the hand: drawn anew corner by corner, or one that is there with corners to be dragged. */
export class FieldDrawing {
  private shape: Drawn | null = null;

  /** `onChange` is told the boundary whenever it changes; null: not closed yet. */
  constructor(
    private readonly map: LeafletMap,
    private readonly onChange: (polygon: Polygon | null) => void,
  ) {
    // The map was made before this came: its drawing tools are added now.
    map.pm ??= new (PM as unknown as { Map: new (map: LeafletMap) => LeafletMap['pm'] }).Map(map);
  }

  edit(polygon: Polygon): void {
    const shape = polygonOf(
      polygon.coordinates.map(ring => ringToLeaflet(ring.slice(0, -1))),
      look,
    ).addTo(this.map);
    PM.reInitLayer(shape);
    this.hold(shape);
    this.onChange(polygon);
  }

  draw(): void {
    this.map.pm.enableDraw('Polygon', {
      snappable: true,
      snapDistance: SNAP_PX,
      allowSelfIntersection: false,
      tooltips: false,
      templineStyle: look,
      hintlineStyle: { ...look, dashArray: '6 6' },
      pathOptions: look,
    });
    this.map.once('pm:create', ({ layer }) => this.hold(layer as Drawn));
  }

  remove(): void {
    this.map.off('pm:create');
    this.map.pm.disableDraw();
    this.shape?.pm.disable();
    this.shape?.remove();
  }

  private hold(shape: Drawn): void {
    this.shape = shape;
    shape.pm.enable({ snappable: true, snapDistance: SNAP_PX, allowSelfIntersection: false });
    const tell = () => this.onChange(geometryOf(shape));
    shape.on('pm:edit pm:markerdragend pm:vertexadded pm:vertexremoved', tell);
    tell();
  }
}

/** As GeoJSON wants it: the first corner again at the end. */
function geometryOf(shape: Drawn): Polygon | null {
  const rings = shape.getLatLngs() as LatLng[][];
  if (rings.some(ring => ring.length < 3)) return null;
  return { type: 'Polygon', coordinates: rings.map(ring => [...ring, ring[0]].map(fromLeaflet)) };
}
