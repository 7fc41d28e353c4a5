import { LayerGroup, Polyline } from 'leaflet';
import type { RouteOutput } from '../../shared/rest.ts';
import { toLeaflet } from './lng-lat.ts';
import { HALO } from './palette.ts';

const TRAIL = '#7a1fa2';

/** Where the chosen machine went: one line for each run, so that nothing is drawn across a gap. */
export class TrailLayer extends LayerGroup {
  show(runs: RouteOutput<'trail'>['runs']): void {
    this.clearLayers();
    for (const run of runs) {
      const points = run.map(([lng, lat]) => toLeaflet([lng, lat]));
      this.addLayer(new Polyline(points, { pane: 'trail', interactive: false, color: HALO, weight: 4, opacity: 0.7 }));
      this.addLayer(new Polyline(points, { pane: 'trail', interactive: false, color: TRAIL, weight: 1.5 }));
    }
  }
}
