import { DivIcon, LayerGroup, Marker, Polyline } from 'leaflet';
import type { LngLat } from '../../shared/registry.ts';
import { toLeaflet } from './lng-lat.ts';
import { HALO, OUTLINE } from './palette.ts';

/** A place that is looked at, and where its machine comes from. */
export interface Pin {
  at: LngLat;
  from: LngLat | null;
}

/** The place of what is chosen in a list: a pin, and a dashed line from the machine that is to come there. */
export class PinLayer extends LayerGroup {
  show(pin: Pin | null): void {
    this.clearLayers();
    if (pin === null) return;
    if (pin.from) {
      const points = [pin.from, pin.at].map(toLeaflet);
      this.addLayer(new Polyline(points, { pane: 'trail', interactive: false, color: HALO, weight: 5, opacity: 0.8 }));
      this.addLayer(new Polyline(points, { pane: 'trail', interactive: false, color: OUTLINE, weight: 2, dashArray: '6 6' }));
    }
    const sign = document.createElement('div');
    sign.className = 'pin';
    const icon = new DivIcon({ html: sign, className: 'pin-anchor', iconSize: [0, 0] });
    this.addLayer(new Marker(toLeaflet(pin.at), { icon, pane: 'labels', interactive: false, keyboard: false }));
  }
}
