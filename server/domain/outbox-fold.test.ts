import { expect, test } from 'vitest';
import type { Fix } from '../../shared/fix.ts';
import type { Implement } from '../../shared/registry.ts';
import { muOfM2 } from '../../shared/units.ts';
import { FieldCoverage } from './coverage.ts';
import { FieldIndex } from './field-index.ts';
import { at, type Corner, field, fixAt, MORNING, passes, rectangle, seeded } from './ground.fixture.ts';
import { type EmitSwath, OutboxFold, type OutboxFoldState } from './outbox-fold.ts';
import type { Swath } from './swath.ts';

const north = field('north', rectangle(0, 0, 150, 40));
const south = field('south', rectangle(0, -60, 150, -20));
const world = { index: new FieldIndex([north, south]) };
const header: Implement = { from: 0, operation: 'harvest', workingWidthM: 2.5 };
const combine = { id: 'combine-1', implements: [header] };

interface Drive {
  fold: OutboxFold;
  swaths: { field: string; operation: string; swath: Swath }[];
  coveredMu: (fieldId: string) => number;
  states: string[];
}

function drive(fixes: readonly Fix[], machine = combine): Drive {
  const fold = new OutboxFold(machine, 'outbox-1');
  const swaths: Drive['swaths'] = [];
  const coverage = new Map<string, FieldCoverage>();
  const emit: EmitSwath = (shape, operation, swath) => {
    swaths.push({ field: shape.id, operation, swath });
    const own = coverage.get(shape.id) ?? new FieldCoverage(shape);
    coverage.set(shape.id, own);
    own.add(swath);
  };
  const states = fixes.map(fix => {
    fold.take(fix, world, emit);
    return fold.workState;
  });
  return { fold, swaths, states, coveredMu: id => muOfM2((coverage.get(id)?.result().coveredDm2 ?? 0) / 100) };
}

const along = (from: Corner, to: Corner, stepM: number): Corner[] => {
  const steps = Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / stepM);
  return Array.from(
    { length: steps + 1 },
    (_, i): Corner => [from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps],
  );
};
const fixesOn = (path: readonly Corner[], other: Partial<Fix> = {}): Fix[] => path.map((place, i) => fixAt(i + 1, place, other));

test('with the header down, a pass of 100 m × 2.5 m covers 0.375 mu', () => {
  const { coveredMu, swaths, states } = drive(fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1 }));
  expect(coveredMu('north')).toBeCloseTo(0.375, 2);
  expect(swaths.map(({ swath }) => [swath.seqA, swath.seqB])).toEqual(Array.from({ length: 40 }, (_, i) => [i + 1, i + 2]));
  expect(swaths[0]).toMatchObject({ field: 'north', operation: 'harvest', swath: { machine: 'combine-1', widthM: 2.5, estimated: false } });
  expect(states[40]).toBe('working');
});

test('a segment counts when either end is working', () => {
  const fixes = fixesOn(along([20, 20.1], [120, 20.1], 2.5)).map(
    fix => ({ ...fix, working: fix.seq >= 11 && fix.seq <= 30 ? 1 : 0 }) as Fix,
  );
  const { swaths } = drive(fixes);
  expect([swaths[0].swath.seqA, swaths[swaths.length - 1].swath.seqB]).toEqual([10, 31]);
});

test('the width that a fix carries wins over that of the implement', () => {
  const { coveredMu } = drive(fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1, widthM: 5 }));
  expect(coveredMu('north')).toBeCloseTo(0.75, 2);
});

test('without a switch, crossing a field is no work', () => {
  const { swaths, states } = drive(fixesOn(along([75, 60], [75, -80], 2.4)));
  expect(swaths).toEqual([]);
  expect(new Set(states.slice(10))).toEqual(new Set(['travelling']));
});

const work = passes({ west: 0, south: 0, east: 150, north: 40 }, 2.5, 2.4);

test('without a switch, passes prove the work, and all that was driven before counts', () => {
  const { swaths, states, coveredMu } = drive(fixesOn([...along([-40, 1.25], [-2, 1.25], 2.4), ...work]));
  expect(coveredMu('north')).toBeGreaterThan(0.98 * muOfM2(north.areaM2));
  expect(swaths.every(({ swath }) => swath.estimated)).toBe(true);
  expect(states[states.length - 1]).toBe('working');
  expect(states).toContain('turning');
});

test('turns outside of the field do not break the proof: each pass is a visit, and all of them count', () => {
  const rows = [...new Set(work.map(([, northM]) => northM))];
  const path = rows.flatMap((northM, i) => {
    const out = along([-14, northM], [164, northM], 2.4);
    return i % 2 === 0 ? out : out.reverse();
  });
  expect(drive(fixesOn(path)).coveredMu('north')).toBeGreaterThan(0.98 * muOfM2(north.areaM2));
});

