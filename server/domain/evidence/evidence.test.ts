import { describe, expect, test } from 'vitest';
import { packRuns, unpackRuns } from '../../../shared/cell-runs.ts';
import { CELL } from '../../../shared/evidence.ts';
import { field, fixAt, MORNING, polygon, rectangle, ring, seeded, swathFrom } from '../ground.fixture.ts';
import type { Swath } from '../swath.ts';
import { type EvidenceInput, evidenceOf, type NearTrack } from './evidence.ts';
import { coarser } from './picture.ts';
import { workSpansOf } from './spans.ts';
import { simplified } from './ways.ts';

/** 100 × 20 m: 3 mu. */
const strip = field('strip', rectangle(0, 0, 100, 20));
/** From 10 m before the field to 10 m behind it, in 20 s. */
const pass = (north: number, seqA: number, other: Partial<Swath> = {}): Swath => {
  const timeA = MORNING + seqA * 60_000;
  return swathFrom([-10, north], [110, north], { seqA, timeA, timeB: timeA + 20_000, ...other });
};
const first = { machine: 'A', outbox: 'outbox-a' };
const second = { machine: 'B', outbox: 'outbox-b' };
/** A: 0 to 10 m. B, later: 9.5 to 17 m, its last pass told by no switch. */
const swaths = [
  ...[1.25, 3.75, 6.25, 8.75].map((north, i) => pass(north, 1 + 2 * i, first)),
  ...[10.75, 13.25, 15.75].map((north, i) => pass(north, 101 + 2 * i, { ...second, estimated: i === 2 })),
];
const track = (who: { machine: string; outbox: string }, part: Partial<NearTrack>): NearTrack => ({
  ...{ ...who, fixes: [], spans: [], refused: {}, thinned: 0, ...part },
});
const input: EvidenceInput = {
  shape: strip,
  neighbours: [],
  word: null,
  swaths,
  machines: [
    { id: 'A', isAssumed: true },
    { id: 'B', isAssumed: false },
  ],
  tracks: [
    track(first, { spans: [[1, 8]], refused: { jump: 2 }, thinned: 3 }),
    track(second, {
      spans: [[101, 106]],
      fixes: [
        ...[101, 102, 103, 104, 105].map((seq, i) => fixAt(seq, [10 + 5 * i, 10.75], { widthM: 2.5, accuracyM: 0.5 })),
        // 60 m further on after a minute in which nothing came.
        fixAt(106, [90, 10.75], { widthM: 2.5, accuracyM: 0.5, fixTime: MORNING + 105 * 2000 + 60_000 }),
      ],
    }),
  ],
};

