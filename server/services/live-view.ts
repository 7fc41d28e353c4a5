import type { Broadcast, BroadcastName, DispatchPart, FieldRow, MachineCard, RequestOutput } from '../../shared/contract.ts';
import type { UnitNow } from '../../shared/progress.ts';
import type { Machine } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { tilesOf } from '../domain/tiles.ts';
import type { Fold } from './fold.ts';
import type { LiveFleet, LiveMachine } from './live-fleet.ts';
import type { ProgressBoard } from './progress.ts';
import type { KnownField, Registry } from './registry.ts';
import type { SeasonClock } from './season-clock.ts';

export const viewRoom = (division: string): string => `view:${division}`;
/** Of one station's repairs. */
export const repairRoom = (station: string): string => `repairs:${station}`;
/** Of what is dispatched in a unit. */
export const dispatchRoom = (division: string): string => `dispatch:${division}`;
/** Of one machine: its phone, and its operator's pages. */
export const machineRoom = (machine: string): string => `machine:${machine}`;
/** Per tile and town, so that nobody hears of fields that he may not see. */
export const tileRoom = (tile: string, town: string): string => `tile:${tile}:${town}`;

export interface Broadcaster {
  send<Name extends BroadcastName>(room: string, name: Name, message: Broadcast<Name>): void;
  /** Rooms in which somebody is. */
  rooms(): Iterable<string>;
}

/** What open pages see: one coalesced message per room and second, an empty one too. */
export class LiveView {
  private changedFields = new Set<string>();
  /** What the dispatcher must know of the system itself. */
  warnings: NonNullable<Broadcast<'view:changed'>['warnings']> = [];
  /** Machines are only ever added: those beyond this many are new to the pages. */
  private knownMachines: number | null = null;
  private changedTiles = new Set<string>();
  private changedCards: Machine[] = [];
  private readonly news = new Map<string, Set<DispatchPart>>();
  private inboxes = new Set<string>();
  private readonly sentUnits = new Map<string, string>();

  constructor(private readonly deps: { registry: Registry; fleet: LiveFleet; board: ProgressBoard; fold: Fold; clock: SeasonClock }) {}

  open(division: string): RequestOutput<'view:open'> {
    const { registry, fleet, clock } = this.deps;
    if (!registry.season) throw new Refusal('notFound', 'there is no season yet');
    const shown = [...fleet.machines.values()].filter(live => fleet.concerns(live, division));
    const ids = new Set(shown.map(live => live.id));
    const cards = [...registry.machines.values()].filter(
      machine => ids.has(machine.id) || registry.chain(machine.division).includes(division),
    );
    return {
      asOf: clock.season(),
      clock: clock.current(),
      season: registry.season,
      division,
      cards: cards.map(machine => registry.card(machine)),
      machines: shown.map(fleet.row),
      units: this.unitsOf(division).map(code => this.deps.board.unitNow(code)),
    };
  }

  /** The rooms of a tile for somebody who may read these towns, and what of its fields is not standing. */
  watch(tile: string, mayRead: (town: string) => boolean): { rooms: string[]; fields: FieldRow[] } {
    const fields = this.deps.registry.fieldsOfTile(tile).filter(field => mayRead(field.town));
    const rooms = [...new Set(fields.map(field => tileRoom(tile, field.town)))];
    return { rooms, fields: fields.map(field => this.fieldRow(field.shape.id, field)).filter(([, stage]) => stage !== 'standing') };
  }

  fieldChanged = (id: string): void => {
    this.changedFields.add(id);
  };

  /** Once a second. */
  tick(broadcaster: Broadcaster): void {
    this.deps.fleet.recount();
    const machines = this.deps.fleet.takeChanged();
    const rooms = new Set(broadcaster.rooms());
    const units = new Map<string, UnitNow>();
    const news = { machines, cards: this.takeNewCards() };
    const tiles = [...this.changedTiles];
    this.changedTiles = new Set();
    for (const room of rooms) {
      if (!room.startsWith('view:')) continue;
      if (tiles.length > 0) broadcaster.send(room, 'tiles:changed', { tiles });
      this.sendView(broadcaster, room.slice('view:'.length), news, units);
    }
    this.sendFields(broadcaster, rooms);
    this.sendNews(broadcaster);
  }

