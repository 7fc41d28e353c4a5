import { expect, test } from 'vitest';
import { usualTravel } from '../moves/travel.ts';
import { type Candidate, chooseMachines } from './choose-machines.ts';

const candidate = (machine: string, over: Partial<Candidate> = {}): Candidate => ({
  ...{ machine, kind: 'wheeled', unit: 'A', lngLat: [113, 34.5], freeInH: 0 },
  ...over,
});
const choose = (candidates: Candidate[], wanted = [{ from: 'A', to: 'B', kind: 'combine', machines: 1 }]) =>
  chooseMachines(wanted, candidates, { placeOf: () => ({ lng: 113.5, lat: 34.5 }), travel: usualTravel }).map(one => one.candidate.machine);

test('whoever is there soonest goes: free before near', () => {
  const near = candidate('near', { lngLat: [113.4, 34.5], freeInH: 5 });
  expect(choose([near, candidate('free')])).toEqual(['free']);
  expect(choose([{ ...near, freeInH: 0 }, candidate('free')])).toEqual(['near']);
});

test('a unit that has fewer sends those it has, each once, and seeders cut no wheat', () => {
  const wanted = [
    { from: 'A', to: 'B', kind: 'combine', machines: 2 },
    { from: 'A', to: 'D', kind: 'combine', machines: 2 },
  ];
  expect(choose([candidate('1'), candidate('2'), candidate('3'), candidate('S', { kind: 'seeder' })], wanted)).toEqual(['1', '2', '3']);
});
