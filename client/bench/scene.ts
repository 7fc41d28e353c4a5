import type { Broadcast, FieldRow, MachineRow, RequestOutput } from '../../shared/contract.ts';
import { FIELD_TILE_ZOOM } from '../../shared/contract.ts';
import type { LngLat, WorkState } from '../../shared/registry.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { seasonOf } from '../../shared/season.ts';
import { worldX, worldY } from '../map/mercator.ts';
import type { Places } from '../state/desk.ts';

/** Ground of the bench: as large as a map of 1440 × 900 shows at the zoom from which fields are drawn. */
const WEST = 113.52;
const SOUTH = 34.62;
const EAST = 113.75;
const NORTH = 34.735;
const CODE = '410199';
const NOW = Date.parse('2027-06-06T10:00:00+08:00');
const states: WorkState[] = ['working', 'working', 'working', 'turning', 'travelling', 'idle'];

/** Small and seeded, so that each run draws the same (mulberry32, public domain). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const outline: LngLat[] = [
  [WEST, SOUTH],
  [EAST, SOUTH],
  [EAST, NORTH],
  [WEST, NORTH],
  [WEST, SOUTH],
];

export const places: Places = {
  source: '',
  stations: [],
  divisions: [
    {
      code: CODE,
      name: '试验区',
      level: 'city',
      parent: null,
      kind: 'zone',
      outline: { type: 'Polygon', coordinates: [outline] },
      hull: null,
      fieldCount: 1,
    },
  ],
};
export const root = CODE;

type Shape = RouteOutput<'fieldTile'>['fields'][number];

/** Fields of the median measure, 144 m × 33 m, side by side over the ground, each turned a little. */
export function fieldsOf(count: number): Shape[] {
  const random = randomOf(7);
  const columns = Math.ceil(Math.sqrt(count * 0.5));
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, i) => {
    const lng = WEST + ((EAST - WEST) * ((i % columns) + 0.5)) / columns;
    const lat = SOUTH + ((NORTH - SOUTH) * (Math.floor(i / columns) + 0.5)) / rows;
    const turn = (random() - 0.5) * 0.6;
    const corner = (alongM: number, acrossM: number): LngLat => [
      lng + (alongM * Math.cos(turn) - acrossM * Math.sin(turn)) / 91_500,
      lat + (alongM * Math.sin(turn) + acrossM * Math.cos(turn)) / 111_000,
    ];
    const ring = [corner(-72, -16), corner(72, -16), corner(72, 16), corner(-72, 16), corner(-72, -16)];
    return { id: `f${i}`, areaMu: 7.1, rings: [ring] };
  });
}

/** The fields by tile, as the server hands them out: each in every tile that its box touches. */
export function tiled(fields: readonly Shape[]): (x: number, y: number) => Promise<RouteOutput<'fieldTile'>> {
  const tiles = new Map<string, Shape[]>();
  const scale = 2 ** FIELD_TILE_ZOOM;
  for (const field of fields) {
    const names = new Set(field.rings[0].map(([lng, lat]) => `${Math.floor(worldX(lng) * scale)}/${Math.floor(worldY(lat) * scale)}`));
    for (const name of names) tiles.set(name, [...(tiles.get(name) ?? []), field]);
  }
  return async (x, y) => ({ version: 1, fields: tiles.get(`${x}/${y}`) ?? [] });
}

export function snapshotOf(machines: number): RequestOutput<'view:open'> {
  const random = randomOf(11);
  return {
    asOf: NOW,
    clock: { seasonAt: NOW, wallAt: 0, speed: 1 },
    season: seasonOf(2027, true),
    division: CODE,
    units: [],
    cards: Array.from({ length: machines }, (_, i) => ({
      id: `m${i}`,
      kind: i % 5 === 0 ? 'combine' : 'seeder',
      plate: `豫A·${i}`,
      operatorName: '',
      division: CODE,
      origin: 'home',
    })),
    machines: Array.from({ length: machines }, (_, i): MachineRow => {
      const lng = WEST + random() * (EAST - WEST);
      const lat = SOUTH + random() * (NORTH - SOUTH);
      return [`m${i}`, lng, lat, random() * 360, states[i % states.length], NOW, 4.2, null, CODE, false, NOW];
    }),
  };
}

export interface Update {
  view: Broadcast<'view:changed'>;
  fields: Broadcast<'field:changed'>;
}

/** One second later: every machine has moved and turned, and one field in fifty has got further. */
export function updateOf(before: readonly MachineRow[], fieldCount: number, step: number): Update {
  const random = randomOf(1000 + step);
  const machines = before.map(([id, lng, lat, heading, state, , speed, field, county], i): MachineRow => {
    const ahead = (((heading ?? 0) + (random() - 0.5) * 30 + 360) % 360) * (Math.PI / 180);
    const nextLng = Math.min(EAST, Math.max(WEST, lng + Math.sin(ahead) * 1.5e-4));
    const nextLat = Math.min(NORTH, Math.max(SOUTH, lat + Math.cos(ahead) * 1.2e-4));
    const nextState = (i + step) % 40 === 0 ? states[Math.floor(random() * states.length)] : state;
    return [id, nextLng, nextLat, (ahead * 180) / Math.PI, nextState, NOW + step * 1000, speed, field, county, false, NOW];
  });
  const fields = Array.from({ length: Math.floor(fieldCount / 50) }, (_, i): FieldRow => {
    const id = (i * 50 + step) % fieldCount;
    return [`f${id}`, step % 3 === 0 ? 'harvested' : 'harvesting', Math.min(1, (step % 100) / 100), 0, false];
  });
  return { view: { asOf: NOW + step * 1000, machines, units: [] }, fields: { fields } };
}
