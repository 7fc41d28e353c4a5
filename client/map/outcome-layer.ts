import { DivIcon, LayerGroup, Marker, Polygon } from 'leaflet';
import type { Field } from '../../shared/registry.ts';
import { ringToLeaflet, toLeaflet } from './lng-lat.ts';
import { HALO } from './palette.ts';
import { centreOf } from './rings.ts';

const COLOURS = ['#0b57d0', '#c2410c'] as const;

/** Fields as they would be after a cut or a join, each with its area. */
export class OutcomeLayer extends LayerGroup {
  show(fields: readonly Pick<Field, 'polygon' | 'areaMu'>[], describe: (areaMu: number) => string): void {
    this.clearLayers();
    fields.forEach(({ polygon, areaMu }, i) => {
      const rings = polygon.coordinates.map(ring => ringToLeaflet(ring.slice(0, -1)));
      const color = COLOURS[i % COLOURS.length];
      this.addLayer(new Polygon(rings, { interactive: false, color: HALO, weight: 5, fill: false }));
      this.addLayer(new Polygon(rings, { interactive: false, color, weight: 2.5, fillColor: color, fillOpacity: 0.28 }));
      const sign = document.createElement('div');
      sign.className = 'outcome-sign';
      sign.textContent = describe(areaMu);
      const icon = new DivIcon({ html: sign, className: 'pin-anchor', iconSize: [0, 0] });
      this.addLayer(new Marker(toLeaflet(centreOf(polygon.coordinates[0])), { icon, pane: 'labels', interactive: false, keyboard: false }));
    });
  }
}
