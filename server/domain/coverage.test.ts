import { expect, test } from 'vitest';
import { muOfM2 } from '../../shared/units.ts';
import { FieldCoverage } from './coverage.ts';
import { type Corner, field, MORNING, passes, polygon, rectangle, ring, seeded, shuffled, swathFrom } from './ground.fixture.ts';
import type { Swath } from './swath.ts';

const meadow = field('meadow', rectangle(0, 0, 200, 100));
const coverageOf = (swaths: Iterable<Swath>, shape = meadow): FieldCoverage => {
  const coverage = new FieldCoverage(shape);
  for (const swath of swaths) coverage.add(swath);
  return coverage;
};
const coveredMu = (coverage: FieldCoverage): number => muOfM2(coverage.result().coveredDm2 / 100);
const chain = (path: readonly Corner[], other: Partial<Swath> = {}): Swath[] =>
  path.slice(1).map((to, i) => swathFrom(path[i], to, { seqA: i + 1, ...other }));

test('100 m × 2.5 m are 0.375 mu, whichever way the pass runs', () => {
  expect(coveredMu(coverageOf([swathFrom([50, 50], [150, 50])]))).toBeCloseTo(0.375, 2);
  expect(coveredMu(coverageOf([swathFrom([100, 0.1], [100, 99.9])]))).toBeCloseTo(0.375, 2);
  expect(coveredMu(coverageOf([swathFrom([60, 10], [140, 70])]))).toBeCloseTo(0.375, 2);
});

test('the painted ground lies where the swath lies', () => {
  const { cells, cellM, width, height } = coverageOf([swathFrom([20.1, 30.1], [60.1, 30.1])]).bitmap();
  const painted = Array.from(cells.keys()).filter(i => cells[i] === 2);
  const columns = painted.map(i => (i % width) * cellM);
  const rows = painted.map(i => Math.floor(i / width) * cellM);
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([20, 59.5]);
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([29, 31]);
  expect(Math.abs(width * cellM - 200) + Math.abs(height * cellM - 100)).toBeLessThan(1.1);
});

test('driving over covered ground again adds nothing and is counted as overlap', () => {
  const once = swathFrom([50, 50], [150, 50]);
  const coverage = coverageOf([once, swathFrom([150, 50], [50, 50], { seqA: 500 })]);
  expect(coverage.result().coveredDm2).toBe(coverageOf([once]).result().coveredDm2);
  expect(Math.abs(coverage.result().overlapDm2 - 25_000)).toBeLessThan(1300);
});

test('what lies beyond the boundary or in a hole does not count', () => {
  expect(coveredMu(coverageOf([swathFrom([150, 50], [250, 50])]))).toBeCloseTo(0.375 / 2, 2);
  const holed = field('holed', {
    type: 'Polygon',
    coordinates: [meadow.polygon.coordinates[0], ring([80, 40], [120, 40], [120, 60], [80, 60])],
  });
  expect(coveredMu(coverageOf([swathFrom([50, 50], [150, 50])], holed))).toBeCloseTo(0.375 * 0.6, 2);
});

test('the same swath twice, or under another random outbox id, changes nothing', () => {
  const swaths = chain(passes({ west: 10, south: 10, east: 60, north: 30 }, 2.5, 2.4));
  const once = coverageOf(swaths);
  const again = coverageOf([...swaths, ...swaths, ...swaths.map(swath => ({ ...swath, outbox: 'another' }))]);
  expect(again.result()).toEqual(once.result());
  expect(again.swathCount).toBe(once.swathCount);
});

test('two machines on one strip: the earlier by fix time gets it, though it arrives later', () => {
  const early = swathFrom([50, 50], [150, 50], { machine: 'early', outbox: 'outbox-e', outboxSince: MORNING + 1, timeB: MORNING + 1000 });
  const late = swathFrom([100, 50], [200, 50], { machine: 'late', outbox: 'outbox-l', timeB: MORNING + 3_600_000 });
  const { byMachine, byHour } = coverageOf([late, early]).result();
  expect(byMachine.map(([machine]) => machine)).toEqual(['early', 'late']);
  expect(byMachine.map(([, dm2]) => Math.round(dm2 / 1000))).toEqual([25, 13]);
  expect(byHour.map(([hour]) => hour)).toEqual([MORNING, MORNING + 3_600_000]);
  expect(byHour.map(([, dm2]) => dm2)).toEqual(byMachine.map(([, dm2]) => dm2));
});

