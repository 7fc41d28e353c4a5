import { DomUtil, Layer, type LeafletEventHandlerFn, type Map as LeafletMap, type Point, type ZoomAnimEvent } from 'leaflet';
import type { MachineCard, MachineRow } from '../../shared/contract.ts';
import { inBands } from './bands.ts';
import { blit } from './blit.ts';
import { MachineTable } from './machine-table.ts';
import { worldPixels } from './mercator.ts';
import { HALO, OUTLINE } from './palette.ts';
import { ScreenGrid } from './screen-grid.ts';
import { SpriteSheet, spriteReach } from './sprite-sheet.ts';
import { type Badge, thinned } from './thinning.ts';

/** Below this zoom a crowd is shown as a count. */
const THIN_BELOW_ZOOM = 12;
/** How near the mouse must come to a mark, in CSS pixels. */
const GRAB_PX = 14;
const BADGE_PX = 15;

/** Marks grow as one comes nearer, and make room for each other where there are very many. */
const radiusAt = (zoom: number, machines: number): number =>
  zoom < 14 && machines > MANY_MACHINES ? 5 : zoom < 11 ? 6 : zoom < 14 ? 7 : zoom < 16 ? 9 : 11;
const MANY_MACHINES = 4000;

export type MachineHit = { kind: 'machine'; id: string } | { kind: 'badge'; ids: string[] };

/**
 * All machines on one canvas over the map. Sprites are drawn once for each heading and state and then copied as pixels: with 20,000
 * machines that is several times faster than drawing shapes. The canvas covers just the screen and is drawn again whenever the map moves.
 */
export class MachineLayer extends Layer {
  private readonly table = new MachineTable();
  private readonly canvas = DomUtil.create('canvas', 'machine-canvas leaflet-zoom-animated');
  private readonly ctx = this.canvas.getContext('2d', { willReadFrequently: true })!;
  private owner: LeafletMap | null = null;
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(1);
  private sheet = new SpriteSheet(7, 1, 1);
  private radius = 7;
  /** Of every machine, in CSS pixels of the screen; the world pixels lie `corner` away. */
  private xs = new Float64Array(0);
  private ys = new Float64Array(0);
  private corner: Point | null = null;
  private drawnZoom = 0;
  private all = new Uint32Array(0);
  private single: ArrayLike<number> & Iterable<number> = [];
  private badges: Badge[] = [];
  private grid: ScreenGrid | null = null;
  private frame = 0;
  private marks = 0;
  private chosen: string | null = null;

  constructor(private readonly thinBelowZoom = THIN_BELOW_ZOOM) {
    super();
  }

  /** Shows exactly these machines from the next animation frame on. */
  show(machines: ReadonlyMap<string, MachineRow>, cards: ReadonlyMap<string, MachineCard>, asOf: number): void {
    this.table.take(machines, cards, asOf);
    this.drawSoon();
  }

  choose(id: string | null): void {
    if (this.chosen === id) return;
    this.chosen = id;
    this.drawSoon();
  }

  /** How many marks the last picture has, and how many counts stand for crowds. */
  get drawn(): { machines: number; badges: number } {
    return { machines: this.marks, badges: this.badges.length };
  }

  /** What lies under a point of the map's container, if anything. */
  hit(x: number, y: number): MachineHit | null {
    const badge = this.badges.find(item => Math.hypot(item.x - x, item.y - y) <= BADGE_PX + 2);
    if (badge) return { kind: 'badge', ids: badge.members.map(i => this.table.rows[i][0]) };
    this.grid ??= new ScreenGrid(this.xs, this.ys, this.single);
    const i = this.grid.nearest(x, y, GRAB_PX);
    return i < 0 ? null : { kind: 'machine', id: this.table.rows[i][0] };
  }

  override getEvents(): Record<string, LeafletEventHandlerFn> {
    return {
      move: this.drawSoon,
      moveend: this.drawSoon,
      zoomend: this.drawSoon,
      resize: this.fit,
      zoomanim: this.follow as LeafletEventHandlerFn,
    };
  }

  override onAdd(map: LeafletMap): this {
    this.owner = map;
    map.getPane('machines')!.append(this.canvas);
    this.fit();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.canvas.remove();
    this.owner = null;
    return this;
  }

  private readonly drawSoon = (): void => {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  };

  private readonly fit = (): void => {
    const size = this.owner!.getSize();
    const scale = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(size.x * scale);
    this.canvas.height = Math.round(size.y * scale);
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    this.layOut(radiusAt(this.owner!.getZoom(), this.table.count), scale);
    this.draw();
  };

