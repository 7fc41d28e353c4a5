import { expect, test } from 'vitest';
import { basemapSetting } from './basemap-setting.ts';

test('a base map is named by template, datum and attribution', () => {
  expect(basemapSetting('https://tiles.example/{z}/{x}/{y}.png|gcj02|© 某图')).toEqual({
    template: 'https://tiles.example/{z}/{x}/{y}.png',
    datum: 'gcj02',
    attribution: '© 某图',
  });
});

test('without a datum the tiles are WGS-84, and without a setting there are none', () => {
  expect(basemapSetting('https://tiles.example/{z}/{x}/{y}.png')).toEqual({
    template: 'https://tiles.example/{z}/{x}/{y}.png',
    datum: 'wgs84',
    attribution: '',
  });
  expect([basemapSetting(null), basemapSetting(' ')]).toEqual([null, null]);
});
