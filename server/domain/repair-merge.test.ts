import { expect, test } from 'vitest';
import type { Repair } from '../../shared/repair.ts';
import { timesOf } from '../../shared/repair-steps.ts';
import { mergedInto, overlap } from './repair-merge.ts';

const repair = (id: string, by: string, steps: [Repair['steps'][number]['stage'], number][], over: Partial<Repair> = {}): Repair => {
  const all = steps.map(([stage, at]) => ({ stage, at, by }));
  const effort = { team: '', mechanic: '', hours: null, costYuan: null, reworkOf: null };
  const where = { machine: 'C1', plate: '豫A·C1', station: by, division: null, lngLat: null, source: 'station' as const };
  const what = { fault: 'header' as const, note: `${by}的说明`, parts: '', photos: [], alsoLogged: [], author: by, version: 1 };
  return { id, ...where, ...what, ...effort, steps: all, ...timesOf(all), ...over };
};

test('two that are in work at the same time are one; what begins when the other is over is another', () => {
  const span = (calledAt: number, backAt: number | null) => ({ calledAt, backAt });
  expect(overlap(span(0, null), span(100, null))).toBe(true);
  expect(overlap(span(0, 50), span(20, 30))).toBe(true);
  expect(overlap(span(0, 50), span(50, null))).toBe(false);
  expect(overlap(span(60, null), span(0, 50))).toBe(false);
});

test('whichever comes first, both notes, all steps, hours and the earlier call are there', () => {
  const east = repair(
    'a',
    '东站',
    [
      ['called', 10],
      ['taken', 20],
    ],
    { parts: '刀片 2', hours: 1 },
  );
  const north = repair(
    'b',
    '北站',
    [
      ['called', 5],
      ['diagnosing', 30],
      ['closed', 60],
    ],
    { parts: '皮带', hours: 0.5 },
  );
  const one = { ...east, ...mergedInto(east, north) };
  const other = { ...north, ...mergedInto(north, east) };
  for (const both of [one, other]) {
    expect(both.steps.map(({ stage, at, by }) => [stage, at, by])).toEqual([
      ['called', 5, '北站'],
      ['taken', 20, '东站'],
      ['diagnosing', 30, '北站'],
      ['closed', 60, '北站'],
    ]);
    expect([both.calledAt, both.startedAt, both.backAt, both.finishedAt, both.hours]).toEqual([5, 30, 60, 60, 1.5]);
    expect([both.note, ...both.alsoLogged.map(({ note }) => note)].sort()).toEqual(['东站的说明', '北站的说明'].sort());
  }
  expect([one.parts, other.parts]).toEqual(['刀片 2；皮带', '皮带；刀片 2']);
});
