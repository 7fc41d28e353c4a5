import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { at, testApp } from '../../app-for-test.ts';
import { upload } from '../../upload-for-test.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('files made to do harm', async () => {
  const server = await testApp();
  const token = await server.token({ role: 'administrator' });
  const check = (kind: 'units' | 'machines' | 'fields', bytes: Uint8Array) => upload(server, { kind, bytes, token });
  const collection = (...features: string[]) => Buffer.from(`{"type":"FeatureCollection","features":[${features.join()}]}`);

  test('a field of a million corners is refused by its size, and everybody else is answered meanwhile', async () => {
    const corners = Array.from({ length: 1_000_000 }, (_, i) => `[${113.4 + 1e-8 * i},${34.7 + 1e-9 * (i % 1000)}]`);
    const feature = `{"type":"Feature","properties":{"fieldId":"M","town":"410182100"},"geometry":{"type":"Polygon","coordinates":[[${corners.join()}]]}}`;
    const bytes = collection(feature);
    let answered = 0;
    let isOver = false;
    const others = (async () => {
      while (!isOver) if ((await server.get('/api/v1/welcome')).status === 200) answered++;
    })();
    const { status, body } = await check('fields', bytes);
    isOver = true;
    await others;
    expect([status, body.bad.map(({ row, reason }) => [row, reason])]).toEqual([200, [[1, 'tooManyCorners']]]);
    // A reading that never paused would let through two: the one before it and the one after.
    expect(answered).toBeGreaterThan(5);
  });

  test('a field of 5,001 corners is refused, one of 5,000 that crosses itself is found', async () => {
    const star = (corners: number, step: number) => {
      const ring = Array.from({ length: corners }, (_, i) =>
        at(500 * Math.cos(((i * step) / corners) * 2 * Math.PI), 500 * Math.sin(((i * step) / corners) * 2 * Math.PI)),
      );
      return JSON.stringify({
        type: 'Feature',
        properties: { fieldId: `S${corners}`, town: '410182100' },
        geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
      });
    };
    const { body } = await check('fields', collection(star(5000, 1), star(4999, 7)));
    expect(body.bad.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'tooManyCorners'],
      [2, 'crossing'],
    ]);
  });

  test('an upload of 100 MB is refused in one sentence, and the connection goes on', async () => {
    const { status, body } = await check('units', Buffer.alloc(100_000_000, 97));
    expect([status, body]).toEqual([400, { problem: { code: 'invalid', message: 'the body is larger than 67108864 bytes' } }]);
    expect(await server.get('/api/v1/setup', token)).toMatchObject({ status: 200 });
  });

  test('what is no text is refused: NUL bytes, a spreadsheet, bytes of no encoding', async () => {
    const nul = Buffer.from('编码,名称,级别,上级编码\n41\0,x,市,\n');
    const excel = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]);
    const noise = Buffer.from([0xff, 0x2c, 0xff, 0x0a, 0x80, 0xff]);
    for (const bytes of [nul, excel, noise, Buffer.alloc(0)]) expect(await check('units', bytes)).toMatchObject({ status: 400 });
  });

  test('JSON that is cut off, is something else, or is nested without end is refused', async () => {
    const whole = readFileSync(join(import.meta.dirname, 'golden/fields.geojson'));
    for (const bytes of [
      whole.subarray(0, whole.length - 40),
      Buffer.from('[]'),
      Buffer.from('{"type":"Feature"}'),
      Buffer.from('{"features":['),
    ])
      expect(await check('fields', bytes)).toMatchObject({ status: 400 });
    const deep = collection(
      `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    );
    expect((await check('fields', deep)).body.bad.map(({ reason }) => reason)).toContain('notPlace');
    const polluting = collection(
      '{"type":"Feature","__proto__":{"polluted":1},"properties":{"__proto__":{"town":"410182100"},"fieldId":"P"},"geometry":null}',
    );
    expect((await check('fields', polluting)).body.bad.map(({ column, reason }) => [column, reason])).toEqual([
      ['town', 'missing'],
      ['geometry', 'notPolygon'],
    ]);
    expect(({} as { polluted?: number }).polluted).toBe(undefined);
  });

  test('mixed line ends, blank lines, quotes with line breaks and blanks at the end are read as a spreadsheet reads them', async () => {
    const mixed = Buffer.from(
      'plate,kind,division,operator\r\n豫01·1,combine,410182,"张\n三"\n\r豫01·2,combine,410182,李四 \r\r\n豫01·3,nothing,410182,\n',
    );
    const { body } = await check('machines', mixed);
    expect(body.bad.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, 'operator', 'notText'],
      [6, 'kind', 'notOneOf'],
    ]);
    expect(body.preview.rows).toEqual([['HA-012', '豫01·2', 'combine', '荥阳市', '李四', 'harvest', '2.5']]);
  });

  test('more rows than any season has are refused before they are judged', async () => {
    const { status, body } = await check('machines', Buffer.from(`plate,kind,division\n${'a,b,c\n'.repeat(400_002)}`));
    expect([status, body]).toEqual([
      400,
      { problem: { code: 'invalid', message: 'file: more than 400000 rows; cut it into several files' } },
    ]);
  });
});
