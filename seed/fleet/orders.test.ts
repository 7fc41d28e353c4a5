import { describe, expect, test } from 'vitest';
import { type Point, planeAt } from '../season/plane.ts';
import type { Dispatch, Task } from './driver.ts';
import { type BoardField, JobBoard } from './job-board.ts';
import { SimulatedMachine } from './simulated-machine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const opening = Date.parse('2027-06-04T07:30:00+08:00');
const plane = planeAt([113.6, 34.7]);

/** Strips of 144 × 33 m, so many metres east and north. */
const field = (id: string, county: string, [x, y]: Point): BoardField => {
  const corners: Point[] = [
    [x, y],
    [x + 144, y],
    [x + 144, y + 33],
    [x, y + 33],
    [x, y],
  ];
  return {
    id,
    county,
    town: `${county}1`,
    rings: [corners.map(corner => plane.toLngLat(corner))],
    centre: plane.toLngLat([x + 72, y + 16.5]),
    areaMu: (144 * 33 * 3) / 2000,
    ripeAt: 0,
    sow: true,
    shared: false,
    stage: 'standing',
  };
};
const home = () => Array.from({ length: 20 }, (_, i) => field(`H${i}`, 'A', [0, 40 * i]));
/** 12 km to the east. */
const away = () => Array.from({ length: 20 }, (_, i) => field(`V${i}`, 'B', [12_000, 40 * i]));

/** Orders that are there from the beginning; what was done with them, as hours since the opening. */
function dispatchOf(tasks: Task[], withdrawnAfterH = Number.POSITIVE_INFINITY) {
  const acts: [string, string, number][] = [];
  const open = [...tasks];
  const hourOf = (at: number) => (at - opening) / HOUR;
  let now = opening;
  const isOn = () => hourOf(now) < withdrawnAfterH;
  const dispatch: Dispatch = {
    next: () => (isOn() ? open[0] : undefined),
    isOn,
    did(task, act, at) {
      now = at;
      acts.push([task.id, act, hourOf(at)]);
      if (act === 'finish') open.shift();
    },
  };
  const tick = (at: number) => {
    now = at;
  };
  return { dispatch, acts, tick };
}

function drive(fields: BoardField[], { dispatch, tick }: ReturnType<typeof dispatchOf>, hours: number) {
  const me = { id: 'C1', county: 'A', operation: 'harvest', widthM: 2.5, tracked: false, seed: 7 } as const;
  const machine = new SimulatedMachine(
    { ...me, place: plane.toLngLat([70, -20]) },
    { board: new JobBoard(fields), stations: [], dispatch },
    opening,
  );
  const cut: string[] = [];
  const places: Point[] = [];
  for (let now = opening; now < opening + hours * HOUR; now += MINUTE) {
    tick(now);
    for (const { lng, lat } of machine.step(now)) places.push(plane.toPoint([lng, lat]));
    for (const { id, stage } of fields) if (stage === 'harvested' && !cut.includes(id)) cut.push(id);
  }
  return { cut, places };
}

const work = (id: string, fields: string[], [x, y]: Point): Task => ({
  id,
  kind: 'work',
  county: 'B',
  lngLat: plane.toLngLat([x, y]),
  fields,
  areaMu: 7,
});

describe('a driver with an order', () => {
  test('drives to the named fields, cuts them and no others, says so at each step, and goes home to work', () => {
    const board = [...home(), ...away()];
    const told = dispatchOf([work('O', ['V3', 'V7'], [12_000, 200])]);
    const { cut } = drive(board, told, 9);
    expect(told.acts.map(([id, act]) => `${id} ${act}`)).toEqual(['O setOut', 'O start', 'O finish']);
    const [, started, finished] = told.acts.map(([, , hour]) => hour);
    // 12 km at 15 to 20 km/h are at least 36 minutes; two fields of 7.1 mu at 13 mu an hour take about an hour.
    expect(started).toBeGreaterThan(0.6);
    expect(finished - started).toBeGreaterThan(0.8);
    expect(finished - started).toBeLessThan(2);
    expect([...cut.slice(0, 2)].sort()).toEqual(['V3', 'V7']);
    expect(cut.slice(2).every(id => id.startsWith('H'))).toBe(true);
    expect(cut.length).toBeGreaterThan(2);
  });

  test('without named fields cuts as much as was asked for, near the place', () => {
    const told = dispatchOf([{ ...work('O', [], [12_072, 400]), areaMu: 13 }]);
    const { cut } = drive([...home(), ...away()], told, 5);
    expect(told.acts.map(([, act]) => act)).toEqual(['setOut', 'start', 'finish']);
    expect(cut.slice(0, 2).every(id => id.startsWith('V'))).toBe(true);
    expect(cut.filter(id => id.startsWith('V')).length).toBe(2);
  });

  test('that is a move drives to the other county, says that it is there, and works there from then on', () => {
    const told = dispatchOf([{ ...work('M', [], [12_072, 400]), kind: 'move' }]);
    const { cut } = drive([...home(), ...away()], told, 8);
    expect(told.acts.map(([, act]) => act)).toEqual(['setOut', 'finish']);
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.every(id => id.startsWith('V'))).toBe(true);
  });

  test('turns round when it is withdrawn on the way, and leaves the fields to others', () => {
    const told = dispatchOf([work('O', ['V3'], [12_000, 200])], 0.3);
    const board = [...home(), ...away()];
    const { cut } = drive(board, told, 6);
    expect(told.acts.map(([, act]) => act)).toEqual(['setOut']);
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.every(id => id.startsWith('H'))).toBe(true);
  });

  test('where nothing stands any more goes there, begins and ends', () => {
    const told = dispatchOf([work('O', ['gone'], [12_000, 200])]);
    const { cut, places } = drive([...home(), ...away()], told, 3);
    expect(told.acts.map(([, act]) => act)).toEqual(['setOut', 'start', 'finish']);
    expect(Math.max(...places.map(([x]) => x))).toBeGreaterThan(11_900);
    expect(cut.every(id => id.startsWith('H'))).toBe(true);
  });
});