test('a sliver between two passes is closed, a missed strip is not', () => {
  const sliver = coverageOf([swathFrom([50, 50.1], [150, 50.1]), swathFrom([150, 53.6], [50, 53.6], { seqA: 90 })]);
  expect(coveredMu(sliver)).toBeCloseTo(0.9, 2);
  const missed = coverageOf([swathFrom([50, 50.1], [150, 50.1]), swathFrom([150, 55.1], [50, 55.1], { seqA: 90 })]);
  expect(coveredMu(missed)).toBeCloseTo(0.75, 2);
});

test('what counts as a sliver grows with the width: 3 m between passes of 9 m close, 4 m do not', () => {
  const apart = (gapM: number): number =>
    coveredMu(
      coverageOf([
        swathFrom([20, 30.1], [180, 30.1], { widthM: 9 }),
        swathFrom([180, 39.1 + gapM], [20, 39.1 + gapM], { widthM: 9, seqA: 90 }),
      ]),
    );
  // 160 m × 9 m twice, and 160 m × 3 m between them
  expect(apart(3)).toBeCloseTo(muOfM2(160 * 21), 1);
  expect(Math.abs(apart(4) - muOfM2(160 * 18))).toBeLessThan(0.05);
});

/** A pass of 200 m from one fix to the next, three minutes later. */
const passAlong = (north: number, i: number): Swath =>
  swathFrom([0, north], [200, north], { seqA: 2 * i + 1, timeA: MORNING + i * 180_000, timeB: MORNING + (i + 1) * 180_000 });

test('a field driven through by a drifting receiver is finished, with a good receiver its gaps stay open', () => {
  // Every other pair of passes lies on top of each other, and beside it a gap of 2.2 m: 40 passes of 2.5 m on 100 m all the same.
  const rows = Array.from({ length: 40 }, (_, i) => 1.25 + 2.5 * i - (i % 4 === 3 ? 2.2 : 0));
  const swaths = rows.map((north, i) => passAlong(north, i));
  const of = (drifts: boolean) => {
    const coverage = new FieldCoverage(meadow, { drifts });
    for (const swath of swaths) coverage.add(swath);
    return coverage.result();
  };
  expect(of(false).finishedAt).toBeNull();
  expect(of(false).coveredDm2).toBeLessThan(0.8 * meadow.areaM2 * 100);
  expect(of(true).finishedAt).not.toBeNull();
  expect(of(true).coveredDm2).toBeGreaterThan(0.97 * meadow.areaM2 * 100);
});

test('no ground farther than a width from every swath ever counts', () => {
  const swaths = chain(passes({ west: 0, south: 0, east: 200, north: 97 }, 2.9, 2.4));
  const coverage = coverageOf(swaths);
  const { cells, cellM, width } = coverage.bitmap();
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] !== 3) continue;
    const north = (Math.floor(at / width) + 0.5) * cellM;
    const nearest = Math.min(...Array.from({ length: 34 }, (_, pass) => Math.abs(north - (1.45 + 2.9 * pass))));
    expect(nearest).toBeLessThanOrEqual(2.5);
  }
});

const wholeField = { west: 0, south: 0, east: 200, north: 100 };

test('a field worked from edge to edge is finished, at the swath that added the last new ground', () => {
  const swaths = chain(passes(wholeField, 2.5, 2.4));
  const again = swathFrom([0, 50], [200, 50], { seqA: 90_000, timeB: MORNING + 9e6 });
  const { coveredDm2, finishedAt, lastAt, firstAt } = coverageOf([...swaths, again]).result();
  expect(finishedAt).toBe(swaths[swaths.length - 1].timeB);
  expect([firstAt, lastAt]).toEqual([swaths[0].timeA, MORNING + 9e6]);
  expect(coveredDm2).toBeGreaterThan(0.985 * meadow.areaM2 * 100);
  expect(coveredDm2).toBeLessThanOrEqual(Math.round(meadow.areaM2 * 100));
});

test('a field of which a tenth is missing is not finished', () => {
  expect(coverageOf(chain(passes({ ...wholeField, north: 90 }, 2.5, 2.4))).result().finishedAt).toBeNull();
});

test('a pass left out stays open in a finished field, though its neighbours overlap into it', () => {
  const path = passes({ west: 0, south: 0, east: 200, north: 100 }, 2.3, 2.4);
  const rows = [...new Set(path.map(([, northM]) => northM))];
  const swaths = chain(path).filter((_, i) => path[i][1] === path[i + 1][1] && path[i][1] !== rows[20]);
  const { coveredDm2, finishedAt } = coverageOf(swaths.map(swath => ({ ...swath, widthM: 2.5 }))).result();
  expect(finishedAt).not.toBeNull();
  expect(Math.abs(coveredDm2 / 100 - (meadow.areaM2 - 2.1 * 200))).toBeLessThan(60);
});

