import { plainPlate } from '../../../shared/plate.ts';
import { type BriefingItem, briefingItems, type Visit, type VisitEntry } from '../../../shared/reception.ts';

type Of<Kind extends VisitEntry['kind']> = VisitEntry & { kind: Kind };
type Group = Pick<Visit, 'departedAt'> & { ids: Set<string>; entries: VisitEntry[] };

/**
 * The visits of one machine in one season, from everything that was ever written of it, in whatever order it came in: the same set of
 * entries is the same visits. A check-in while the machine is here already is no second arrival: the earlier one stands, the other is noted.
 */
export function visitsOf(
  entries: readonly VisitEntry[],
  { year, machine, plate }: Pick<Visit, 'year' | 'machine' | 'plate'>,
  divisionOf: (station: string) => string,
): Visit[] {
  const groups: Group[] = [];
  const gone = goneFrom(entries, plate);
  for (const entry of inOrder(entries.filter(({ visit }) => !gone.has(visit)))) {
    const last = groups.at(-1);
    if (entry.kind === 'arrived') {
      if (last && last.departedAt === null) {
        last.ids.add(entry.visit);
        last.entries.push(entry);
      } else groups.push({ ids: new Set([entry.visit]), entries: [entry], departedAt: null });
      continue;
    }
    const group = groups.find(one => one.ids.has(entry.visit));
    group?.entries.push(entry);
    if (entry.kind === 'departed' && group) group.departedAt ??= Math.max(entry.at, group.entries[0].at);
  }
  return groups.map(group => ({ year, machine, ...visitOf(group, divisionOf) }));
}

/** Ids of the visits that were put right to another plate, and not back to this one. What was written of them stays on record. */
export function goneFrom(entries: readonly VisitEntry[], plate: string): Set<string> {
  const last = new Map<string, string>();
  const moves = entries.filter((entry): entry is Of<'replated'> => entry.kind === 'replated').sort((a, b) => a.receivedAt - b.receivedAt);
  for (const { moved = [], plate: to } of moves) for (const id of moved) last.set(id, plainPlate(to));
  return new Set([...last].filter(([, to]) => to !== plainPlate(plate)).map(([id]) => id));
}

/** By time; what was written of a visit never comes before its check-in, whatever the clocks said. */
function inOrder(entries: readonly VisitEntry[]): VisitEntry[] {
  const arrivedAt = new Map(entries.flatMap(entry => (entry.kind === 'arrived' ? [[entry.visit, entry.at] as const] : [])));
  const instant = (entry: VisitEntry) => Math.max(entry.at, arrivedAt.get(entry.visit) ?? entry.at);
  const isLater = (entry: VisitEntry) => (entry.kind === 'arrived' ? 0 : 1);
  return [...entries].sort((a, b) => instant(a) - instant(b) || isLater(a) - isLater(b) || (a.id < b.id ? -1 : 1));
}

function visitOf({ entries, departedAt }: Group, divisionOf: (station: string) => string): Omit<Visit, 'year' | 'machine'> {
  const all = <Kind extends VisitEntry['kind']>(kind: Kind) => entries.filter((entry): entry is Of<Kind> => entry.kind === kind);
  const [first, ...others] = all('arrived');
  const said = (key: 'holder' | 'phone' | 'origin') =>
    [first, ...others].map(({ checkIn }) => checkIn[key]).find(text => text !== '') ?? '';
  const lodged = all('lodged').at(-1);
  const departed = all('departed');
  return {
    ...first.checkIn,
    plate: all('replated').at(-1)?.plate ?? first.checkIn.plate,
    id: first.visit,
    holder: said('holder'),
    phone: said('phone'),
    origin: said('origin'),
    division: divisionOf(first.checkIn.station),
    stations: [
      ...new Set(
        entries.flatMap(entry => [...(entry.station ? [entry.station] : []), ...(entry.kind === 'arrived' ? [entry.checkIn.station] : [])]),
      ),
    ],
    arrivedAt: first.at,
    alsoArrived: others.map(({ at, checkIn, author }) => ({ at, station: checkIn.station, author })),
    briefed: briefedOf(all('briefed')),
    lodging: lodged ? { place: lodged.place, nights: lodged.nights } : null,
    permit: permitOf(all('permit').at(-1), all('allowed')),
    handedOverAt: all('handedOver')[0]?.at ?? null,
    notes: entries.flatMap(notedOf),
    replated: all('replated').map(({ at, author, from = '' }) => ({ at, author, from })),
    departedAt: departed.length > 0 ? departedAt : null,
  };
}

function briefedOf(entries: readonly Of<'briefed'>[]): Visit['briefed'] {
  const firstOf = (item: BriefingItem) => entries.find(({ items }) => items.includes(item));
  return briefingItems.flatMap(item => {
    const first = firstOf(item);
    return first ? [{ item, at: first.at, by: first.author }] : [];
  });
}

/** Letting a permit pass is of the permit that lay there: a later one is looked at anew. */
function permitOf(shown: Of<'permit'> | undefined, allowed: readonly Of<'allowed'>[]): Visit['permit'] {
  if (!shown) return null;
  const pass = allowed.filter(({ at }) => at >= shown.at).at(-1);
  return {
    permit: shown.permit,
    verdict: shown.verdict ?? { faults: [], source: 'shapeOnly' },
    allowed: pass ? { by: pass.author, at: pass.at, reason: pass.reason } : null,
  };
}

function notedOf(entry: VisitEntry): Visit['notes'] {
  const { at, author, station } = entry;
  const text = entry.kind === 'note' ? entry.text : entry.kind === 'handedOver' || entry.kind === 'departed' ? entry.note : '';
  return text === '' ? [] : [{ at, author, station, text }];
}
