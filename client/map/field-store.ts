import { FIELD_TILE_ZOOM, type FieldRow } from '../../shared/contract.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { worldX, worldY } from './mercator.ts';

/** A field ready to be drawn: its rings in the unit square of Web-Mercator, x and y in turn. */
export interface FieldShape {
  id: string;
  areaMu: number;
  rings: Float64Array[];
  /** West, north, east, south in the same square. */
  box: [number, number, number, number];
}

export interface FieldTile {
  name: string;
  shapes: FieldShape[];
}

type Wire = RouteOutput<'fieldTile'>;

export function shapeOf(field: Wire['fields'][number]): FieldShape {
  const rings = field.rings.map(ring => Float64Array.from(ring.flatMap(([lng, lat]) => [worldX(lng), worldY(lat)])));
  const box: FieldShape['box'] = [1, 1, 0, 0];
  for (let i = 0; i < rings[0].length; i += 2) {
    box[0] = Math.min(box[0], rings[0][i]);
    box[1] = Math.min(box[1], rings[0][i + 1]);
    box[2] = Math.max(box[2], rings[0][i]);
    box[3] = Math.max(box[3], rings[0][i + 1]);
  }
  return { id: field.id, areaMu: field.areaMu, rings, box };
}

/** The tile of the shapes' zoom in which a tile of the same or a deeper zoom lies. */
export const shapeTileOf = (x: number, y: number, zoom: number): string =>
  `${x >> (zoom - FIELD_TILE_ZOOM)}/${y >> (zoom - FIELD_TILE_ZOOM)}`;

const MOST_TILES = 400;

/**
 * Shapes by tile, fetched once and kept; stages by field, as the socket tells them. A field whose tile was not answered for yet has no
 * stage at all, which is drawn as such and not guessed.
 */
export class FieldStore {
  private readonly tiles = new Map<string, Promise<FieldTile>>();
  private stages = new Map<string, FieldRow>();
  private answered = new Set<string>();

  constructor(private readonly load: (x: number, y: number) => Promise<Wire>) {}

  tile(name: string): Promise<FieldTile> {
    const known = this.tiles.get(name);
    if (known) return known;
    const [x, y] = name.split('/').map(Number);
    const coming = this.load(x, y).then(wire => ({ name, shapes: wire.fields.map(shapeOf) }));
    this.tiles.set(name, coming);
    // What failed is asked again the next time it is wanted.
    coming.catch(() => this.tiles.delete(name));
    if (this.tiles.size > MOST_TILES) this.tiles.delete(this.tiles.keys().next().value!);
    return coming;
  }

  /** Their shapes are fetched anew when they are wanted next. */
  forget(names: readonly string[]): void {
    for (const name of names) this.tiles.delete(name);
  }

  /** The stage of a field of that tile, `standing` when the server named no other, undefined when it was not asked yet. */
  stageOf(id: string, tile: string): FieldRow | undefined {
    return this.stages.get(id) ?? (this.answered.has(tile) ? [id, 'standing', 0, 0, false] : undefined);
  }

  /** The answer for the watched tiles replaces all that was known. Returns the fields that look different now, and the tiles new to it. */
  replace(tiles: readonly string[], rows: readonly FieldRow[]): { fields: Set<string>; tiles: Set<string> } {
    const next = new Map(rows.map(row => [row[0], row]));
    const fields = new Set<string>();
    for (const [id, row] of next) if (differs(row, this.stages.get(id))) fields.add(id);
    for (const id of this.stages.keys()) if (!next.has(id)) fields.add(id);
    const fresh = new Set(tiles.filter(name => !this.answered.has(name)));
    this.stages = next;
    this.answered = new Set(tiles);
    return { fields, tiles: fresh };
  }

  /** Returns the fields that look different now. */
  change(rows: readonly FieldRow[]): Set<string> {
    const fields = new Set<string>();
    for (const row of rows) {
      if (differs(row, this.stages.get(row[0]))) fields.add(row[0]);
      this.stages.set(row[0], row);
    }
    return fields;
  }
}

const differs = (one: FieldRow, other: FieldRow | undefined): boolean => other === undefined || one.some((value, i) => value !== other[i]);
