import { type LatLng, type Map as LeafletMap, PM, type Polyline } from 'leaflet';
import type { LngLat } from '../../shared/registry.ts';
import './field-drawing.ts';
import { fromLeaflet } from './lng-lat.ts';
import { SNAP_PX } from './snap-ground.ts';

const look = { color: '#c2410c', weight: 3, pmIgnore: false } as const;

/** A line under the hand that is to cut a field. */
export class CutDrawing {
  private line: Polyline | null = null;

  /** `onChange` is told the line at each of its corners. */
  constructor(
    private readonly map: LeafletMap,
    private readonly onChange: (line: LngLat[]) => void,
  ) {
    map.pm ??= new (PM as unknown as { Map: new (map: LeafletMap) => LeafletMap['pm'] }).Map(map);
  }

  draw(): void {
    this.map.once('pm:drawstart', ({ workingLayer }) => {
      const line = workingLayer as Polyline;
      line.on('pm:vertexadded', () => this.tell(line));
    });
    this.map.once('pm:create', ({ layer }) => {
      this.line = layer as Polyline;
      this.line.pm.enable({ snappable: true, snapDistance: SNAP_PX, allowSelfIntersection: false });
      this.line.on('pm:edit pm:markerdragend pm:vertexremoved', () => this.tell(this.line!));
    });
    this.map.pm.enableDraw('Line', {
      snappable: true,
      snapDistance: SNAP_PX,
      allowSelfIntersection: false,
      tooltips: false,
      templineStyle: look,
      hintlineStyle: { ...look, dashArray: '6 6' },
      pathOptions: look,
    });
  }

  remove(): void {
    this.map.off('pm:drawstart');
    this.map.off('pm:create');
    this.map.pm.disableDraw();
    this.line?.pm.disable();
    this.line?.remove();
  }

  private tell(line: Polyline): void {
    this.onChange((line.getLatLngs() as LatLng[]).map(fromLeaflet));
  }
}
