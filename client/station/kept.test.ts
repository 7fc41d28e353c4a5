import { expect, test } from 'vitest';
import type { RepairShown } from '../../shared/repair.ts';
import { changed, clashes, type Kept, metBy, settled, withKept } from './kept.ts';

const repair: RepairShown = {
  id: '0190b3f4-1111-4222-8333-444455556666',
  machine: 'C1',
  plate: '豫A·C1',
  station: 'east',
  stationName: '东站',
  division: '410182',
  lngLat: null,
  source: 'cab',
  fault: 'engine',
  note: '',
  parts: '',
  photos: [],
  calledAt: 1000,
  startedAt: null,
  finishedAt: null,
  backAt: null,
  steps: [{ stage: 'called', at: 1000, by: '机手一' }],
  ...{ team: '', mechanic: '', hours: null, costYuan: null, reworkOf: null, alsoLogged: [], used: [] },
  author: '机手一',
  version: 1,
  kind: 'combine',
  operatorName: '机手一',
};
const kept = (changes: Kept['changes'] = {}): Kept => ({
  id: repair.id,
  owner: 'east',
  log: null,
  card: null,
  base: repair,
  changes,
  trouble: null,
});

test('what is typed shows over what the server has', () => {
  expect(withKept(repair, kept({ note: '漏油', startedAt: 2000 }))).toEqual({
    ...repair,
    note: '漏油',
    startedAt: 2000,
    steps: [...repair.steps, { stage: 'diagnosing', at: 2000, by: '' }],
  });
  expect(withKept(repair, undefined)).toBe(repair);
});

test('a new repair shows before the server has it', () => {
  const { id, machine, plate, station, fault, note, parts, lngLat, calledAt, startedAt, finishedAt } = repair;
  const log = { id, machine, plate, station, fault, note, parts, lngLat, calledAt, startedAt, finishedAt };
  const fresh: Kept = { ...kept({ startedAt: 2000 }), base: null, log, card: { kind: 'combine', operatorName: '机手一' } };
  expect(withKept(undefined, fresh)).toMatchObject({ id, plate, fault: 'engine', startedAt: 2000, kind: 'combine', source: 'station' });
});

test('a value that is put back is no change any more', () => {
  expect(changed(kept({ note: '漏油' }), { note: '' }).changes).toEqual({});
  expect(changed(kept({ note: '漏油' }), { parts: '油管' }).changes).toEqual({ note: '漏油', parts: '油管' });
});

test('what was typed while the last was on its way stays, on the new version', () => {
  const answer = { ...repair, note: '漏', version: 2 };
  expect(settled(kept({ note: '漏油' }), { note: '漏' }, answer)).toEqual({ ...kept({ note: '漏油' }), base: answer });
  expect(settled(kept({ note: '漏' }), { note: '漏' }, answer)).toBe(null);
});

test('two people who change different things do not meet; the same thing is for a person to decide', () => {
  const theirs = { ...repair, parts: '皮带', version: 2 };
  expect(metBy(kept({ note: '漏油' }), theirs)).toEqual({ ...kept({ note: '漏油' }), base: theirs });
  expect(clashes(kept({ parts: '油管' }), theirs)).toEqual(['parts']);
  expect(metBy(kept({ parts: '油管' }), theirs).trouble).toEqual({ code: 'conflict', theirs });
  // Both typed the same: nothing to decide.
  expect(metBy(kept({ parts: '皮带' }), theirs).trouble).toBe(null);
});

test('steps of two people are both taken, and one typed while the last was on its way is sent after it', () => {
  const mine = changed(kept({ addSteps: [{ stage: 'taken', at: 2000 }] }), { addSteps: [{ stage: 'onWay', at: 3000 }] });
  const theirs: RepairShown = { ...repair, version: 2, steps: [...repair.steps, { stage: 'diagnosing', at: 2500, by: '北站' }] };
  expect(clashes(mine, theirs)).toEqual([]);
  expect(withKept(theirs, metBy(mine, theirs))?.steps.map(({ stage }) => stage)).toEqual(['called', 'taken', 'diagnosing', 'onWay']);
  expect(settled(mine, { addSteps: [{ stage: 'taken', at: 2000 }] }, theirs)?.changes).toEqual({
    addSteps: [{ stage: 'onWay', at: 3000 }],
  });
});

test('a change to what was refused is tried again', () => {
  const refused: Kept = { ...kept({ startedAt: 1 }), trouble: { code: 'refused', message: 'startedAt: lies before the call' } };
  expect(changed(refused, { startedAt: 2000 }).trouble).toBe(null);
});
