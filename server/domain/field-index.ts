import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import Flatbush from 'flatbush';
import type { Polygon } from '../../shared/registry.ts';
import { type Box, boxOf, distanceToEdgeM } from './field-shape.ts';

export interface FieldShape {
  id: string;
  polygon: Polygon;
  /** By geodesy. */
  areaM2: number;
}

/** Fields added, replaced or taken away since the big tree was built are kept beside it; beyond this many it is built anew. */
const MOST_IN_OVERLAY = 512;

/** Where fields overlap the smaller wins, since a field drawn inside another is the one meant; equal areas go by id. */
const wins = (a: FieldShape, b: FieldShape): boolean => a.areaM2 < b.areaM2 || (a.areaM2 === b.areaM2 && a.id < b.id);

const contains = (shape: FieldShape, lng: number, lat: number): boolean => booleanPointInPolygon([lng, lat], shape.polygon);

class Layer {
  private readonly shapes: readonly FieldShape[];
  private readonly tree: Flatbush | null;
  readonly byId: ReadonlyMap<string, FieldShape>;
  constructor(shapes: readonly FieldShape[]) {
    this.byId = new Map(shapes.map(shape => [shape.id, shape]));
    this.shapes = [...this.byId.values()];
    this.tree = this.shapes.length > 0 ? new Flatbush(this.shapes.length) : null;
    for (const shape of this.shapes) this.tree!.add(...boxOf(shape.polygon));
    this.tree?.finish();
  }
  touching([west, south, east, north]: Box): FieldShape[] {
    return this.tree ? this.tree.search(west, south, east, north).map(i => this.shapes[i]) : [];
  }
}

/** Which field lies at a place. Immutable: an edited field gives a new index, and the old one stays valid. */
export class FieldIndex {
  private readonly base: Layer;
  private readonly overlay: Layer;
  /** Filled when first asked: the fields that would win against this one somewhere near it. */
  private readonly rivals = new Map<FieldShape, { box: Box; shape: FieldShape }[]>();
  readonly size: number;

  constructor(shapes: readonly FieldShape[]);
  constructor(base: Layer, overlay: readonly FieldShape[], gone: ReadonlySet<string>);
  constructor(
    base: readonly FieldShape[] | Layer,
    overlay: readonly FieldShape[] = [],
    /** Of the big tree, and no more. */
    private readonly gone: ReadonlySet<string> = new Set(),
  ) {
    this.base = base instanceof Layer ? base : new Layer(base);
    this.overlay = new Layer(overlay);
    let added = 0;
    for (const id of this.overlay.byId.keys()) if (!this.base.byId.has(id)) added++;
    this.size = this.base.byId.size + added - gone.size;
  }

  /** The field at a place, or null. Asks `last` first, which settles nearly every fix of a machine at work. */
  at(lng: number, lat: number, last: FieldShape | null = null): FieldShape | null {
    if (last !== null && this.get(last.id) === last && contains(last, lng, lat)) {
      let best = last;
      for (const { box, shape } of this.rivalsOf(last)) {
        const inBox = lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3];
        if (inBox && wins(shape, best) && contains(shape, lng, lat)) best = shape;
      }
      return best;
    }
    let best: FieldShape | null = null;
    for (const shape of this.touching([lng, lat, lng, lat])) {
      if ((best === null || wins(shape, best)) && contains(shape, lng, lat)) best = shape;
    }
    return best;
  }

  /** Metres from a place to a field, 0 inside. */
  distanceM(shape: FieldShape, lng: number, lat: number): number {
    return contains(shape, lng, lat) ? 0 : distanceToEdgeM(shape.polygon, lng, lat);
  }

  get(id: string): FieldShape | undefined {
    return this.overlay.byId.get(id) ?? (this.gone.has(id) ? undefined : this.base.byId.get(id));
  }

  /** A new index with one field replaced or added. */
  with(shape: FieldShape): FieldIndex {
    const gone = new Set(this.gone);
    gone.delete(shape.id);
    return this.changed(new Map(this.overlay.byId).set(shape.id, shape), gone);
  }

  /** A new index with one field less. */
  without(id: string): FieldIndex {
    const overlay = new Map(this.overlay.byId);
    overlay.delete(id);
    return this.changed(overlay, this.base.byId.has(id) ? new Set(this.gone).add(id) : this.gone);
  }

  private changed(overlay: ReadonlyMap<string, FieldShape>, gone: ReadonlySet<string>): FieldIndex {
    if (overlay.size + gone.size <= MOST_IN_OVERLAY) return new FieldIndex(this.base, [...overlay.values()], gone);
    const kept = [...this.base.byId].filter(([id]) => !gone.has(id));
    return new FieldIndex([...new Map([...kept, ...overlay]).values()]);
  }

  /** Fields whose box touches this one. */
  touching(box: Box): FieldShape[] {
    const fromBase = this.base.touching(box);
    if (this.overlay.byId.size === 0 && this.gone.size === 0) return fromBase;
    const isCurrent = ({ id }: FieldShape) => !this.overlay.byId.has(id) && !this.gone.has(id);
    return [...fromBase.filter(isCurrent), ...this.overlay.touching(box)];
  }

  private rivalsOf(shape: FieldShape): { box: Box; shape: FieldShape }[] {
    const known = this.rivals.get(shape);
    if (known) return known;
    const found = this.touching(boxOf(shape.polygon))
      .filter(other => other !== shape && wins(other, shape))
      .map(other => ({ box: boxOf(other.polygon), shape: other }));
    this.rivals.set(shape, found);
    return found;
  }
}
