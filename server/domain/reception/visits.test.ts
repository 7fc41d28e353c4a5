import { expect, test } from 'vitest';
import type { CheckIn, VisitEntry } from '../../../shared/reception.ts';
import { visitsOf } from './visits.ts';

const HOUR = 3_600_000;
const checkIn = (station: string, over: Partial<CheckIn> = {}): CheckIn => ({
  ...{ station, plate: '皖12·34567', kind: 'combine', holder: '', phone: '', origin: '', crew: 2 },
  ...over,
});
type Bare<T> = T extends VisitEntry ? Omit<T, 'receivedAt' | 'author' | 'station'> : never;
const by = (station: string, entry: Bare<VisitEntry>): VisitEntry =>
  ({ ...entry, station, author: `${station}站员`, receivedAt: 0 }) as VisitEntry;
const visits = (entries: VisitEntry[]) =>
  visitsOf(entries, { year: 2027, machine: 'X1', plate: '皖12·34567' }, station => `town-${station}`);

const east = [
  by('east', { id: 'e1', visit: 'E', at: 9 * HOUR, kind: 'arrived', checkIn: checkIn('east', { holder: '老张' }) }),
  by('east', { id: 'e2', visit: 'E', at: 9.1 * HOUR, kind: 'note', text: '从东口下高速' }),
  by('east', { id: 'e3', visit: 'E', at: 9.2 * HOUR, kind: 'briefed', items: ['road', 'fire'] }),
];
const west = [
  by('west', { id: 'w1', visit: 'W', at: 8 * HOUR, kind: 'arrived', checkIn: checkIn('west', { phone: '139' }) }),
  by('west', { id: 'w2', visit: 'W', at: 8.5 * HOUR, kind: 'note', text: '住下两晚' }),
  by('west', { id: 'w3', visit: 'W', at: 8.5 * HOUR, kind: 'lodged', place: '镇招待所', nights: 2 }),
  by('west', { id: 'w4', visit: 'W', at: 8.6 * HOUR, kind: 'briefed', items: ['road', 'field'] }),
];

test('two stations check the same machine in: one arrival, the earlier stands, both notes are kept, whoever comes first', () => {
  const [visit, ...more] = visits([...east, ...west]);
  expect(more).toEqual([]);
  expect(visit).toEqual({
    ...checkIn('west', { holder: '老张', phone: '139' }),
    ...{ id: 'W', year: 2027, machine: 'X1', division: 'town-west', stations: ['west', 'east'], arrivedAt: 8 * HOUR },
    alsoArrived: [{ at: 9 * HOUR, station: 'east', author: 'east站员' }],
    briefed: [
      { item: 'road', at: 8.6 * HOUR, by: 'west站员' },
      { item: 'field', at: 8.6 * HOUR, by: 'west站员' },
      { item: 'fire', at: 9.2 * HOUR, by: 'east站员' },
    ],
    lodging: { place: '镇招待所', nights: 2 },
    permit: null,
    handedOverAt: null,
    notes: [
      { at: 8.5 * HOUR, author: 'west站员', station: 'west', text: '住下两晚' },
      { at: 9.1 * HOUR, author: 'east站员', station: 'east', text: '从东口下高速' },
    ],
    replated: [],
    departedAt: null,
  });
  expect(visits([...west, ...east])).toEqual([visit]);
  expect(visits([...west, ...east].reverse())).toEqual([visit]);
});

test('a machine that left and comes again is another visit; one that never left is not', () => {
  const left = by('west', { id: 'w9', visit: 'W', at: 20 * HOUR, kind: 'departed', note: '' });
  const again = by('east', { id: 'e9', visit: 'E2', at: 40 * HOUR, kind: 'arrived', checkIn: checkIn('east') });
  expect(visits([again, left, ...west]).map(({ id, arrivedAt, departedAt }) => [id, arrivedAt, departedAt])).toEqual([
    ['W', 8 * HOUR, 20 * HOUR],
    ['E2', 40 * HOUR, null],
  ]);
  expect(visits([again, ...west])).toHaveLength(1);
});

test('a permit is let pass for itself alone', () => {
  const permit = {
    ...{ number: '皖0012345', plate: '皖12·34567', holder: '', issuedBy: '', crops: '' },
    operation: 'harvest',
    from: '2027-05-01',
    to: '2027-05-30',
  } as const;
  const verdict = { faults: ['expired' as const], source: 'shapeOnly' as const };
  const shown = { ...by('west', { id: 'p1', visit: 'W', at: 9 * HOUR, kind: 'permit', permit }), verdict } as VisitEntry;
  const allowed = by('west', { id: 'p2', visit: 'W', at: 10 * HOUR, kind: 'allowed', reason: '新证在寄' });
  const later = { ...shown, id: 'p3', at: 11 * HOUR } as VisitEntry;
  expect(visits([...west, shown, allowed])[0].permit?.allowed).toEqual({ by: 'west站员', at: 10 * HOUR, reason: '新证在寄' });
  expect(visits([...west, shown, allowed, later])[0].permit?.allowed).toBe(null);
});
