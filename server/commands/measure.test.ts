import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { Measurement } from '../../shared/measurement.ts';
import { at, passes, rectangle } from '../domain/ground.fixture.ts';
import { command } from './command-for-test.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'harvest-measure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const HEAD = 'fixTime,lng,lat,speedKmh,workingWidthM,working';
const rows = passes({ west: 0, south: 0, east: 100, north: 20 }, 2.5, 2.4).map(([east, north], i) => {
  const [lng, lat] = at(east, north);
  return `${new Date(1_800_000_000_000 + 2000 * i).toISOString()},${lng},${lat},4.2,2.5,1`;
});
const geometry = rectangle(0, 0, 100, 20);
const collection = { type: 'FeatureCollection', features: [{ type: 'Feature', id: 7, properties: null, geometry }] };
const fields = written('fields.geojson', JSON.stringify(collection));

test('a field of 100 m × 20 m cut whole is 3 mu; bad rows are counted by reason and have labels of their own', async () => {
  const bad = [...rows.slice(0, 100), 'yesterday,113.6,34.7,,,1', `${rows[100].split(',')[0]},999,34.7,,,1`, ...rows.slice(100)];
  const track = written('track.csv', `${[HEAD, ...bad].join('\n')}\n`);
  const labels = join(folder, 'labels.csv');
  const { code, problems, result } = await command('measure', ['--track', track, '--fields', fields, '--labels', labels, '--json']);
  expect(problems).toContain(`${track}: 1 rows left out: fixTime is no time\n${track}: 1 rows left out: lng is no longitude`);
  const { fields: measured, widthM } = result() as Measurement;
  const [{ fieldId, coveredMu, finished, machines }] = measured;
  expect([code, fieldId, finished, machines.map(each => each.track), widthM]).toEqual([
    0,
    '7',
    true,
    [track],
    { value: 2.5, source: 'fixes' },
  ]);
  expect(Math.abs(coveredMu - 3)).toBeLessThan(0.02);
  const lines = readFileSync(labels, 'utf8').trim().split('\n');
  expect([lines[0], lines.length, lines[101]]).toEqual(['fixTime,workState,place', bad.length + 1, 'yesterday,working,field']);
});

test('a file without usable rows is an error that says why', async () => {
  const track = written('bad.csv', `${HEAD}\nyesterday,113.6,34.7,,,1\n`);
  const { code, problems } = await command('measure', ['--track', track, '--json']);
  expect([code, problems]).toEqual([1, `${track}: no usable row (fixTime is no time: 1). Columns: fixTime,lng,lat,…\n`]);
});

test('wrong use and wrong fields are said', async () => {
  const track = written('good.csv', `${[HEAD, ...rows].join('\n')}\n`);
  expect((await command('measure', ['--fields', fields])).code).toBe(2);
  expect((await command('measure', ['--track', track, '--width', 'wide'])).code).toBe(2);
  const open = { ...geometry, coordinates: [geometry.coordinates[0].slice(0, -1)] };
  const bad = written('bad.geojson', JSON.stringify({ ...collection, features: [{ type: 'Feature', id: 'F1', geometry: open }] }));
  const { code, problems } = await command('measure', ['--track', track, '--fields', bad]);
  expect([code, problems.startsWith(`${bad}: F1: outline: not closed`)]).toEqual([1, true]);
});
