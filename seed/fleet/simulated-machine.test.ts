import { describe, expect, test } from 'vitest';
import type { UnnumberedFix } from '../device/outbox.ts';
import { type Point, planeAt } from '../season/plane.ts';
import type { DriverSetup } from './driver.ts';
import { type BoardField, JobBoard } from './job-board.ts';
import { SimulatedMachine } from './simulated-machine.ts';

const HOUR = 3_600_000;
const opening = Date.parse('2027-06-04T05:30:00+08:00');
const plane = planeAt([113.6, 34.7]);

/** 20 rows of 12 strips of 144 × 33 m = 7.1 mu, a lane of 6 m between rows. */
const strips = (): BoardField[] =>
  Array.from({ length: 240 }, (_, i) => {
    const [x, y] = [150 * (i % 20), 34 * Math.floor(i / 20)];
    const corners: Point[] = [
      [x, y],
      [x + 144, y],
      [x + 144, y + 33],
      [x, y + 33],
      [x, y],
    ];
    return {
      id: `F${i}`,
      county: 'A',
      town: 'A1',
      rings: [corners.map(corner => plane.toLngLat(corner))],
      centre: plane.toLngLat([x + 72, y + 16.5]),
      areaMu: (144 * 33 * 3) / 2000,
      ripeAt: 0,
      sow: true,
      shared: i % 10 === 0,
      stage: 'standing',
    };
  });

const setup = (id: string, more: Partial<DriverSetup> = {}): DriverSetup => ({
  id,
  county: 'A',
  operation: 'harvest',
  widthM: 2.5,
  tracked: false,
  place: [113.601, 34.701],
  seed: 7,
  ...more,
});

interface Run {
  id: string;
  fixes: UnnumberedFix[];
  hasSwitch: boolean;
}

function drive(setups: DriverSetup[], fields: BoardField[], days: number, stepMs = 60_000): Run[] {
  const board = new JobBoard(fields);
  const machines = setups.map(each => ({
    id: each.id,
    machine: new SimulatedMachine(each, { board, stations: [] }, opening),
    fixes: [] as UnnumberedFix[],
  }));
  for (let now = opening; now <= opening + days * 24 * HOUR; now += stepMs)
    for (const { machine, fixes } of machines) fixes.push(...machine.step(now));
  return machines.map(({ id, machine, fixes }) => ({ id, fixes, hasSwitch: machine.receiver.hasSwitch }));
}

const combines = Array.from({ length: 12 }, (_, i) => setup(`C${i}`));
const metresBetween = (a: UnnumberedFix, b: UnnumberedFix): number => Math.hypot((a.lng - b.lng) * 91_400, (a.lat - b.lat) * 111_195);

describe('two days of twelve combines', () => {
  const fields = strips();
  const runs = drive(combines, fields, 2);
  const withSwitch = runs.filter(run => run.hasSwitch);

  test('bring 25 to 50 mu a machine and day', () => {
    const cut = fields.filter(field => field.stage === 'harvested').reduce((sum, field) => sum + field.areaMu, 0);
    expect(cut / combines.length / 2).toBeGreaterThan(25);
    expect(cut / combines.length / 2).toBeLessThan(50);
  });

  test('cut about 13 mu in an hour in the field', () => {
    let [workMs, turnMs, mu] = [0, 0, 0];
    for (const { fixes } of withSwitch)
      for (let i = 1; i < fixes.length; i++) {
        const ms = fixes[i].fixTime - fixes[i - 1].fixTime;
        const inField = fixes[i].speedKmh! > 0 && fixes[i].speedKmh! < 6 && ms < 30_000;
        if (inField && fixes[i].working === 1) {
          workMs += ms;
          mu += (metresBetween(fixes[i], fixes[i - 1]) * 2.5 * 0.93 * 3) / 2000;
        } else if (inField) turnMs += ms;
      }
    expect(withSwitch.length).toBeGreaterThan(3);
    expect(mu / ((workMs + turnMs) / HOUR)).toBeGreaterThan(11.5);
    expect(mu / ((workMs + turnMs) / HOUR)).toBeLessThan(15);
  });

  test('work at 4 to 5 km/h and take the road at 12 to 22', () => {
    const working = withSwitch.flatMap(run => run.fixes.filter(fix => fix.working === 1 && fix.speedKmh! > 0).map(fix => fix.speedKmh!));
    const mean = working.reduce((sum, speed) => sum + speed, 0) / working.length;
    expect(mean).toBeGreaterThan(4);
    expect(mean).toBeLessThan(5.2);
    const fastest = Math.max(...runs.flatMap(run => run.fixes.map(fix => fix.speedKmh!)));
    expect(fastest).toBeGreaterThan(12);
    expect(fastest).toBeLessThan(23);
  });

  test('never jump, and rise in time', () => {
    const odd = runs.flatMap(({ fixes }) =>
      fixes.slice(1).filter((fix, i) => {
        const seconds = (fix.fixTime - fixes[i].fixTime) / 1000;
        return seconds <= 0 || metresBetween(fix, fixes[i]) > 15 + 7 * seconds;
      }),
    );
    expect(odd).toEqual([]);
  });

  test('stand still between 21:00 and 05:00', () => {
    const night = [opening + 15.5 * HOUR, opening + 23.5 * HOUR];
    for (const { fixes } of runs) {
      const then = fixes.filter(fix => fix.fixTime > night[0] && fix.fixTime < night[1]);
      expect(then.filter(fix => fix.speedKmh! > 0)).toEqual([]);
      expect(then.length).toBeLessThan(50);
    }
  });

  test('some move in the first minute of the demonstration', () => {
    const first = runs.filter(run => run.fixes.some(fix => fix.fixTime < opening + 60_000 && fix.speedKmh! > 0));
    expect(first.length).toBeGreaterThan(2);
  });
});

test('the same seed drives the same fixes', () => {
  const run = () => drive(combines.slice(0, 3), strips(), 0.3);
  expect(run()).toEqual(run());
});

test('a seeder follows behind the combines and is faster', () => {
  const fields = strips();
  drive([...combines, setup('S1', { operation: 'sow', widthM: 3 })], fields, 2);
  const sown = fields.filter(field => field.stage === 'sown').reduce((sum, field) => sum + field.areaMu, 0);
  expect(sown / 2).toBeGreaterThan(40);
  expect(sown / 2).toBeLessThan(90);
});
