import { DivIcon, LayerGroup, Marker } from 'leaflet';
import type { ChainField } from '../../shared/chain.ts';
import { toLeaflet } from './lng-lat.ts';

/** Fields cut more than 48 hours ago and not sown: a sign with the days waited on each, which opens it. */
export class UnsownLayer extends LayerGroup {
  private readonly marks = new Map<string, { marker: Marker; sign: HTMLElement }>();

  constructor(private readonly onOpen: (field: string) => void) {
    super();
  }

  /** @param describe what is said of a field, for a mouse that waits */
  show(fields: readonly ChainField[], describe: (field: ChainField) => string): void {
    const wanted = new Set(fields.map(({ field }) => field));
    for (const [id, { marker }] of this.marks) {
      if (wanted.has(id)) continue;
      this.removeLayer(marker);
      this.marks.delete(id);
    }
    for (const field of fields) {
      const { sign } = this.marks.get(field.field) ?? this.add(field);
      const days = `${Math.floor(field.hours / 24)}`;
      if (sign.textContent !== days) sign.textContent = days;
      sign.title = describe(field);
    }
  }

  private add(field: ChainField) {
    const sign = document.createElement('div');
    sign.className = 'unsown-sign';
    const icon = new DivIcon({ html: sign, className: 'unsown-anchor', iconSize: [18, 18] });
    const marker = new Marker(toLeaflet(field.lngLat), { icon, pane: 'stations', keyboard: false });
    marker.on('click', () => this.onOpen(field.field));
    this.addLayer(marker);
    const mark = { marker, sign };
    this.marks.set(field.field, mark);
    return mark;
  }
}