describe('two machines in one field', () => {
  const found = evidenceOf(input)!;

  test('areas are those of the drawing', () => {
    const { coveredMu, overlapMu, openMu, outsideMu, closedMu, paintedMu } = found.figures;
    // 17 m × 100 m, of which 0.5 m twice; 3 m open; 17 m × 10 m at either end beyond the field. A mu is 666.67 m².
    expect(coveredMu).toBeCloseTo(2.55, 6);
    expect([paintedMu, closedMu]).toEqual([coveredMu, 0]);
    expect(overlapMu).toBeCloseTo(0.075, 6);
    expect(openMu).toBeCloseTo(0.45, 2);
    expect(Math.abs(outsideMu - 0.51)).toBeLessThan(0.02);
    expect(found.figures.bandMu[0]).toBeLessThan(2.55);
    expect(found.figures.bandMu[1]).toBeGreaterThan(2.55);
    expect(found.result.finishedAt).toBeNull();
  });

  test('each machine has what it was first to cover, its time, its width and where that came from', () => {
    expect(found.machines.map(({ machine, coveredMu }) => [machine, Math.round(coveredMu * 1e6) / 1e6])).toEqual([
      ['A', 1.5],
      ['B', 1.05],
    ]);
    const [a, b] = found.machines;
    expect([a.firstAt, a.lastAt, a.workMinutes]).toEqual([MORNING + 60_000, MORNING + 7 * 60_000 + 20_000, 80 / 60]);
    expect(a.widthM).toEqual({ usual: 2.5, least: 2.5, most: 2.5, source: 'assumed' });
    expect(b.widthM.source).toBe('fixes');
    expect([a.refused, a.thinned, b.fixes]).toEqual([{ jump: 2 }, 3, 6]);
    // One pass of three, and one of seven.
    expect(b.estimatedShare).toBeCloseTo(1 / 3, 3);
    expect(found.figures.estimatedShare).toBeCloseTo(1 / 7, 3);
    expect(b.gaps).toEqual({ count: 1, minutes: 1 });
  });

  test('the picture has each cell in its class, and no way across a gap', () => {
    const { runs, width, height, cellM, tracks } = found.picture;
    const cells = unpackRuns(runs, width * height);
    const at = (x: number, y: number) => cells[Math.floor(y / cellM) * width + Math.floor(x / cellM)];
    expect([at(50, 5), at(50, 9.75), at(50, 15), at(50, 18)]).toEqual([CELL.covered, CELL.overlap, CELL.covered, CELL.open]);
    // Along a straight line only its ends remain: from 10 m to 30 m, and the last place alone is no way.
    expect(tracks.map(({ machine, runs }) => [machine, runs.map(run => run.length / 2)])).toEqual([[1, [2]]]);
    expect(tracks[0].runs[0][0]).toBe(100);
    expect(tracks[0].runs[0][2]).toBe(200);
  });
});

test('a hole counts for nothing and stays out of the picture', () => {
  const holed = {
    type: 'Polygon' as const,
    coordinates: [ring([0, 0], [100, 0], [100, 20], [0, 20]), ring([40, 5], [60, 5], [60, 15], [40, 15])],
  };
  const shape = field('holed', holed);
  const { figures, picture } = evidenceOf({ ...input, shape })!;
  // 17 × 100 m less 20 × 10 m.
  expect(figures.coveredMu).toBeCloseTo(2.25, 1);
  const cells = unpackRuns(picture.runs, picture.width * picture.height);
  expect(cells[Math.floor(10 / picture.cellM) * picture.width + Math.floor(50 / picture.cellM)]).toBe(CELL.outside);
});

test('without a swath over the field there is no evidence', () => {
  expect(evidenceOf({ ...input, shape: field('elsewhere', polygon([500, 500], [520, 500], [520, 520])) })).toBeNull();
});

test('cells come out of their runs as they went in, and half a text is refused', () => {
  const random = seeded(7);
  const cells = Uint8Array.from({ length: 5000 }, () => (random() < 0.9 ? 2 : Math.floor(random() * 5)));
  cells.fill(1, 1000, 3000);
  expect(unpackRuns(packRuns(cells), 5000)).toEqual(cells);
  expect(() => unpackRuns(packRuns(cells).slice(0, -2), 5000)).toThrow(RangeError);
  expect(() => unpackRuns('A B', 3)).toThrow(RangeError);
});

test('where squares become one, most of them decide', () => {
  expect(coarser({ cells: Uint8Array.from([1, 1, 2, 2, 1, 4, 2, 2]), width: 4, height: 2 }, 2)).toEqual({
    ...{ cells: Uint8Array.from([1, 2]), width: 2, height: 1 },
  });
});

test('a line keeps the corners that matter', () => {
  const corner = [0, 1, 2, 3, 4].map(x => ({ x, y: 0.1 * (x % 2) })).concat([{ x: 4, y: 5 }]);
  expect(simplified(corner, 0.5)).toEqual([
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 5 },
  ]);
});

test('a visit after a long absence is a span of its own', () => {
  const step = (seqA: number) => ({ machine: 'A', outbox: 'o', seqA, seqB: seqA + 1 });
  expect(workSpansOf([step(700), step(2), step(1), step(5000)])).toEqual([
    {
      ...{ machine: 'A', outbox: 'o' },
      spans: [
        [1, 3],
        [700, 701],
        [5000, 5001],
      ],
    },
  ]);
});