test('crossing a field again after a while is still no work', () => {
  const there = fixesOn(along([-40, 20], [190, 20], 2.4));
  const back = along([190, 20], [-40, 20], 2.4).map((place, i) =>
    fixAt(there.length + 1 + i, place, { fixTime: MORNING + 1_800_000 + i * 2000 }),
  );
  expect(drive([...there, ...back]).swaths).toEqual([]);
});

test('a machine that leaves its field stops working', () => {
  const { states, fold } = drive(fixesOn([...work, ...along([150, 45], [150, 90], 2.4)]));
  expect(states.slice(-3)).toEqual(['travelling', 'travelling', 'travelling']);
  expect(fold.fieldId).toBeNull();
});

test('coming back to a field that was worked needs no new proof', () => {
  const half = work.filter(([, northM]) => northM < 20);
  const rest = work.filter(([, northM]) => northM > 37);
  const path = [...half, ...along([150, 20], [190, 20], 2.4), ...along([190, 38.75], [152, 38.75], 2.4), ...rest.slice().reverse()];
  const { swaths } = drive(fixesOn(path));
  expect(swaths[swaths.length - 1].swath.seqB).toBe(path.length);
});

test('faster than 12 km/h nobody cuts', () => {
  expect(drive(fixesOn(passes({ west: 3, south: 0, east: 147, north: 40 }, 8, 8))).swaths).toEqual([]);
});

test('a gap is never bridged, a stop is', () => {
  const path = along([20, 20.1], [120, 20.1], 2.5);
  const late = (pauseMs: number, jumpM: number): Fix[] =>
    path.map((place, i) => {
      const shifted: Corner = i >= 20 ? [place[0] + jumpM, place[1]] : place;
      return fixAt(i + 1, shifted, { working: 1, fixTime: MORNING + i * 2000 + (i >= 20 ? pauseMs : 0) });
    });
  const pairs = (fixes: Fix[]): number[] => drive(fixes).swaths.map(({ swath }) => swath.seqA);
  expect(pairs(late(3_600_000, 0))).toContain(20);
  expect(pairs(late(28_000, 4))).toContain(20);
  expect(pairs(late(60_000, 4))).not.toContain(20);
});

test('a sampler of 20 s that loses one fix is drawn on, as estimated', () => {
  const path = along([0, 20.1], [150, 20.1], 15);
  const fixes = path.map((place, i) => fixAt(i + 1, place, { working: 1, fixTime: MORNING + i * 20_000 })).filter(fix => fix.seq !== 6);
  const { swaths } = drive(fixes);
  expect(swaths.map(({ swath }) => [swath.seqA, swath.seqB, swath.estimated])).toContainEqual([5, 7, true]);
  expect(swaths.filter(({ swath }) => swath.estimated)).toHaveLength(1);
});

test('a leap of 50 m in 2 s is not bridged, whatever the switch says', () => {
  const path = along([20, 20.1], [70, 20.1], 2.5).map(([east, north], i): Corner => [i >= 10 ? east + 47.5 : east, north]);
  const pairs = drive(fixesOn(path, { working: 1 })).swaths.map(({ swath }) => [swath.seqA, swath.seqB]);
  expect(pairs).toEqual([...Array.from({ length: 20 }, (_, i) => [i + 1, i + 2])].filter(([from]) => from !== 10));
});

test('a receiver that is frozen for a while and then comes on is drawn on in a straight line', () => {
  const path = along([20, 20.1], [120, 20.1], 2.5);
  const frozen = path.map((place, i) => fixAt(i + 1, i >= 10 && i < 20 ? path[10] : place, { working: 1 }));
  expect(drive(frozen).coveredMu('north')).toBeCloseTo(0.375, 2);
});

test('a seq that was thinned is judged by the same time rule', () => {
  const fixes = fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1 }).filter(fix => fix.seq < 10 || fix.seq > 15);
  expect(drive(fixes).swaths.map(({ swath }) => [swath.seqA, swath.seqB])).toContainEqual([9, 16]);
});

test('a machine that stands in its field is idle and covers nothing more', () => {
  const standing = Array.from({ length: 60 }, (): Corner => [120, 20.1]);
  const { states, swaths, fold } = drive(fixesOn([...along([20, 20.1], [120, 20.1], 2.5), ...standing], { working: 1 }));
  expect(states[states.length - 1]).toBe('idle');
  expect(swaths).toHaveLength(40);
  expect(fold.stateSince).toBeGreaterThan(MORNING + 41 * 2000);
});

