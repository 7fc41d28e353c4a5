import { Refusal } from '../../shared/reply.ts';
import { DIESEL, isMissing, type Move, type Movement, type StockRow, type Transfer, type UsedPart } from '../../shared/stock.ts';
import { changeOf, moved, rounded } from '../domain/stock.ts';
import type { StockChange, StockStore } from '../stores/stock.ts';
import type { Registry } from './registry.ts';

const MOST_LINES = 60;
const MOST_TRANSFERS = 30;

export interface StockAct<Value> {
  before: unknown;
  after: Value;
}

/** Shelves of all stations: a few thousand rows, held in memory; the ledger stays in the database. One act after the other. */
export class Stock {
  private readonly rows = new Map<string, StockRow>();
  private readonly used = new Map<string, UsedPart[]>();
  private lane: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: { store: StockStore; registry: Registry; now: () => number }) {}

  async load(): Promise<void> {
    for (const row of await this.deps.store.allRows()) this.rows.set(keyOf(row), row);
    for (const movement of await this.deps.store.forRepairs()) this.count(movement);
  }

  ofStation = (station: string): StockRow[] =>
    [...this.rows.values()].filter(row => row.station === station).sort((a, b) => a.name.localeCompare(b.name, 'zh-Hans-CN'));

  /** Parts that are below their minimum. */
  missingAt = (station: string): StockRow[] => this.ofStation(station).filter(isMissing);
  fuelAt = (station: string): number | null => this.rows.get(keyOf({ station, part: DIESEL }))?.quantity ?? null;

  /** What went into a repair, each part once. */
  usedFor = (repair: string): UsedPart[] => (this.used.get(repair) ?? []).filter(({ quantity }) => quantity > 0);

  async page(station: string) {
    this.needStation(station);
    const { store } = this.deps;
    const [transfers, movements] = await Promise.all([store.transfersOf(station, MOST_TRANSFERS), store.latest(station, MOST_LINES)]);
    const named = transfers.map(one => ({ ...one, fromName: this.nameOf(one.from), toName: this.nameOf(one.to) }));
    return { asOf: this.deps.now(), rows: this.ofStation(station), transfers: named, movements };
  }

  move(move: Move, by: string): Promise<StockAct<StockRow>> {
    return this.inTurn(async () => {
      this.needStation(move.station);
      const there = this.rows.get(keyOf(move));
      if (await this.deps.store.movement(move.id)) return { before: there, after: this.need(move) };
      const row = there ?? this.fresh(move);
      const next = this.movedOrRefused(row, changeOf(move, row.quantity));
      const priced = { ...next, priceYuan: move.kind === 'receive' ? (move.priceYuan ?? next.priceYuan) : next.priceYuan };
      const line = this.line(priced, { ...move, change: rounded(next.quantity - row.quantity), by });
      await this.take({ rows: [priced], movements: [line] });
      return { before: there ?? null, after: priced };
    });
  }

  putPart(part: Omit<StockRow, 'quantity' | 'version'>): Promise<StockAct<StockRow>> {
    return this.inTurn(async () => {
      this.needStation(part.station);
      const before = this.rows.get(keyOf(part)) ?? null;
      const after = { ...part, quantity: before?.quantity ?? 0, version: (before?.version ?? 0) + 1 };
      await this.take({ rows: [after], movements: [] });
      return { before, after };
    });
  }

  /** Many at once, with what there is of each: all or none. */
  putAll(rows: readonly StockRow[], by: { by: string; newId: () => string; why: string }): Promise<void> {
    return this.inTurn(async () => {
      const at = this.deps.now();
      const lines = rows.flatMap(row => {
        const change = rounded(row.quantity - (this.rows.get(keyOf(row))?.quantity ?? 0));
        return change === 0 ? [] : [this.line(row, { id: by.newId(), kind: 'count', change, at, by: by.by, why: by.why, repair: null })];
      });
      await this.take({ rows, movements: lines });
    });
  }

  send(wish: Pick<Transfer, 'id' | 'from' | 'to' | 'part' | 'quantity' | 'why'> & { at: number }, by: string) {
    return this.inTurn(async (): Promise<StockAct<Transfer>> => {
      const known = await this.deps.store.transfer(wish.id);
      if (known) return { before: known, after: known };
      this.needStation(wish.from);
      this.needStation(wish.to);
      if (wish.from === wish.to) throw new Refusal('invalid', 'to: it is there already; choose another station');
      if (wish.quantity === 0) throw new Refusal('invalid', 'quantity: say how much is sent');
      const row = this.need({ station: wish.from, part: wish.part });
      const next = this.movedOrRefused(row, -wish.quantity);
      const { at, ...rest } = wish;
      const sentAt = Math.min(at, this.deps.now());
      const of = { name: row.name, unit: row.unit, priceYuan: row.priceYuan };
      const transfer: Transfer = { ...rest, ...of, sentAt, sentBy: by, receivedAt: null, receivedQuantity: null, receivedBy: '' };
      const line = this.line(next, { id: wish.id, kind: 'send', change: -wish.quantity, at, by, why: wish.why, repair: null });
      await this.take({ rows: [next], movements: [{ ...line, transfer: wish.id }], transfer });
      return { before: null, after: transfer };
    });
  }

  receive(id: string, { quantity, at, by, lineId }: { quantity: number; at: number; by: string; lineId: string }) {
    return this.inTurn(async (): Promise<StockAct<Transfer>> => {
      const before = await this.transfer(id);
      if (before.receivedAt !== null) {
        if (before.receivedQuantity === quantity) return { before, after: before };
        throw new Refusal('conflict', `receivedAt: it was received already, ${before.receivedQuantity} ${before.unit}`);
      }
      if (quantity > before.quantity)
        throw new Refusal('invalid', `quantity: only ${before.quantity} were sent; count the rest as received`);
      const { to: station, part, name, unit, priceYuan } = before;
      const there = this.rows.get(keyOf({ station, part })) ?? {
        station,
        part,
        name,
        unit,
        priceYuan,
        quantity: 0,
        minimum: 0,
        version: 0,
      };
      const row = this.movedOrRefused(there, quantity);
      const after = { ...before, receivedAt: Math.min(at, this.deps.now()), receivedQuantity: quantity, receivedBy: by };
      const line = this.line(row, { id: lineId, kind: 'arrive', change: quantity, at, by, why: before.why, repair: null });
      await this.take({ rows: [row], movements: [{ ...line, transfer: id }], transfer: after });
      return { before, after };
    });
  }

  /** Tanks that are kept, each with the instant from which deliveries count. */
  tanks = (): Promise<{ station: string; since: number }[]> => this.deps.store.tanks();

  /** Litres that were delivered leave the station's tank, as far as it is kept here. The booking's id makes it once; false: nothing left. */
  fuelDelivered(booking: { id: string; station: string; litres: number; by: string }): Promise<boolean> {
    return this.inTurn(async () => {
      const row = this.rows.get(keyOf({ station: booking.station, part: DIESEL }));
      if (!row || (await this.deps.store.movement(booking.id))) return false;
      // What the tank did not hold by these books came from elsewhere.
      const change = -Math.min(row.quantity, booking.litres);
      const next = this.movedOrRefused(row, change);
      const at = this.deps.now();
      const line = this.line(next, { id: booking.id, kind: 'fuel', change, at, by: booking.by, why: `${booking.litres} L`, repair: null });
      await this.take({ rows: [next], movements: [line] });
      return true;
    });
  }

  async transfer(id: string): Promise<Transfer> {
    const transfer = await this.deps.store.transfer(id);
    if (!transfer) throw new Refusal('notFound', `there is no transfer ${id}`);
    return transfer;
  }

  private fresh({ station, part, name, unit, priceYuan, kind }: Move): StockRow {
    if (kind === 'use') throw new Refusal('conflict', 'quantity: there is none of it at this station; receive it first');
    return { station, part, name: name || part, unit: unit || '件', quantity: 0, minimum: 0, priceYuan, version: 0 };
  }

  private movedOrRefused(row: StockRow, change: number): StockRow {
    const next = moved(row, change);
    if ('row' in next) return next.row;
    const there = next.reason === 'short' ? `${next.there} ${next.unit}` : 'none';
    throw new Refusal('conflict', `quantity: only ${there} left of ${row.name}; take less, or receive some first`);
  }

  private line(row: StockRow, of: Pick<Movement, 'id' | 'kind' | 'change' | 'at' | 'by' | 'why' | 'repair'>): Movement {
    const { station, part, name, unit, quantity: left, priceYuan } = row;
    const { id, kind, change, by, why, repair } = of;
    const at = Math.min(of.at, this.deps.now());
    return { id, station, part, name, unit, kind, change, left, priceYuan, at, by, why, repair, transfer: null };
  }

  private need(of: Pick<StockRow, 'station' | 'part'>): StockRow {
    const row = this.rows.get(keyOf(of));
    if (!row) throw new Refusal('conflict', 'quantity: there is none of it at this station; receive it first');
    return row;
  }

  private needStation(id: string): void {
    if (!this.deps.registry.stations.some(station => station.id === id)) throw new Refusal('invalid', `station: there is no station ${id}`);
  }

  private nameOf = (id: string): string => this.deps.registry.stations.find(station => station.id === id)?.name ?? id;

  private async take(change: StockChange): Promise<void> {
    await this.deps.store.take(change);
    for (const row of change.rows) this.rows.set(keyOf(row), row);
    for (const movement of change.movements) this.count(movement);
  }

  private count({ repair, part, name, unit, change, priceYuan }: Movement): void {
    if (repair === null) return;
    const all = this.used.get(repair) ?? [];
    const known = all.find(one => one.part === part);
    const next = { part, name, unit, quantity: rounded((known?.quantity ?? 0) - change), priceYuan: priceYuan ?? known?.priceYuan ?? null };
    this.used.set(repair, known ? all.map(one => (one === known ? next : one)) : [...all, next]);
  }

  /** What is held is never older than what is stored. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

const keyOf = ({ station, part }: Pick<StockRow, 'station' | 'part'>): string => `${station}|${part}`;
