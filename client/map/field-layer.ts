import { type Coords, GridLayer, type TileEvent } from 'leaflet';
import { FIELD_TILE_ZOOM } from '../../shared/contract.ts';
import type { LngLat } from '../../shared/registry.ts';
import { paintField, pathOf, type TileFrame } from './field-paint.ts';
import { type FieldShape, type FieldStore, type FieldTile, shapeTileOf } from './field-store.ts';
import { TILE_PX, worldX, worldY } from './mercator.ts';
import { HALO, OUTLINE } from './palette.ts';

interface Drawn {
  frame: TileFrame;
  ctx: CanvasRenderingContext2D;
  source: string;
  /** By field, once the shapes have come. */
  shapes: Map<string, FieldShape>;
}

/** How long until a tile that could not be fetched is tried again. */
const RETRY_MS = 3000;

/** Fields by stage, from the zoom of their tiles on. Shapes are drawn anew at every zoom, so that edges stay sharp. */
export class FieldLayer extends GridLayer {
  private readonly drawn = new Map<string, Drawn>();
  private chosen: string | null = null;
  /** Fields that look different since the last animation frame. */
  private readonly waiting = new Set<string>();
  private frame = 0;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: FieldStore,
    /** Told which tiles are on the map whenever that changes. */
    private readonly onTiles: (tiles: string[]) => void,
    private readonly onFailure: (failing: boolean) => void,
  ) {
    super({ pane: 'fields', minZoom: FIELD_TILE_ZOOM, maxZoom: 19, updateWhenZooming: false, keepBuffer: 1 });
    this.on('tileunload', event => {
      this.drawn.delete(this.nameOf((event as TileEvent).coords));
      this.tilesChanged();
    });
  }

  override createTile(coords: Coords, done: (error?: Error, tile?: HTMLElement) => void): HTMLElement {
    const canvas = document.createElement('canvas');
    const scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = canvas.height = TILE_PX * scale;
    const ctx = canvas.getContext('2d')!;
    ctx.scale(scale, scale);
    const frame = { x: coords.x, y: coords.y, zoom: coords.z };
    const tile: Drawn = { frame, ctx, source: shapeTileOf(coords.x, coords.y, coords.z), shapes: new Map() };
    this.drawn.set(this.nameOf(coords), tile);
    this.tilesChanged();
    this.fill(tile).then(() => done(undefined, canvas));
    return canvas;
  }

  /** The answer for all watched tiles has come. */
  replaceStages(tiles: readonly string[], rows: Parameters<FieldStore['replace']>[1]): void {
    const changed = this.store.replace(tiles, rows);
    for (const tile of this.drawn.values()) {
      if (changed.tiles.has(tile.source)) this.paintAll(tile);
      else this.paintSome(tile, changed.fields);
    }
  }

  changeStages(rows: Parameters<FieldStore['change']>[0]): void {
    for (const id of this.store.change(rows)) this.waiting.add(id);
    if (this.frame === 0 && this.waiting.size > 0) this.frame = requestAnimationFrame(this.paintWaiting);
  }

  /** Shapes have changed in these tiles of the server. */
  reload(names: readonly string[]): void {
    this.store.forget(names);
    for (const tile of this.drawn.values()) {
      if (!names.includes(tile.source)) continue;
      tile.shapes.clear();
      void this.fill(tile);
    }
  }

  /** How many fields the tiles on the map show. */
  get drawnFields(): number {
    return new Set([...this.drawn.values()].flatMap(tile => [...tile.shapes.keys()])).size;
  }

  choose(id: string | null): void {
    if (this.chosen === id) return;
    const before = this.chosen;
    this.chosen = id;
    // An outline reaches beyond its field: the tiles that show one are drawn whole.
    for (const tile of this.drawn.values())
      if ((before !== null && tile.shapes.has(before)) || (id !== null && tile.shapes.has(id))) this.paintAll(tile);
  }

  /** The fields whose box meets this one, among the tiles that are drawn: west, north, east, south in the square of the world. */
  within([west, north, east, south]: FieldShape['box']): FieldShape[] {
    const found = new Map<string, FieldShape>();
    for (const { shapes } of this.drawn.values())
      for (const shape of shapes.values()) {
        const [w, n, e, s] = shape.box;
        if (e >= west && w <= east && s >= north && n <= south) found.set(shape.id, shape);
      }
    return [...found.values()];
  }

  /** The field at a place, among the tiles that are drawn. Where fields overlap, the smaller one. */
  hit([lng, lat]: LngLat): { id: string; areaMu: number; stage: ReturnType<FieldStore['stageOf']> } | null {
    const x = worldX(lng);
    const y = worldY(lat);
    let best: FieldShape | null = null;
    let source = '';
    for (const tile of this.drawn.values()) {
      const scale = 2 ** tile.frame.zoom;
      if (Math.floor(x * scale) !== tile.frame.x || Math.floor(y * scale) !== tile.frame.y) continue;
      for (const shape of tile.shapes.values()) {
        const [west, north, east, south] = shape.box;
        if (x < west || x > east || y < north || y > south || !covers(shape, x, y)) continue;
        if (best === null || shape.areaMu < best.areaMu) best = shape;
        source = tile.source;
      }
    }
    return best === null ? null : { id: best.id, areaMu: best.areaMu, stage: this.store.stageOf(best.id, source) };
  }

  private nameOf({ x, y, z }: Coords): string {
    return `${z}/${x}/${y}`;
  }

  private tilesChanged(): void {
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(() => this.onTiles([...new Set([...this.drawn.values()].map(tile => tile.source))].slice(0, 200)), 120);
  }

  /** Fetches until it succeeds or the tile is gone. */
  private async fill(tile: Drawn): Promise<void> {
    const isWanted = () => [...this.drawn.values()].includes(tile);
    while (isWanted()) {
      const shapes = await this.store.tile(tile.source).catch(() => null);
      this.onFailure(shapes === null);
      if (shapes !== null) return this.take(tile, shapes);
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }

  private take(tile: Drawn, { shapes }: FieldTile): void {
    const scale = 2 ** tile.frame.zoom;
    const { x, y } = tile.frame;
    for (const shape of shapes) {
      const [west, north, east, south] = shape.box;
      if (east * scale >= x && west * scale <= x + 1 && south * scale >= y && north * scale <= y + 1) tile.shapes.set(shape.id, shape);
    }
    this.paintAll(tile);
  }

  private readonly paintWaiting = (): void => {
    this.frame = 0;
    for (const tile of this.drawn.values()) this.paintSome(tile, this.waiting);
    this.waiting.clear();
  };

  private paintAll(tile: Drawn): void {
    tile.ctx.clearRect(0, 0, TILE_PX, TILE_PX);
    for (const shape of tile.shapes.values()) paintField(tile.ctx, shape, this.store.stageOf(shape.id, tile.source), tile.frame);
    this.paintChosen(tile);
  }

  private paintSome(tile: Drawn, ids: ReadonlySet<string>): void {
    for (const id of ids) {
      const shape = tile.shapes.get(id);
      if (shape) paintField(tile.ctx, shape, this.store.stageOf(id, tile.source), tile.frame);
    }
    if (this.chosen !== null && ids.has(this.chosen)) this.paintChosen(tile);
  }

  private paintChosen(tile: Drawn): void {
    const shape = this.chosen === null ? undefined : tile.shapes.get(this.chosen);
    if (!shape) return;
    const path = pathOf(shape, tile.frame);
    tile.ctx.lineJoin = 'round';
    for (const [colour, width] of [
      [HALO, 6],
      [OUTLINE, 3],
    ] as const) {
      tile.ctx.strokeStyle = colour;
      tile.ctx.lineWidth = width;
      tile.ctx.stroke(path);
    }
  }
}

/** Even-odd over all rings of a shape. */
function covers({ rings }: FieldShape, x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      if (ring[i + 1] > y !== ring[j + 1] > y && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i])
        inside = !inside;
  return inside;
}
