import { describe, expect, test } from 'vitest';
import { distance, type Point } from '../season/plane.ts';
import { areaOf, openRing, type Ring, spansAt } from './ring.ts';
import { type RouteStyle, type Run, routeThrough } from './route.ts';

const strip: Ring = [
  [0, 0],
  [144, 0],
  [144, 33],
  [0, 33],
];
const shapes: Record<string, Ring> = {
  'a strip of 144 × 33 m': strip,
  'a strip of 90 × 7 m': [
    [0, 0],
    [90, 2],
    [90, 9],
    [0, 7],
  ],
  'a strip with slanting ends, turned by 40°': strip.map(([x, y]): Point => {
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
    const slant = x + 0.8 * y;
    return [slant * cos - y * sin, slant * sin + y * cos];
  }),
  'a bent strip': [
    [0, 0],
    [50, 7],
    [100, 9],
    [150, 6],
    [152, 36],
    [101, 39],
    [51, 37],
    [2, 29],
  ],
  'a wedge': [
    [0, 0],
    [200, 0],
    [200, 8],
    [0, 40],
  ],
  'a triangle': [
    [0, 0],
    [120, 10],
    [30, 70],
  ],
  'an L': [
    [0, 0],
    [120, 0],
    [120, 30],
    [40, 30],
    [40, 90],
    [0, 90],
  ],
};

const styles: Record<string, RouteStyle> = {
  'a combine that opens the field with two laps': { widthM: 2.5, turnRadiusM: 3.5, headlandLaps: 2, lapsLast: false, half: null },
  'a tracked combine without laps': { widthM: 2.2, turnRadiusM: 1.6, headlandLaps: 0, lapsLast: false, half: null },
  'a seeder that closes with a lap': { widthM: 3.6, turnRadiusM: 4, headlandLaps: 1, lapsLast: true, half: null },
};

/** Share of the ring's area under the working runs, on a grid of 0.25 m. */
function coveredShare(rings: readonly Ring[], runs: readonly Run[], widthM: number): number {
  const cell = 0.25;
  const covered = new Set<string>();
  for (const { points } of runs.filter(run => run.working)) {
    for (let i = 1; i < points.length; i++) {
      const length = distance(points[i - 1], points[i]);
      const [dx, dy] = [(points[i][0] - points[i - 1][0]) / length, (points[i][1] - points[i - 1][1]) / length];
      for (let along = 0; along <= length; along += cell / 2)
        for (let across = -widthM / 2; across <= widthM / 2; across += cell / 2) {
          const x = points[i - 1][0] + dx * along - dy * across;
          const y = points[i - 1][1] + dy * along + dx * across;
          covered.add(`${Math.floor(x / cell)},${Math.floor(y / cell)}`);
        }
    }
  }
  let [all, hit] = [0, 0];
  const ys = rings[0].map(([, y]) => y);
  for (let row = Math.floor(Math.min(...ys) / cell); row * cell < Math.max(...ys); row++)
    for (const [west, east] of spansAt(rings, (row + 0.5) * cell))
      for (let column = Math.ceil(west / cell - 0.5); (column + 0.5) * cell < east; column++) {
        all++;
        if (covered.has(`${column},${row}`)) hit++;
      }
  return hit / all;
}

describe('a route covers at least 97 % of', () => {
  for (const [shape, ring] of Object.entries(shapes))
    for (const [machine, style] of Object.entries(styles))
      test(`${shape}: ${machine}`, () => {
        const share = coveredShare([ring], routeThrough([ring], style, [0, 0]), style.widthM);
        expect(share).toBeGreaterThan(0.97);
      });

  test('a field that two machines share, in two halves', () => {
    const style = styles['a tracked combine without laps'];
    const halves = ([0, 1] as const).flatMap(half => routeThrough([strip], { ...style, half }, [0, 0]));
    expect(coveredShare([strip], halves, style.widthM)).toBeGreaterThan(0.97);
  });

  test('a field with a pond, and no more of the pond than the swaths beside it', () => {
    const pond: Ring = [
      [65, 11],
      [80, 11],
      [80, 21],
      [65, 21],
    ];
    const style = styles['a combine that opens the field with two laps'];
    const runs = routeThrough([strip, pond], style, [0, 0]);
    expect(coveredShare([strip, pond], runs, style.widthM)).toBeGreaterThan(0.97);
    expect(coveredShare([pond], runs, style.widthM)).toBeLessThan(0.5);
  });
});

describe('a route', () => {
  test('starts near the corner it comes from', () => {
    for (const style of Object.values(styles))
      for (const corner of strip) expect(distance(routeThrough([strip], style, corner)[0].points[0], corner)).toBeLessThan(9);
  });

  test('is one unbroken line', () => {
    for (const style of Object.values(styles))
      for (const ring of Object.values(shapes)) {
        const runs = routeThrough([ring], style, [0, 0]);
        for (let i = 1; i < runs.length; i++) expect(distance(runs[i - 1].points.at(-1)!, runs[i].points[0])).toBeLessThan(0.01);
      }
  });

  test('works at most a third more metres than area over width', () => {
    for (const style of Object.values(styles)) {
      const working = routeThrough([strip], style, [0, 0]).filter(run => run.working);
      const metres = working.reduce((sum, { points }) => sum + points.slice(1).reduce((all, p, i) => all + distance(p, points[i]), 0), 0);
      expect((metres * style.widthM) / areaOf(strip)).toBeLessThan(1.33);
    }
  });
});

test('a ring of GeoJSON is opened and turned counter-clockwise', () => {
  expect(
    openRing([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
    ]),
  ).toEqual([
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
});