test('the operation is that of the implement enrolled at the time', () => {
  const seeder: Implement = { from: MORNING + 20 * 2000, operation: 'sow', workingWidthM: 3 };
  const { swaths } = drive(fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1 }), { id: 'tractor-1', implements: [seeder, header] });
  expect(swaths.map(({ operation, swath }) => [operation, swath.widthM, swath.seqB <= 19])).toEqual(
    swaths.map(({ swath }) => (swath.seqB <= 19 ? ['harvest', 2.5, true] : ['sow', 3, false])),
  );
  expect(new Set(swaths.map(({ operation }) => operation))).toEqual(new Set(['harvest', 'sow']));
});

test('a tractor without an implement covers nothing', () => {
  const path = fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1 });
  expect(drive(path, { id: 'tractor-1', implements: [] }).swaths).toEqual([]);
  expect(drive(path, { id: 'tractor-1', implements: [{ ...header, operation: null }] }).swaths).toEqual([]);
  expect(drive(path, { id: 'tractor-1', implements: [{ ...header, from: MORNING * 2 }] }).swaths).toEqual([]);
});

test('a fix out of turn is a bug and is told', () => {
  expect(() => drive([fixAt(2, [0, 0]), fixAt(2, [0, 0])])).toThrow('combine-1: fix 2 comes after 2');
});

/** A day in small: two fields, noise, stops, a gap, header switch known only in parts. */
function mixedDay(seed: number): Fix[] {
  const random = seeded(seed);
  const path = [
    ...along([-40, 10], [-2, 10], 2.4),
    ...work.slice(0, 400),
    ...along([150, 0], [150, -58], 2.4),
    ...work.map(([e, n]): Corner => [e, n - 60]),
  ];
  let time = MORNING;
  return path.map(([east, northM], i) => {
    time += random() < 0.01 ? 90_000 : 2000;
    const working = random() < 0.3 ? null : i % 70 < 60 ? 1 : 0;
    return fixAt(i + 1, [east + random() - 0.5, northM + random() - 0.5], { fixTime: time, working: seed % 2 === 0 ? null : working });
  });
}

test('stopped anywhere and restored from plain data, a fold goes on bit for bit', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const fixes = mixedDay(seed);
    const undisturbed = drive(fixes);
    const random = seeded(seed + 100);
    const swaths: Drive['swaths'] = [];
    let fold = new OutboxFold(combine, 'outbox-1');
    for (const fix of fixes) {
      fold.take(fix, world, (shape, operation, swath) => swaths.push({ field: shape.id, operation, swath }));
      if (random() < 0.1) fold = new OutboxFold(combine, 'outbox-1', JSON.parse(JSON.stringify(fold.state())) as OutboxFoldState);
    }
    expect(swaths).toEqual(undisturbed.swaths);
    expect(fold.state()).toEqual(undisturbed.fold.state());
  }
});

test('a state once taken is not changed by what the fold does next', () => {
  const fixes = mixedDay(2);
  const fold = new OutboxFold(combine, 'outbox-1');
  for (const fix of fixes.slice(0, 100)) fold.take(fix, world, () => {});
  const state = fold.state();
  const copy = structuredClone(state);
  for (const fix of fixes.slice(100)) fold.take(fix, world, () => {});
  expect(state).toEqual(copy);
});

test('a header that is not full counts with the width that is sent', () => {
  // 100 m × 1.5 m = 150 m² = 0.225 mu, by a header of 2.5 m.
  expect(drive(fixesOn(along([20, 20.1], [120, 20.1], 2.5), { working: 1, widthM: 1.5 })).coveredMu('north')).toBeCloseTo(0.225, 2);
});

test('ground is covered where the implement was, not where the antenna is', () => {
  const beside = { id: 'combine-1', implements: [{ ...header, antennaForwardM: -3, antennaRightM: 1 }] };
  // East along 20 m north: 3 m ahead of the antenna is 3 m east, 1 m to its left is 1 m north.
  const east = drive(fixesOn(along([20, 20], [120, 20], 2.5), { working: 1 }), beside);
  expect(east.swaths.length).toBe(40);
  for (const [i, { swath }] of east.swaths.entries()) {
    const [[ax, ay], [bx, by]] = [at(23 + i * 2.5, 21), at(25.5 + i * 2.5, 21)];
    for (const [is, expected] of [
      [swath.ax, ax],
      [swath.ay, ay],
      [swath.bx, bx],
      [swath.by, by],
    ])
      expect(is).toBeCloseTo(expected, 6);
  }
  // Back west on the same line the implement is on the other side: 2 m lie between the two.
  const both = drive(fixesOn([...along([20, 20], [120, 20], 2.5), ...along([120, 20], [20, 20], 2.5)], { working: 1, widthM: 1 }), beside);
  expect(both.coveredMu('north')).toBeGreaterThan(0.29);
  expect(drive(fixesOn(along([20, 20], [120, 20], 2.5), { working: 1, widthM: 1 }), combine).coveredMu('north')).toBeCloseTo(0.15, 2);
});