  /** A field has another shape, or is new. */
  reshaped = (tiles: readonly string[]): void => {
    for (const tile of tiles) this.changedTiles.add(tile);
  };

  /** Something is new in these units, and in all above them. */
  dispatchChanged = (part: DispatchPart, units: readonly string[]): void => {
    for (const unit of new Set(units.flatMap(code => this.deps.registry.chain(code)))) {
      const parts = this.news.get(unit) ?? new Set();
      this.news.set(unit, parts.add(part));
    }
  };

  /** Something is new for these machines' operators. */
  inboxChanged = (machines: readonly string[]): void => {
    for (const machine of machines) this.inboxes.add(machine);
  };

  /** What is written of a machine has changed. */
  recarded = (machines: readonly Machine[]): void => {
    this.changedCards.push(...machines);
  };

  private takeNewCards(): MachineCard[] {
    const { registry } = this.deps;
    const fresh = [...[...registry.machines.values()].slice(this.knownMachines ?? registry.machines.size), ...this.changedCards];
    this.knownMachines = registry.machines.size;
    this.changedCards = [];
    return fresh.map(machine => registry.card(machine));
  }

  private sendView(
    broadcaster: Broadcaster,
    division: string,
    news: { machines: readonly LiveMachine[]; cards: MachineCard[] },
    units: Map<string, UnitNow>,
  ): void {
    const { fleet, clock, board, registry } = this.deps;
    const changed: UnitNow[] = [];
    for (const code of this.unitsOf(division)) {
      const unit = units.get(code) ?? board.unitNow(code);
      units.set(code, unit);
      const text = JSON.stringify(unit);
      const key = `${division} ${code}`;
      if (this.sentUnits.get(key) === text) continue;
      this.sentUnits.set(key, text);
      changed.push(unit);
    }
    const cards = news.cards.filter(card => registry.chain(card.division).includes(division));
    const rows = news.machines.filter(live => fleet.concerns(live, division)).map(fleet.row);
    broadcaster.send(viewRoom(division), 'view:changed', {
      asOf: clock.season(),
      machines: rows,
      units: changed,
      ...(cards.length > 0 && { cards }),
      ...(this.warnings.length > 0 && { warnings: this.warnings }),
    });
  }

  private sendFields(broadcaster: Broadcaster, rooms: ReadonlySet<string>): void {
    const byRoom = new Map<string, FieldRow[]>();
    for (const id of this.changedFields) {
      const field = this.deps.registry.fields.get(id);
      if (!field) continue;
      for (const tile of tilesOf(field.shape.polygon)) {
        const room = tileRoom(tile, field.town);
        if (rooms.has(room)) byRoom.set(room, [...(byRoom.get(room) ?? []), this.fieldRow(id, field)]);
      }
    }
    this.changedFields = new Set();
    for (const [room, fields] of byRoom) broadcaster.send(room, 'field:changed', { fields });
  }

  private sendNews(broadcaster: Broadcaster): void {
    for (const [unit, parts] of this.news) broadcaster.send(dispatchRoom(unit), 'dispatch:changed', { what: [...parts] });
    for (const machine of this.inboxes) broadcaster.send(machineRoom(machine), 'inbox:changed', {});
    this.news.clear();
    this.inboxes = new Set();
  }

  private fieldRow(id: string, field: KnownField): FieldRow {
    const { fold, board } = this.deps;
    const harvest = fold.coverageOf(id, 'harvest');
    const share = (covered: { coveredDm2: number } | null) =>
      covered ? Math.round((1000 * covered.coveredDm2) / field.areaDm2) / 1000 : 0;
    return [
      id,
      board.stageOfField(id),
      share(harvest),
      share(fold.coverageOf(id, 'sow')),
      harvest === null && field.reportedHarvested !== null,
    ];
  }

  /** The unit, all above it, and what it is divided into. */
  private unitsOf(division: string): string[] {
    return [...this.deps.registry.chain(division), ...this.deps.registry.children(division).map(child => child.code)];
  }
}
