import { permitFaultsOf } from '../../shared/permit-check.ts';
import { plainPlate } from '../../shared/plate.ts';
import type { VisitEntryInput, VisitShown } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { dayOf } from '../../shared/season.ts';

type Desk = RouteOutput<'reception'>;
export interface Writer {
  author: string;
  station: string | null;
}
type Entry<Kind extends VisitEntryInput['kind']> = VisitEntryInput & { kind: Kind };

/** The day as its writer sees it: what the server has, with everything that it does not have yet. */
export function withUnsent(
  desk: Desk,
  entries: readonly VisitEntryInput[],
  { by, idOf }: { by: Writer; idOf: (visit: string) => string },
): Desk {
  const visits = new Map([...desk.present, ...desk.departed].map(visit => [visit.id, visit]));
  const arrived = new Set<string>();
  for (const entry of entries) {
    const id = idOf(entry.visit);
    const known = visits.get(id);
    if (entry.kind === 'arrived') {
      const there = [...visits.values()].find(one => one.departedAt === null && plainPlate(one.plate) === plainPlate(entry.checkIn.plate));
      if (!known && !there) visits.set(id, arrivedAs(entry, desk));
      arrived.add(plainPlate(entry.checkIn.plate));
    } else if (known) visits.set(id, written(known, entry, by));
  }
  const all = [...visits.values()];
  return {
    ...desk,
    awaited: desk.awaited.filter(({ plate }) => !arrived.has(plainPlate(plate))),
    present: all.filter(({ departedAt }) => departedAt === null).sort((a, b) => b.arrivedAt - a.arrivedAt),
    departed: all.filter(({ departedAt }) => departedAt !== null).sort((a, b) => b.departedAt! - a.departedAt!),
  };
}

function arrivedAs({ visit, at, checkIn }: Entry<'arrived'>, desk: Desk): VisitShown {
  const stationName = desk.stations.find(one => one.id === checkIn.station)?.name ?? '';
  return {
    ...checkIn,
    ...{
      id: visit,
      year: new Date(at).getFullYear(),
      machine: null,
      division: '',
      divisionName: '',
      stationName,
      stations: [checkIn.station],
    },
    ...{
      arrivedAt: at,
      alsoArrived: [],
      briefed: [],
      lodging: null,
      permit: null,
      handedOverAt: null,
      notes: [],
      replated: [],
      departedAt: null,
      order: null,
    },
  };
}

function written(visit: VisitShown, entry: VisitEntryInput, { author, station }: Writer): VisitShown {
  const { at } = entry;
  const noted = (text: string) => (text === '' ? visit.notes : [...visit.notes, { at, author, station, text }]);
  switch (entry.kind) {
    case 'briefed': {
      const fresh = entry.items.filter(item => !visit.briefed.some(one => one.item === item));
      return { ...visit, briefed: [...visit.briefed, ...fresh.map(item => ({ item, at, by: author }))] };
    }
    case 'lodged':
      return { ...visit, lodging: { place: entry.place, nights: entry.nights } };
    case 'permit': {
      const { plate, holder, kind } = visit;
      const operation = kind === 'combine' ? 'harvest' : 'sow';
      const faults = permitFaultsOf(entry.permit, { plate, holder, operation, day: dayOf(at) });
      return { ...visit, permit: { permit: entry.permit, verdict: { faults, source: 'shapeOnly' }, allowed: null } };
    }
    case 'allowed':
      return visit.permit ? { ...visit, permit: { ...visit.permit, allowed: { by: author, at, reason: entry.reason } } } : visit;
    case 'handedOver':
      return { ...visit, handedOverAt: visit.handedOverAt ?? at, notes: noted(entry.note) };
    case 'note':
      return { ...visit, notes: noted(entry.text) };
    case 'replated':
      return { ...visit, plate: entry.plate, machine: null, replated: [...(visit.replated ?? []), { at, author, from: visit.plate }] };
    case 'departed':
      return { ...visit, departedAt: at, notes: noted(entry.note) };
    default:
      return visit;
  }
}
