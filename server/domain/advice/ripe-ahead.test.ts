import { expect, test } from 'vitest';
import { cutAhead, ripeAhead } from './ripe-ahead.ts';

test('what remains is ripe as the fields that stand are', () => {
  // 300 mu stand by the list, 200 by the figures: a third is ripe on the 4th, all on the 6th.
  const standing = new Map([
    ['2027-06-03', 100],
    ['2027-06-06', 200],
  ]);
  const rest = { remainingMu: 200, totalMu: 1000, standing, firstRipe: '2027-05-28', from: '2027-06-04', days: 3 };
  expect(ripeAhead(rest).map(mu => Math.round(mu * 10) / 10)).toEqual([66.7, 66.7, 200]);
});

test('without fields wheat ripens evenly in twelve days; what is cut is no longer ripe', () => {
  // On 4 June 8 of 12 days are over: 800 of 1,200 mu, of which 700 are cut.
  const unit = { remainingMu: 500, totalMu: 1200, standing: new Map(), firstRipe: '2027-05-28', from: '2027-06-04', days: 2 };
  expect(ripeAhead(unit).map(Math.round)).toEqual([100, 200]);
});

test('sowing waits for the harvest, on the ground of the wheat alone', () => {
  // 1,000 mu of corn on 800 of wheat: 200 free; 400 of 800 cut opens 400 more; 100 are sown.
  expect(cutAhead({ plannedMu: 1000, sownMu: 100, plantedMu: 800, cutMu: [400, 800] })).toEqual([500, 900]);
});
