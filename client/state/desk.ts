import { type Signal, signal } from '@preact/signals';
import type { CandidateShown } from '../../shared/candidate.ts';
import type { ChainField } from '../../shared/chain.ts';
import type { UnitNow } from '../../shared/progress.ts';
import type { Field, LngLat, Polygon } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { Operation } from '../../shared/season.ts';
import type { Drawing } from './drawing.ts';
import type { Ranking } from './ranking.ts';

export type Places = RouteOutput<'places'>;
export type DivisionPlace = Places['divisions'][number];

/** Where the map should look next; `zoom` is the least that it should have. */
export interface Focus {
  at: LngLat;
  zoom: number;
}

export const mapLayers = ['shading', 'hulls', 'fields', 'candidates', 'machines', 'stations', 'unsown', 'basemap'] as const;
export type MapLayerName = (typeof mapLayers)[number];

/** What the dispatcher's panels and map share beside the live view and the address. */
export interface Desk {
  /** The topmost unit that this person may see. */
  root: string;
  divisions: ReadonlyMap<string, DivisionPlace>;
  operation: Signal<Operation>;
  ranking: Signal<Ranking>;
  focus: Signal<Focus | null>;
  /** Machines behind the count badge that was opened; null lists all of the unit. */
  badge: Signal<string[] | null>;
  trail: Signal<RouteOutput<'trail'>['runs']>;
  /** The place of what is chosen in a list; null: none. */
  pin: Signal<{ at: LngLat; from: LngLat | null } | null>;
  layers: Signal<ReadonlySet<MapLayerName>>;
  /** Fields cut more than 48 hours ago and not sown, while their layer is shown; in hundreds, so it is not there at first. */
  unsown: Signal<readonly ChainField[]>;
  /** Units that the room does not hold, as they were last asked for: the towns of the county that is open. */
  asked: Signal<ReadonlyMap<string, UnitNow>>;
  /** Ground that was worked and that no field is known for; null: not asked yet. A rise of `candidatesAsked` asks again. */
  candidates: Signal<readonly CandidateShown[] | null>;
  candidatesAsked: Signal<number>;
  /** Whether this person may see where machines drove. */
  seesTrails: boolean;
  /** Whether this person may draw fields. */
  mayDraw: boolean;
  /** Whether this person may read repairs. */
  seesRepairs: boolean;
  /** Whether a station's sign opens how busy it is. */
  seesStations: boolean;
  /** Whether this person may read orders, give them out, and write requests down. */
  seesOrders: boolean;
  mayOrder: boolean;
  mayAsk: boolean;
  seesEvidence: boolean;
  /** Sees what operators object to. */
  mayClaims: boolean;
  /** The boundary that is being drawn; null: none. */
  drawing: Signal<Drawing | null>;
  /** How it looks by now; null: not closed yet. */
  drawn: Signal<Polygon | null>;
  /** Whether the hand is drawn to corners and edges of the fields around. */
  snaps: Signal<boolean>;
  /** The line that is to cut a field, as far as it is drawn; the field that is to be joined with another. */
  line: Signal<readonly LngLat[]>;
  partner: Signal<string | null>;
  /** The fields that would come of it. */
  outcome: Signal<readonly Field[] | null>;
}

export const deskFor = (
  root: string,
  places: Places,
  {
    mayDraw = false,
    seesRepairs = false,
    seesStations = false,
    seesOrders = false,
    mayOrder = false,
    mayAsk = false,
    seesTrails = false,
    seesEvidence = false,
    mayClaims = false,
  } = {},
): Desk => ({
  root,
  divisions: new Map(places.divisions.map(division => [division.code, division])),
  operation: signal<Operation>('harvest'),
  ranking: signal<Ranking>('late'),
  focus: signal<Focus | null>(null),
  badge: signal<string[] | null>(null),
  trail: signal<RouteOutput<'trail'>['runs']>([]),
  pin: signal<{ at: LngLat; from: LngLat | null } | null>(null),
  layers: signal<ReadonlySet<MapLayerName>>(new Set(mapLayers.filter(name => name !== 'unsown'))),
  unsown: signal<readonly ChainField[]>([]),
  asked: signal<ReadonlyMap<string, UnitNow>>(new Map()),
  candidates: signal<readonly CandidateShown[] | null>(null),
  candidatesAsked: signal(0),
  seesTrails,
  mayDraw,
  seesRepairs,
  seesStations,
  seesOrders,
  mayOrder,
  mayAsk,
  seesEvidence,
  mayClaims,
  drawing: signal<Drawing | null>(null),
  drawn: signal<Polygon | null>(null),
  snaps: signal(true),
  line: signal<readonly LngLat[]>([]),
  partner: signal<string | null>(null),
  outcome: signal<readonly Field[] | null>(null),
});
