import { expect, test } from 'vitest';
import { dayStart } from '../../shared/season.ts';
import { divisions } from '../app-for-test.ts';
import { AlertSources } from './alert-sources.ts';
import { Registry } from './registry.ts';

const HOUR = 3_600_000;
const at = (hours: number) => dayStart('2027-06-06') + hours * HOUR;
const registry = new Registry(null as never);
registry.putUnits({ divisions });

function sources(rain: Record<string, number>, orders: object[] = [], visits: object[] = []) {
  return new AlertSources({
    registry,
    orders: () => orders as never,
    forecasts: { brief: () => null },
    rain: { of: (division, day) => (day in rain ? { division, day, rainMm: rain[day], at: 0, author: '' } : null) },
    visits: () => visits as never,
    objections: () => [],
    chain: { waitingFields: async () => [{ county: '410182', cutAt: 5, areaMu: 7 }] as never },
  });
}

test('nobody knows whether the ground bears where nobody said anything of rain', () => {
  expect(sources({}).isWorkable('410182', at(12))).toBe(null);
  expect(sources({ '2027-06-06': 0 }).isWorkable('410182', at(12))).toBe(true);
});

test('it does not on a day of rain, nor until it has dried since', () => {
  expect(sources({ '2027-06-06': 3 }).isWorkable('410182', at(12))).toBe(false);
  // 4.5 mm is borne at once, when the straw has dried for four hours; 9.47 mm twice as much takes 24 h more to halve.
  expect([3, 4].map(hour => sources({ '2027-06-05': 4.5 }).isWorkable('410182', at(hour)))).toEqual([false, true]);
  expect([23, 24].map(hour => sources({ '2027-06-05': 9.47 }).isWorkable('410182', at(hour)))).toEqual([false, true]);
});

test('an order sends a machine to its unit and all above, until a day after it is done', () => {
  const order = (machine: string, state: string, times: object = {}) => ({ machine, state, times, division: '410185100' });
  const orders = [
    order('C1', 'accepted'),
    order('C2', 'declined'),
    order('C3', 'done', { done: at(-12) }),
    order('C4', 'settled', { done: at(-13) }),
  ];
  expect([...sources({}, orders).sentTo(at(12)).keys()]).toEqual(['C1', 'C3']);
  expect(sources({}, orders).sentTo(at(12)).get('C1')).toEqual(['410185100', '410185', '410100']);
});

test('ground that is cut and unsown is listed by county', async () => {
  expect([...(await sources({}).unsownByCounty(at(12)))]).toEqual([['410182', [{ cutAt: 5, areaMu: 7 }]]]);
});

test('who was handed over waits until there is an order since then, or he has left', () => {
  const visit = (machine: string, over: object = {}) => ({
    machine,
    plate: machine,
    station: 'S1',
    handedOverAt: at(9),
    departedAt: null,
    ...over,
  });
  const order = (machine: string, state: string, offered: number) => ({ machine, division: '410182', state, times: { offered } });
  const orders = [
    order('B', 'offered', at(8)),
    order('C', 'declined', at(10)),
    order('D', 'settled', at(10)),
    order('E', 'settled', at(7)),
  ];
  const visits = [...'ABCDE'].map(id => visit(id));
  const others = [visit('F', { departedAt: at(11) }), visit('G', { handedOverAt: null })];
  const waiting = sources({}, orders, [...visits, ...others]).handedOver();
  expect(waiting.map(({ machine }) => machine)).toEqual(['A', 'C', 'E']);
  expect(waiting[0]).toEqual({ machine: 'A', plate: 'A', station: 'S1', since: at(9) });
});
