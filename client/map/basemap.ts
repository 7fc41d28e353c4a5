import gcoord from 'gcoord';
import { type Bounds, type LatLng, type Layer, TileLayer } from 'leaflet';
import type { BasemapSetting } from './basemap-setting.ts';
import { fromLeaflet, toLeaflet } from './lng-lat.ts';

/** What Leaflet keeps private of a grid layer, and what has to be moved for tiles of another datum. */
interface GridInside {
  _getTiledPixelBounds(centre: LatLng): Bounds;
  _setZoomTransform(level: unknown, centre: LatLng, zoom: number): void;
}

const inside = TileLayer.prototype as unknown as GridInside;
const shifted = (at: LatLng): LatLng => toLeaflet(gcoord.transform(fromLeaflet(at), gcoord.WGS84, gcoord.GCJ02) as [number, number]);

/**
 * Tiles drawn in GCJ-02 lie some 570 m off here. The map itself stays in WGS-84; only these tiles are asked for and laid down as if the
 * middle of the map were where GCJ-02 puts it. The shift changes by a few metres over a screen, less than a pixel where it shows.
 */
class ShiftedTileLayer extends TileLayer {
  _getTiledPixelBounds(centre: LatLng): Bounds {
    return inside._getTiledPixelBounds.call(this, shifted(centre));
  }

  _setZoomTransform(level: unknown, centre: LatLng, zoom: number): void {
    inside._setZoomTransform.call(this, level, shifted(centre), zoom);
  }
}

/** Attribution is set as text by the map, never as HTML. */
export function basemapLayer({ template, datum }: BasemapSetting): Layer {
  const options = { maxZoom: 19, maxNativeZoom: 18, crossOrigin: false } as const;
  return datum === 'gcj02' ? new ShiftedTileLayer(template, options) : new TileLayer(template, options);
}