  /** The buffer has a margin as wide as a sprite, so that a mark on the edge is copied without clipping. */
  private layOut(radius: number, scale: number): void {
    const reach = spriteReach(radius, scale);
    const width = this.canvas.width + 2 * reach;
    const height = this.canvas.height + 2 * reach;
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.sheet = new SpriteSheet(radius, scale, width);
    this.radius = radius;
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.owner === null) return;
    const zoom = this.owner.getZoom();
    const scale = this.canvas.width / Math.max(1, this.owner.getSize().x);
    const radius = radiusAt(zoom, this.table.count);
    if (radius !== this.radius) this.layOut(radius, scale);
    this.corner = this.owner.containerPointToLayerPoint([0, 0]);
    this.drawnZoom = zoom;
    DomUtil.setPosition(this.canvas, this.corner);
    this.place(zoom);
    this.pixels.fill(0);
    this.copy(scale);
    this.ctx.putImageData(this.image, -this.sheet.reach, -this.sheet.reach);
    this.ctx.setTransform(scale, 0, 0, scale, 0, 0);
    for (const badge of this.badges) this.drawBadge(badge);
    this.drawChosen();
  }

  private place(zoom: number): void {
    const { table } = this;
    if (this.xs.length !== table.count) {
      this.xs = new Float64Array(table.count);
      this.ys = new Float64Array(table.count);
    }
    const world = worldPixels(zoom);
    const origin = this.owner!.getPixelOrigin().add(this.corner!);
    for (let i = 0; i < table.count; i++) {
      this.xs[i] = table.worldX[i] * world;
      this.ys[i] = table.worldY[i] * world;
    }
    const crowd = zoom < this.thinBelowZoom ? thinned(this.xs, this.ys, table.count) : null;
    for (let i = 0; i < table.count; i++) {
      this.xs[i] -= origin.x;
      this.ys[i] -= origin.y;
    }
    this.single = crowd?.single ?? this.everyone();
    this.badges = (crowd?.badges ?? []).map(badge => ({ ...badge, x: badge.x - origin.x, y: badge.y - origin.y }));
    this.grid = null;
  }

  private everyone(): ArrayLike<number> & Iterable<number> {
    if (this.all.length !== this.table.count) this.all = Uint32Array.from(this.table.rows, (_, i) => i);
    return this.all;
  }

  private copy(scale: number): void {
    const { pixels, sheet, xs, ys, single } = this;
    const { sprite } = this.table;
    const { reach, stride } = sheet;
    const { width, height } = this.canvas;
    this.marks = 0;
    const order = inBands(ys, single, height / scale);
    for (let k = 0; k < order.length; k++) {
      const i = order[k];
      const x = Math.round(xs[i] * scale);
      const y = Math.round(ys[i] * scale);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      this.marks += 1;
      blit(pixels, (y + reach) * stride + x + reach, sheet.get(sprite[i]));
    }
  }

  private drawBadge({ x, y, members }: Badge): void {
    const { ctx } = this;
    const text = String(members.length);
    const half = Math.max(BADGE_PX, 6 + text.length * 4.5);
    ctx.beginPath();
    ctx.roundRect?.(x - half, y - 12, half * 2, 24, 12);
    if (!ctx.roundRect) ctx.arc(x, y, half, 0, 2 * Math.PI);
    ctx.fillStyle = OUTLINE;
    ctx.strokeStyle = HALO;
    ctx.lineWidth = 3;
    ctx.stroke();
    ctx.fill();
    ctx.fillStyle = HALO;
    ctx.font = '600 13px system-ui, sans-serif';
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(text, x, y + 0.5);
  }

  private drawChosen(): void {
    const i = this.chosen === null ? -1 : this.table.find(this.chosen);
    if (i < 0) return;
    const { ctx } = this;
    for (const [colour, width] of [
      [HALO, 6],
      [OUTLINE, 2.5],
    ] as const) {
      ctx.beginPath();
      ctx.arc(this.xs[i], this.ys[i], this.radius + 9, 0, 2 * Math.PI);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
  }

  /** While Leaflet animates a zoom, the picture that is there grows or shrinks along. */
  private readonly follow = (event: ZoomAnimEvent): void => {
    if (this.owner === null || this.corner === null) return;
    const scale = this.owner.getZoomScale(event.zoom, this.drawnZoom);
    const corner = this.owner.layerPointToLatLng(this.corner);
    // Leaflet keeps this projection of a point into a zoom that is still to come private, but its own renderers live from it.
    const animating = this.owner as LeafletMap & { _latLngToNewLayerPoint(at: unknown, zoom: number, centre: unknown): Point };
    DomUtil.setTransform(this.canvas, animating._latLngToNewLayerPoint(corner, event.zoom, event.center), scale);
  };
}
