import { DivIcon, LayerGroup, Marker } from 'leaflet';
import type { Station } from '../../shared/registry.ts';
import { toLeaflet } from './lng-lat.ts';

/** The 三夏 service stations, named by a native tooltip. */
export class StationLayer extends LayerGroup {
  constructor(stations: readonly Station[]) {
    super();
    for (const station of stations) {
      const sign = document.createElement('div');
      sign.className = 'station-sign';
      sign.title = station.name;
      sign.textContent = '服';
      const icon = new DivIcon({ html: sign, className: 'station-anchor', iconSize: [18, 18] });
      this.addLayer(new Marker(toLeaflet(station.location), { icon, pane: 'stations', keyboard: false }));
    }
  }
}
