import { expect, test } from 'vitest';
import type { WhatIf } from '../../../shared/advice.ts';
import { rateWith, supposed } from './scenario.ts';

const units = [
  { division: 'A1', remainingMu: 300, machines: 10, stations: 1 },
  { division: 'B1', remainingMu: 100, machines: 30, stations: 1 },
];
const nothing: WhatIf = { operation: 'harvest', machines: [], rain: [], stations: [], withMoves: false };
const day = '2027-06-08';
const of = (change: Partial<WhatIf>) => Object.fromEntries(supposed({ ...nothing, ...change }, 'harvest', { city: 'C1', units }));

test('more machines in the city go where most remains, fewer are taken where most are', () => {
  const machines = (change: number) => of({ machines: [{ division: 'C1', kind: 'combine', change, from: day }] });
  expect(machines(200)).toEqual({ A1: { machines: [{ from: day, change: 150 }] }, B1: { machines: [{ from: day, change: 50 }] } });
  expect(machines(-20)).toEqual({ A1: { machines: [{ from: day, change: -5 }] }, B1: { machines: [{ from: day, change: -15 }] } });
  expect(machines(-100)).toEqual({ A1: { machines: [{ from: day, change: -10 }] }, B1: { machines: [{ from: day, change: -30 }] } });
});

test('seeders change nothing in the harvest, and rain on the city falls on all', () => {
  expect(of({ machines: [{ division: 'A1', kind: 'seeder', change: 5, from: day }] })).toEqual({ A1: {}, B1: {} });
  const rain = { rain: [{ date: day, rainMm: 20 }] };
  expect(of({ rain: [{ division: 'C1', day, rainMm: 20 }] })).toEqual({ A1: rain, B1: rain });
});

test('a station goes where most machines share one: of the 8 % lost half is won back', () => {
  // 0.96 / 0.92
  expect(rateWith(1, 1)).toBeCloseTo(1.0435, 4);
  expect(of({ stations: [{ division: 'C1', count: 1 }] })).toEqual({ A1: {}, B1: { rateFactor: rateWith(1, 1) } });
});