test('in a finished field a sliver along the boundary closes, a strip of a pass does not', () => {
  const from = (south: number): number => coverageOf(chain(passes({ ...wholeField, south }, 2.5, 2.4))).result().coveredDm2 / 100;
  expect(Math.abs(from(0.8) - meadow.areaM2)).toBeLessThan(15);
  expect(Math.abs(from(2.3) - (meadow.areaM2 - 2.3 * 200))).toBeLessThan(60);
});

test('closing alone never finishes a field: every second pass is not enough', () => {
  expect(coverageOf(chain(passes(wholeField, 5, 2.4))).result().finishedAt).toBeNull();
});

test('a field without swaths has nothing', () => {
  expect(new FieldCoverage(meadow).result()).toEqual({
    coveredDm2: 0,
    byHour: [],
    byMachine: [],
    overlapDm2: 0,
    firstAt: null,
    lastAt: null,
    finishedAt: null,
  });
});

/** Three machines with noise, one of them half an hour late, on a field with a bay and a hole. */
function mixedWork(random: () => number): Swath[] {
  return ['combine-1', 'combine-2', 'combine-3'].flatMap((machine, i) => {
    const box = { west: 0, south: 30 * i, east: 120, north: 30 * i + 36 };
    const noisy = passes(box, 2.6, 3).map(([east, north]): Corner => [east + random() - 0.5, north + random() - 0.5]);
    const lateMs = i === 1 ? 1_800_000 : 0;
    return chain(noisy, { machine, outbox: `outbox-${i}`, outboxSince: MORNING + i, estimated: i === 2 }).map(swath => ({
      ...swath,
      timeA: swath.timeA + lateMs,
      timeB: swath.timeB + lateMs,
    }));
  });
}

test('order, chunking and duplication of adding cannot be seen in the result', () => {
  const shape = polygon([0, 0], [120, 5], [120, 95], [70, 60], [0, 98]);
  const bay = field('bay', { type: 'Polygon', coordinates: [...shape.coordinates, ring([20, 20], [35, 22], [30, 40])] });
  for (let seed = 1; seed <= 6; seed++) {
    const random = seeded(seed);
    const swaths = mixedWork(random).filter(() => random() < 0.3 + 0.7 * (seed % 2));
    const inOrder = coverageOf(swaths, bay);
    const duplicated = [...swaths, ...swaths.filter(() => random() < 0.3)];
    const other = new FieldCoverage(bay);
    for (const swath of shuffled(duplicated, random)) {
      other.add(swath);
      if (random() < 0.02) other.result();
    }
    expect(other.result()).toEqual(inOrder.result());
    expect(Buffer.compare(other.bitmap().cells, inOrder.bitmap().cells)).toBe(0);
    const { byHour, byMachine, coveredDm2 } = other.result();
    expect(byHour.reduce((sum, [, dm2]) => sum + dm2, 0)).toBe(coveredDm2);
    expect(byMachine.reduce((sum, [, dm2]) => sum + dm2, 0)).toBe(coveredDm2);
  }
});

test('swaths come back as they were given', () => {
  const random = seeded(7);
  const swaths = mixedWork(random);
  const mixed = shuffled(swaths, random);
  expect([...coverageOf(mixed).swaths()]).toEqual(mixed);
});

test('more swaths than 16 bits can name are still told apart', () => {
  const random = seeded(3);
  const swaths = Array.from({ length: 70_000 }, (_, i) => {
    const [east, north] = [random() * 200, random() * 100];
    const times = { timeA: MORNING + (i - 4) * 4000, timeB: MORNING + (i + 1) * 4000 };
    return swathFrom([east, north], [east + 2, north + 1], { seqA: 2 * i + 1, machine: i < 69_000 ? 'first' : 'second', ...times });
  });
  const { coveredDm2, byMachine, finishedAt } = coverageOf(swaths).result();
  expect(coveredDm2).toBeGreaterThan(0.999 * meadow.areaM2 * 100);
  expect(byMachine).toEqual([['first', coveredDm2]]);
  expect(finishedAt).toBeLessThan(MORNING + 69_000 * 4000);
});

test('a huge field gets coarser cells and still measures right', () => {
  const huge = field('huge', rectangle(0, 0, 3000, 3000));
  const coverage = coverageOf([swathFrom([100, 100], [2500, 1900], { widthM: 12 })], huge);
  expect(coverage.bitmap().cells.length).toBeLessThanOrEqual(4_000_000);
  expect(Math.abs(coverage.result().coveredDm2 / 100 / (3000 * 12) - 1)).toBeLessThan(0.01);
});

