import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImportKind, ImportReport } from '../../../shared/imports.ts';
import { testApp } from '../../app-for-test.ts';
import { connectStores } from '../../stores/connection.ts';
import { upload } from '../../upload-for-test.ts';

const golden = join(import.meta.dirname, 'golden');
const read = (name: string): Uint8Array => readFileSync(join(golden, name));

describe('an empty real season', async () => {
  const server = await testApp({ empty: true });
  const token = await server.token({ role: 'administrator' });
  const check = (kind: ImportKind, bytes: Uint8Array) => upload(server, { kind, bytes, token });
  const apply = (kind: ImportKind, bytes: Uint8Array) => upload(server, { kind, bytes, token, apply: true });
  const isGolden = (file: string, report: ImportReport) => {
    const path = join(golden, `${file}.report.json`);
    if (!existsSync(path) && process.env.GOLDEN) writeFileSync(path, `${JSON.stringify(report, null, 1)}\n`);
    expect(report).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  };

  test('takes no file before it is created', async () => {
    expect(await check('units', read('units-utf8.csv'))).toMatchObject({ status: 409 });
    const created = await server.send('POST', '/api/v1/seasons', { year: 2027 }, token);
    expect(created).toMatchObject({
      status: 200,
      body: { year: 2027, name: '2027 三夏', demo: false, deadline: { harvest: '2027-06-12' } },
    });
    expect(await server.send('POST', '/api/v1/seasons', { year: 2027 }, token)).toMatchObject({ status: 409 });
    expect(await check('fields', read('fields.geojson'))).toMatchObject({ status: 409 });
  });

  test('says of every bad unit what is wrong, and takes none of the file', async () => {
    const { status, body } = await check('units', read('units-bad.csv'));
    expect(status).toBe(200);
    isGolden('units-bad', body);
    expect(await apply('units', read('units-bad.csv'))).toMatchObject({ status: 400 });
    expect(server.app.book.registry.divisions.size).toBe(0);
  });

  test('reads units alike in UTF-8 with commas and in GB18030 with semicolons', async () => {
    const utf8 = (await check('units', read('units-utf8.csv'))).body;
    const gb18030 = (await check('units', read('units-gb18030.csv'))).body;
    isGolden('units', utf8);
    expect(gb18030).toEqual({ ...utf8, encoding: 'gb18030' });
    expect(await apply('units', read('units-gb18030.csv'))).toMatchObject({ status: 200, body: { applied: true, new: 4 } });
    expect(await check('units', read('units-utf8.csv'))).toMatchObject({ body: { new: 0, changed: 0, same: 4, absent: 0 } });
    const { registry, board } = server.app.book;
    expect(registry.divisions.get('410182')).toEqual({
      code: '410182',
      name: '荥阳市',
      nameEn: 'Xingyang',
      level: 'county',
      parent: '410100',
      kind: 'statutory',
      firstDay: { harvest: '2027-05-29' },
      deadline: { harvest: '2027-06-11' },
    });
    // 412,000.5 of Xingyang itself and 50,000 of the zone; the town's own area is within its county's.
    expect(board.areasOf('410100')).toEqual({ plantedMu: 462_000.5, plannedMu: 398_000 });
  });

  test('a changed area is a new version; a unit with others below it stays where it is', async () => {
    const header = '编码,名称,级别,上级编码,种植面积';
    const moved = Buffer.from(`${header}\n410182,荥阳市,乡,410171,1\n`);
    expect((await check('units', moved)).body.bad.map(({ reason }) => reason)).toEqual(['fixedPlace']);
    const more = Buffer.from(`${header}\n410182,荥阳市,县,410100,413000\n`);
    expect(await apply('units', more)).toMatchObject({ body: { changed: 1, same: 0, absent: 3 } });
    expect(server.app.book.registry.ownArea('410182')).toMatchObject({ version: 2, plantedMu: 413_000, plannedMu: 398_000 });
    expect(server.app.book.registry.divisions.get('410182')).toMatchObject({ nameEn: 'Xingyang', deadline: { harvest: '2027-06-11' } });
  });

  test('machines and stations: each bad row with its reason, good ones with ids made of their plates', async () => {
    isGolden('machines-bad', (await check('machines', read('machines-bad.csv'))).body);
    isGolden('machines', (await apply('machines', read('machines.csv'))).body);
    isGolden('stations-bad', (await check('stations', read('stations-bad.csv'))).body);
    isGolden('stations', (await apply('stations', read('stations.csv'))).body);
    expect(server.app.book.registry.machines.get('HA-0100001')).toEqual({
      id: 'HA-0100001',
      kind: 'combine',
      plate: '豫01·00001',
      drive: 'tracked',
      origin: 'home',
      division: '410182',
      operatorName: '张三',
      operatorPhone: '13800000001',
      hasTerminal: true,
      implements: [{ from: 0, operation: 'harvest', workingWidthM: 2.75 }],
    });
  });

  test('another width holds from now on, and what was worked before keeps the old one', async () => {
    const now = server.app.book.clock.season();
    await apply('machines', Buffer.from('plate,kind,division,width\n豫01·00001,combine,410182,3\n'));
    expect(server.app.book.registry.machines.get('HA-0100001')).toMatchObject({
      operatorName: '张三',
      hasTerminal: true,
      implements: [
        { from: 0, operation: 'harvest', workingWidthM: 2.75 },
        { from: now, operation: 'harvest', workingWidthM: 3 },
      ],
    });
  });

  test('fields: every bad feature with its reason; good ones are on the map and in the sums at once', async () => {
    isGolden('fields-bad', (await check('fields', read('fields-bad.geojson'))).body);
    expect(await apply('fields', read('fields-bad.geojson'))).toMatchObject({ status: 400 });
    expect(server.app.book.registry.fields.size).toBe(0);
    isGolden('fields', (await apply('fields', read('fields.geojson'))).body);
    // 33 m × 144 m = 4,752 m² = 7.128 mu each.
    const { body } = await server.get('/api/v1/fields?division=410182100', token);
    expect(body).toMatchObject({ total: 2, fields: [{ id: 'F1', areaMu: expect.closeTo(7.128, 1) }, { id: 'F2' }] });
    expect(server.app.book.registry.index.at(113.4002, 34.7005)?.id).toBe('F1');
    expect(await check('fields', read('fields.geojson'))).toMatchObject({ body: { same: 2, new: 0, changed: 0 } });
  });

  test('outlines are drawn and tell in which county a place is', async () => {
    expect(await apply('outlines', read('outlines.geojson'))).toMatchObject({ body: { new: 2, badRows: 0 } });
    expect(server.app.book.registry.countyAt(113.4, 34.7, null)).toBe('410182');
  });

  test('who brought what from which file is in the audit trail, and nothing of what was only checked', async () => {
    const connection = await connectStores(server.uri);
    const events = await connection
      .collection('audit')
      .find({ object: /^import:/ })
      .sort({ wallAt: 1 })
      .toArray();
    await connection.close();
    expect(events.map(({ object }) => object)).toEqual([
      'import:units',
      'import:units',
      'import:machines',
      'import:stations',
      'import:machines',
      'import:fields',
      'import:outlines',
    ]);
    expect(events[5]).toMatchObject({ who: { role: 'administrator' }, before: null, after: { new: 2, changed: 0, same: 0, file: 'file' } });
  });

  test('all of it is there after a restart', async () => {
    const before = (await server.get('/api/v1/setup', token)).body;
    expect(before).toMatchObject({
      units: { city: 1, county: 2, town: 1, withArea: 3, withOutline: 2 },
      machines: 3,
      withTerminal: 2,
      stations: 2,
      fields: 2,
    });
    await server.close();
    const again = await testApp({ uri: server.uri });
    expect((await again.get('/api/v1/setup', token)).body).toEqual(before);
    expect(again.app.book.registry.ownArea('410182')).toMatchObject({ version: 2, plantedMu: 413_000 });
  });
});

test('only the administrator may look or import, and a body is not even read for others', async () => {
  const server = await testApp();
  const dispatcher = await server.token({ role: 'dispatcher', division: '410100' });
  expect(await server.get('/api/v1/setup', dispatcher)).toMatchObject({ status: 403 });
  expect(await upload(server, { kind: 'units', bytes: Buffer.from('x'), token: dispatcher })).toMatchObject({ status: 403 });
});
