import { expect, test } from 'vitest';
import { harvestUnrecorded, stageOf } from './stage.ts';

const begun = { coveredDm2: 100, finishedAt: null };
const done = { coveredDm2: 900, finishedAt: 1 };
const none = { areaDm2: 1000, harvest: null, sow: null, reportedHarvested: false };

test('a field goes from standing to sown', () => {
  expect(stageOf(none)).toBe('standing');
  expect(stageOf({ ...none, harvest: begun })).toBe('harvesting');
  expect(stageOf({ ...none, harvest: done })).toBe('harvested');
  expect(stageOf({ ...none, harvest: done, sow: begun })).toBe('sowing');
  expect(stageOf({ ...none, harvest: done, sow: done })).toBe('sown');
});

test('a report that a field was harvested is enough', () => {
  expect(stageOf({ ...none, reportedHarvested: true })).toBe('harvested');
});

test('a sliver of less than three percent begins nothing: a neighbour turned there', () => {
  expect(stageOf({ ...none, harvest: { coveredDm2: 29, finishedAt: null } })).toBe('standing');
  expect(stageOf({ ...none, harvest: { coveredDm2: 30, finishedAt: null } })).toBe('harvesting');
});

test('sown ground counts where no harvest is known, and carries the flag', () => {
  expect(stageOf({ ...none, sow: begun })).toBe('sowing');
  expect(harvestUnrecorded({ ...none, sow: begun })).toBe(true);
  expect(harvestUnrecorded({ ...none, sow: begun, harvest: begun })).toBe(false);
  expect(harvestUnrecorded({ ...none, sow: begun, reportedHarvested: true })).toBe(false);
  expect(harvestUnrecorded(none)).toBe(false);
});
