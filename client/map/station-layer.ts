import { DivIcon, LayerGroup, Marker } from 'leaflet';
import type { Station } from '../../shared/registry.ts';
import { toLeaflet } from './lng-lat.ts';

/** The 三夏 service stations, named by a native tooltip; `onOpen` null: not to be opened. */
export class StationLayer extends LayerGroup {
  private readonly signs: HTMLElement[] = [];

  constructor(stations: readonly Station[], onOpen: ((id: string) => void) | null) {
    super();
    for (const station of stations) {
      const sign = document.createElement('div');
      sign.className = 'station-sign';
      sign.title = station.name;
      this.signs.push(sign);
      const icon = new DivIcon({ html: sign, className: 'station-anchor', iconSize: [18, 18] });
      const marker = new Marker(toLeaflet(station.location), { icon, pane: 'stations', keyboard: false });
      if (onOpen) marker.on('click', () => onOpen(station.id));
      this.addLayer(marker);
    }
  }

  /** In the language of the page. */
  write(text: string): void {
    for (const sign of this.signs) sign.textContent = text;
  }
}
