import { expect, test } from 'vitest';
import { actor } from '../../shared/permissions.ts';
import { chordPaths } from './page-keys.ts';

test('a dispatcher goes from unit to unit: map, board and lists stay with it', () => {
  expect(chordPaths(actor({ role: 'dispatcher', name: '李', division: '410100' }), '410182')).toEqual({
    map: '/#/410182',
    board: '/board#/410182',
    fields: '/#/410182/fields',
    repairs: '/#/410182/repairs',
    machines: '/#/410182/machines',
    orders: '/orders',
    weather: '/weather',
    notices: '/notices',
    whatIf: '/what-if',
    reception: '/reception',
    bulletin: '/bulletin',
  });
});

test('nobody is led to a page that would refuse him', () => {
  expect(chordPaths(actor({ role: 'viewer', name: '看' }), null)).toEqual({
    map: '/#/',
    fields: '/#//fields',
    machines: '/#//machines',
    weather: '/weather',
    bulletin: '/bulletin',
  });
  expect(chordPaths(actor({ role: 'station', name: '站', station: 'S1' }), null)).toEqual({ repairs: '/station', reception: '/reception' });
  expect(chordPaths(actor({ role: 'clerk', name: '统', division: '410182' }), null)).toEqual({
    orders: '/orders',
    weather: '/weather',
    reception: '/reception',
    bulletin: '/bulletin',
  });
});
