import { expect, test } from 'vitest';
import { differences } from './differences.ts';

test('a changed, a new and a lost member are told with what they were and are; what is equal is not', () => {
  expect(differences({ role: 'clerk', name: '李明', division: '410182' }, { role: 'dispatcher', name: '李明', version: 2 })).toEqual([
    { path: ['role'], before: 'clerk', after: 'dispatcher' },
    { path: ['division'], before: '410182', after: undefined },
    { path: ['version'], before: undefined, after: '2' },
  ]);
});

test('members within members are told by their path, lists as a whole', () => {
  expect(
    differences({ deadline: { harvest: '2027-06-12' }, hours: [1, 2] }, { deadline: { harvest: '2027-06-14' }, hours: [1, 2, 3] }),
  ).toEqual([
    { path: ['deadline', 'harvest'], before: '2027-06-12', after: '2027-06-14' },
    { path: ['hours'], before: '[1,2]', after: '[1,2,3]' },
  ]);
});

test('what is made or ends, and what is only a word, is told too', () => {
  expect(differences(null, { role: 'viewer' })).toEqual([{ path: ['role'], before: undefined, after: 'viewer' }]);
  expect(differences({ role: 'viewer' }, null)).toEqual([{ path: ['role'], before: 'viewer', after: undefined }]);
  expect(differences(null, 'issued')).toEqual([{ path: [], before: undefined, after: 'issued' }]);
  expect(differences('open', { state: 'closed' })).toEqual([
    { path: [], before: 'open', after: undefined },
    { path: ['state'], before: undefined, after: 'closed' },
  ]);
});

test('a long value is cut', () => {
  expect(differences(null, 'x'.repeat(500))[0].after).toBe(`${'x'.repeat(160)}…`);
});