test('a person says finished: gaps of up to a width close, wider ones stay open, and the rule is told beside it', () => {
  // 22 passes of 2.5 m with 2 m between them and 1.5 m at both edges: 55 of 100 m are painted.
  const driven = Array.from({ length: 22 }, (_, i) => swathFrom([0, 2.75 + 4.5 * i], [200, 2.75 + 4.5 * i], { seqA: 2 * i + 1 }));
  const share = ({ coveredDm2 }: { coveredDm2: number }) => coveredDm2 / (meadow.areaM2 * 100);
  const narrow = coverageOf(driven);
  const { byRule, ...said } = narrow.judged('finished');
  expect([byRule, byRule?.finishedAt, said.word, said.finishedAt]).toEqual([narrow.result(), null, 'finished', driven.at(-1)!.timeB]);
  expect([share(byRule!), share(said)]).toEqual([expect.closeTo(0.55, 2), expect.closeTo(0.99, 2)]);
  // Without the passes between 40 and 60 m: nobody fills that, whatever he says.
  const holed = coverageOf(driven.filter((_, i) => i < 9 || i > 12)).judged('finished');
  expect([holed.finishedAt === null, share(holed)]).toEqual([false, expect.closeTo(0.79, 2)]);
});

test('a person says it is not finished: what is covered counts, with the closing of work that goes on', () => {
  const whole = coverageOf(chain(passes(wholeField, 2.5, 2.4)));
  const open = whole.judged('open');
  expect([open.finishedAt, whole.result().finishedAt === null, open.word]).toEqual([null, false, 'open']);
  expect(open.coveredDm2).toBeLessThanOrEqual(whole.result().coveredDm2);
});

test('the operator says that he is done: it counts where his swaths add up to the field', () => {
  const rows = Array.from({ length: 40 }, (_, i) => 1.25 + 2.5 * i - (i % 4 === 3 ? 2.2 : 0));
  const swaths = rows.map((north, i) => passAlong(north, i));
  expect(coverageOf(swaths).judged('claimed').finishedAt).not.toBeNull();
  expect(coverageOf(swaths.slice(0, 30)).judged('claimed').finishedAt).toBeNull();
});

/** Passes over a strip of 150 by 33 m whose receiver wanders by 3 m, half of it another after two minutes. */
function wanderingPasses(rows: readonly number[], seed: number): Swath[] {
  const random = seeded(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const kept = 0.5 ** (2 / 120);
  let [east, north] = [3 * normal(), 3 * normal()];
  return rows.flatMap((row, pass) => {
    const path = Array.from({ length: 66 }, (_, i): Corner => {
      east = kept * east + 3 * Math.sqrt(1 - kept * kept) * normal();
      north = kept * north + 3 * Math.sqrt(1 - kept * kept) * normal();
      const along = (i * 150) / 65;
      return [(pass % 2 === 0 ? along : 150 - along) + east, row + north];
    });
    return path.slice(1).map((to, i) => swathFrom(path[i], to, { seqA: pass * 100 + i + 1 }));
  });
}

test('a narrow field under a drift of 3 m: driven throughout it is finished, half cut or cut in lands it stays so and counts no standing wheat', () => {
  const strip = field('strip', rectangle(0, 0, 150, 33));
  const rows = Array.from({ length: 14 }, (_, i) => 1.25 + (i * 30.5) / 13);
  const lands = rows.filter((_, i) => Math.floor(i / 3) % 2 === 0);
  for (let seed = 1; seed <= 4; seed++) {
    const whole = coverageOf(wanderingPasses(rows, seed), strip).result();
    expect([whole.finishedAt === null, whole.coveredDm2 > 0.82 * strip.areaM2 * 100]).toEqual([false, true]);
    // Seven passes, the last one in the middle of 15.33 m: 16.58 × 150 m are cut; of the lands two of 7.19 m and one of 4.85 m.
    const half = coverageOf(wanderingPasses(rows.slice(0, 7), seed), strip).result();
    const inLands = coverageOf(wanderingPasses(lands, seed), strip).result();
    expect([half.finishedAt, half.coveredDm2 <= 16.58 * 150 * 100]).toEqual([null, true]);
    expect([inLands.finishedAt, inLands.coveredDm2 <= (2 * 7.19 + 4.85) * 150 * 100]).toEqual([null, true]);
  }
});
