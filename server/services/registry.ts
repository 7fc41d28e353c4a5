import type { MachineCard } from '../../shared/contract.ts';
import type { Division, Field, LngLat, Machine, PlannedArea, Station } from '../../shared/registry.ts';
import { CHINA_BOUNDS, type Season } from '../../shared/season.ts';
import { FieldIndex, type FieldShape } from '../domain/field-index.ts';
import { centreOf, type TileName, tilesOf } from '../domain/tiles.ts';
import { UnitAt } from '../domain/unit-at.ts';
import type { Outline, RegistryStore, Retirement } from '../stores/registry.ts';

/** A field as the program holds it: what the lists and the fold need, and the shape shared with the index. */
export interface KnownField {
  shape: FieldShape;
  town: string;
  county: string;
  village: string;
  crop: string;
  ripeDate: string | null;
  areaDm2: number;
  version: number;
  reportedHarvested: { at: number; author: string } | null;
}

/** The lists of the season, held in memory and kept in step with the store. */
export class Registry {
  season: Season | null = null;
  divisions = new Map<string, Division>();
  outlines: Outline[] = [];
  stations: Station[] = [];
  machines = new Map<string, Machine>();
  fields = new Map<string, KnownField>();
  /** Fields that are no more: their town, and what became of them. */
  readonly retired = new Map<string, Retirement & { town: string }>();
  index = new FieldIndex([]);
  /** Rises with every change of a field's shape: pages throw away the tiles that they hold. */
  shapeVersion = 1;
  private planned = new Map<string, PlannedArea>();
  private readonly tiles = new Map<TileName, Set<string>>();
  private readonly chains = new Map<string, readonly string[]>();
  private childrenOf = new Map<string, Division[]>();
  private unitAt = new UnitAt([]);

  constructor(private readonly store: RegistryStore) {}

  async load(): Promise<void> {
    await this.loadLists();
    for await (const field of this.store.allFields()) this.hold(field);
    this.index = new FieldIndex([...this.fields.values()].map(field => field.shape));
  }

  /** Everything but the fields, which are many. */
  async loadLists(): Promise<void> {
    this.season = await this.store.season();
    this.outlines = await this.store.outlines();
    this.stations = await this.store.stations();
    this.putUnits({ divisions: await this.store.divisions() });
    this.putAreas(this.season ? await this.store.plannedAreas(this.season.year) : []);
    for (const machine of await this.store.machines()) this.machines.set(machine.id, machine);
    for (const { id, ...retired } of await this.store.retiredFields()) this.retired.set(id, retired);
  }

  serviceArea = (): Season['serviceArea'] => this.season?.serviceArea ?? CHINA_BOUNDS;

  root(): Division | undefined {
    return [...this.divisions.values()].find(division => division.level === 'city');
  }

  children = (code: string): readonly Division[] => this.childrenOf.get(code) ?? [];

  /** The unit and all above it, lowest first; an unknown code stands alone. */
  chain(code: string): readonly string[] {
    let chain = this.chains.get(code);
    if (!chain) {
      const parent = this.divisions.get(code)?.parent;
      chain = parent ? [code, ...this.chain(parent)] : [code];
      this.chains.set(code, chain);
    }
    return chain;
  }

  /** The latest version of a unit's own planted and planned area; null when it has none of its own. */
  ownArea = (code: string): PlannedArea | null => this.planned.get(code) ?? null;

  countyAt = (lng: number, lat: number, last: string | null): string | null => this.unitAt.find(lng, lat, last);

  fieldsOfTile = (tile: TileName): KnownField[] => [...(this.tiles.get(tile) ?? [])].map(id => this.fields.get(id)!);

  card(machine: Machine): MachineCard {
    const { id, kind, plate, operatorName, division, origin } = machine;
    return { id, kind, plate, operatorName, division, origin };
  }

  centre = (field: KnownField): LngLat => centreOf(field.shape.polygon);

  /** Takes a new or changed field into lists, tiles and index. */
  put(field: Field): KnownField {
    const before = this.fields.get(field.id);
    if (before) for (const tile of tilesOf(before.shape.polygon)) this.tiles.get(tile)?.delete(field.id);
    const known = this.hold(field);
    this.index = this.index.with(known.shape);
    this.shapeVersion++;
    return known;
  }

  /** Takes a field out of lists, tiles and index for good. */
  retire(id: string, retirement: Retirement): void {
    const { shape, town } = this.fields.get(id)!;
    for (const tile of tilesOf(shape.polygon)) this.tiles.get(tile)?.delete(id);
    this.fields.delete(id);
    this.retired.set(id, { ...retirement, town });
    this.index = this.index.without(id);
    this.shapeVersion++;
  }

  /** Of a field that is or was; empty when there never was one. */
  townOfField = (id: string): string => this.fields.get(id)?.town ?? this.retired.get(id)?.town ?? '';

  addMachine(machine: Machine): void {
    this.machines.set(machine.id, machine);
  }

  /** Takes in new or changed units and outlines. */
  putUnits({ divisions = [], outlines = [] }: { divisions?: readonly Division[]; outlines?: readonly Outline[] }): void {
    for (const division of divisions) this.divisions.set(division.code, division);
    const drawn = new Map([...this.outlines, ...outlines].map(outline => [outline.division, outline]));
    this.outlines = [...drawn.values()];
    this.chains.clear();
    this.childrenOf = new Map();
    for (const division of this.divisions.values()) {
      if (!division.parent) continue;
      const siblings = this.childrenOf.get(division.parent);
      if (siblings) siblings.push(division);
      else this.childrenOf.set(division.parent, [division]);
    }
    this.unitAt = new UnitAt(this.outlines.filter(outline => this.divisions.get(outline.division)?.level === 'county'));
    this.shapeVersion++;
  }

  /** The later version of a unit's area counts: in rising order. */
  putAreas(areas: readonly PlannedArea[]): void {
    for (const area of areas) this.planned.set(area.division, area);
  }

  putStations(stations: readonly Station[]): void {
    this.stations = [...new Map([...this.stations, ...stations].map(station => [station.id, station])).values()];
    this.shapeVersion++;
  }

  /** Many fields at once: `breathe` is waited for between them, and the index is built once, at the end. `entered` hears of each. */
  async putMany(
    fields: readonly Field[],
    breathe: () => Promise<void>,
    entered: (field: KnownField, before?: KnownField) => void,
  ): Promise<void> {
    for (const field of fields) {
      const before = this.fields.get(field.id);
      if (before) for (const tile of tilesOf(before.shape.polygon)) this.tiles.get(tile)?.delete(field.id);
      entered(this.hold(field), before);
      await breathe();
    }
    this.index = new FieldIndex([...this.fields.values()].map(field => field.shape));
    this.shapeVersion++;
  }

  private hold(field: Field): KnownField {
    const areaM2 = (field.areaMu * 2000) / 3;
    const known: KnownField = {
      shape: { id: field.id, polygon: field.polygon, areaM2 },
      town: field.town,
      county: field.county,
      village: field.village,
      crop: field.crop,
      ripeDate: field.ripeDate,
      areaDm2: Math.round(areaM2 * 100),
      version: field.version,
      reportedHarvested: field.reportedHarvested,
    };
    this.fields.set(field.id, known);
    for (const tile of tilesOf(field.polygon)) {
      const ids = this.tiles.get(tile);
      if (ids) ids.add(field.id);
      else this.tiles.set(tile, new Set([field.id]));
    }
    return known;
  }
}
