import { expect, test, vi } from 'vitest';
import type { CoordinateSystem, ImportReport } from '../../../shared/imports.ts';
import type { LngLat } from '../../../shared/registry.ts';
import { at, field, rectangle, TOWN, testApp } from '../../app-for-test.ts';
import { toGcj } from '../../domain/gcj.ts';
import { dbf, polygonRecord, shp, zip } from './ground-files.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });

/** 高村乡, 官峪村, 东地 as GBK writes them. */
const GBK = { town: [0xb8, 0xdf, 0xb4, 0xe5, 0xcf, 0xe7], village: [0xb9, 0xd9, 0xd3, 0xf8, 0xb4, 0xe5], column: [0xcf, 0xe7, 0xd5, 0xf2] };
const text = (value: string) => Buffer.from(value);
const clockwise = (east: number, north: number, width: number, height: number): LngLat[] =>
  rectangle(east, north, width, height).coordinates[0].toReversed();
const columns = [text('FIELDID'), text('town')];
const named = (...ids: string[]) =>
  dbf(
    columns,
    ids.map(id => [text(id), text(TOWN)]),
  );

/** The length that the zip's directory tells of its first file. */
function withSize(bytes: Uint8Array, size: number): Uint8Array {
  const other = Buffer.from(bytes);
  other.writeUInt32LE(size, other.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
  return other;
}
// All of it is made before the server listens: it would be kept from answering meanwhile.
const square = polygonRecord([clockwise(0, 0, 50, 50)]);
const bomb = zip({ 'x.shp': new Uint8Array(40 << 20) });
const tooMuch = withSize(bomb, 2 ** 31 - 1);
const cut = shp([square]);
cut.writeInt32BE(1 << 29, 24);
const longRecord = shp([square]);
longRecord.writeInt32BE(1 << 28, 104);
const rows = named('A');
rows.writeUInt32LE(0xffffffff, 4);
const endless = named('A');
endless.writeUInt16LE(0, 10);
const understated = withSize(bomb, 1000);
const million = polygonRecord([Array.from({ length: 1_000_000 }, (_, i): LngLat => [113.4 + 1e-8 * i, 34.7])]);
const laughs = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>';
const harmful: [name: string, bytes: Uint8Array, says: string][] = [
  ['bomb', bomb, 'times its size'],
  ['too much', tooMuch, 'more than 128 MB'],
  ['count', zip(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.txt`, new Uint8Array(1)]))), 'more than 200 files'],
  ['slip', zip({ '../../etc/x.shp': shp([square]) }), 'points out of it'],
  ['understated', understated, 'does not hold what it says'],
  ['cut zip', bomb.subarray(0, 500), 'damaged'],
  ['length of the file', zip({ 'x.shp': cut, 'x.dbf': named('A') }), 'not as long as it says'],
  ['length of a shape', zip({ 'x.shp': longRecord, 'x.dbf': named('A') }), 'shape 1 of the .shp is not as long'],
  ['rows of the table', zip({ 'x.shp': shp([square]), 'x.dbf': rows }), 'not hold as many rows'],
  ['rows of no length', zip({ 'x.shp': shp([square]), 'x.dbf': endless }), 'not hold as many rows'],
  ['two in one', zip({ 'x.shp': shp([square]), 'y.shp': shp([square]) }), 'holds 2 shapefiles'],
  ['entities', text(laughs), 'entities'],
  ['cut XML', text('<kml><Placemark><name>a</name>'), 'cut off'],
  ['other XML', text('<html></html>'), 'neither KML nor GPX'],
];
const huge = zip({ 'x.shp': shp([million]), 'x.dbf': named('A') });

// 100 m × 66.66 m are 10 mu; three of them side by side, known since before.
const KNOWN = [0, 1, 2].map(i => field(`K${i}`, rectangle(200 * i, 0, 100, 66.66)));
const server = await testApp({ fields: KNOWN });
const token = await server.token({ role: 'administrator' });

async function send(
  bytes: Uint8Array,
  { apply = false, system = 'file', town = '' }: { apply?: boolean; system?: CoordinateSystem; town?: string } = {},
) {
  const began = performance.now();
  const response = await fetch(`${server.url}/api/v1/imports/fields?apply=${apply}&system=${system}&town=${town}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: bytes as BodyInit,
  });
  return {
    status: response.status,
    body: (await response.json()) as ImportReport & { problem?: { message: string } },
    ms: performance.now() - began,
  };
}
const found = (id: string) => server.app.book.registry.fields.get(id)!;
const problems = ({ bad }: ImportReport) => bad.map(({ row, reason }) => [row, reason]);

test('a shapefile with names in GBK and no word of it becomes fields; each bad shape is named, and then nothing is taken', async () => {
  const good = zip({
    '地块.shp': shp([polygonRecord([clockwise(0, 300, 100, 66.66), rectangle(40, 320, 10, 10).coordinates[0]])]),
    '地块.dbf': dbf(
      [text('fieldid'), Buffer.from(GBK.column), text('village')],
      [[text('S1'), Buffer.from(GBK.town), Buffer.from(GBK.village)]],
    ),
  });
  expect((await send(good, { apply: true })).body).toMatchObject({
    ...{ applied: true, rows: 1, new: 1, encoding: 'gb18030', ground: { format: 'shapefile', system: 'wgs84', shift: null } },
  });
  expect(found('S1')).toMatchObject({ town: TOWN, village: '官峪村', version: 1 });
  // 6666 m² without a hole of 100 m².
  expect(found('S1').shape.areaM2 / 6566).toBeCloseTo(1, 3);
  expect(found('S1').shape.polygon.coordinates).toHaveLength(2);
  const star = Array.from({ length: 5001 }, (_, i) => at(500 + Math.cos(-i / 800) * 90, 500 + Math.sin(-i / 800) * 90));
  const lying = polygonRecord([clockwise(0, 600, 100, 60)]);
  lying.writeInt32LE(4000, 40);
  const records = [
    polygonRecord([clockwise(0, 500, 100, 60)]),
    polygonRecord([star]),
    lying,
    polygonRecord([[...clockwise(0, 700, 9, 60).slice(0, 4), [Number.NaN, 34]]]),
  ];
  const mixed = zip({ 'a/x.SHP': shp([...records, Buffer.from(Int32Array.of(0).buffer)]), 'a/x.DBF': named('T1', 'T2', 'T3', 'T4', 'T5') });
  const { body } = await send(mixed);
  expect(problems(body)).toEqual([
    [2, 'tooManyCorners'],
    [3, 'lyingLength'],
    [4, 'notPlace'],
    [5, 'notPolygon'],
  ]);
  expect(body.bad[0]).toMatchObject({ value: 'T2' });
  expect((await send(mixed, { apply: true })).status).toBe(400);
  expect(found('T1')).toBe(undefined);
});

test('metres of CGCS2000 by its .prj, by the number of the zone, or by the choice on the page are the same place', async () => {
  // 113.4° E 34.69° N is 0.6° west of the meridian of zone 38: 445,020.97 m and 3,840,366.04 m in that plane.
  const ring = (falseEast: number): LngLat[] =>
    [
      [0, 0],
      [0, 60],
      [100, 60],
      [100, 0],
      [0, 0],
    ].map(([x, y]) => [falseEast - 54_979.027 + x, 3_840_366.043 + y]);
  const prj = text(
    'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
  );
  const plain = { 'x.shp': shp([polygonRecord([ring(500_000)])], 445_000), 'x.dbf': named('G1') };
  const zoned = { 'x.shp': shp([polygonRecord([ring(38_500_000)])], 38_445_000), 'x.dbf': named('G1') };
  const shapes: LngLat[][] = [];
  for (const [bytes, system] of [
    [zip({ ...plain, 'x.prj': prj }), 'file'],
    [zip(zoned), 'file'],
    [zip(plain), 'gk114'],
  ] as const) {
    const { body } = await send(bytes, { system });
    expect([body.new, problems(body)]).toEqual([1, []]);
    shapes.push(body.preview.shapes[0].ring);
  }
  expect(shapes[0][0]).toEqual([expect.closeTo(113.4, 6), expect.closeTo(34.69, 6)]);
  for (const other of shapes.slice(1))
    for (const [i, [lng, lat]] of other.entries())
      expect([lng, lat]).toEqual([expect.closeTo(shapes[0][i][0], 8), expect.closeTo(shapes[0][i][1], 8)]);
  expect((await send(zip(plain))).body.problem?.message).toContain('choose the coordinate system');
  expect((await send(zip({ ...plain, 'x.prj': text('PROJCS["Beijing_1954_3_Degree_GK_CM_114E"]') }))).body.problem?.message).toContain(
    'Beijing 54',
  );
});

test('a KML is read polygon by polygon, a GPX as tracks that come round; what names no town lies in the one that was chosen', async () => {
  const ringOf = (ring: readonly LngLat[]) => ring.map(([lng, lat]) => `${lng},${lat},0`).join(' ');
  const polygon = (ring: readonly LngLat[]) =>
    `<Polygon><outerBoundaryIs><LinearRing><coordinates>${ringOf(ring)}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;
  const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
    <Placemark><name>东地&amp;1</name><gx:balloonVisibility>1</gx:balloonVisibility>${polygon(rectangle(0, 900, 100, 60).coordinates[0])}</Placemark>
    <Placemark><name>M2</name><ExtendedData><Data name="town"><value>${TOWN}</value></Data></ExtendedData><MultiGeometry>${polygon(rectangle(200, 900, 100, 60).coordinates[0])}</MultiGeometry></Placemark>
    <Placemark><name>broken</name><Polygon></Placemark></Document></kml>`;
  for (const bytes of [text(kml), zip({ 'doc.kml': text(kml) })]) {
    const { body } = await send(bytes, { town: TOWN });
    expect([body.ground?.format, body.new, problems(body)]).toEqual(['kml', 2, [[3, 'notFeature']]]);
    expect(body.preview.shapes.map(({ id }) => id)).toEqual([expect.stringMatching(/^K[0-9a-f]{10}$/), 'M2']);
  }
  expect(problems((await send(text(kml))).body)).toEqual([
    [1, 'missing'],
    [3, 'notFeature'],
  ]);
  const track = (name: string, points: readonly LngLat[]) =>
    `<trk><name>${name}</name><trkseg>${points.map(([lng, lat]) => `<trkpt lat="${lat}" lon="${lng}"><ele>110</ele></trkpt>`).join('')}</trkseg></trk>`;
  const gpx = (...tracks: string[]) => text(`<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">${tracks.join('')}</gpx>`);
  const round = track('W1', [at(0, 1100), at(100, 1100), at(100, 1160), at(0, 1160), at(1, 1105)]);
  expect((await send(gpx(round), { town: TOWN, apply: true })).body).toMatchObject({ applied: true, new: 1, ground: { format: 'gpx' } });
  expect(found('W1').shape.polygon.coordinates[0]).toHaveLength(6);
  const open = track('W2', [at(0, 1300), at(100, 1300), at(100, 1360), at(0, 1360)]);
  expect((await send(gpx(open), { town: TOWN })).body.bad).toMatchObject([{ row: 1, reason: 'openTrack', detail: '60' }]);
});

test('a file drawn on a shifted map is noticed by the fields that are known, and read as such it is right', async () => {
  const shifted = zip({
    'x.shp': shp(KNOWN.map(({ polygon }) => polygonRecord([polygon.coordinates[0].map(toGcj).toReversed()]))),
    'x.dbf': named('K0', 'K1', 'K2'),
  });
  expect((await send(shifted)).body.ground?.shift).toEqual({ towards: 'gcj02', matched: 3, of: 3 });
  const right = (await send(shifted, { system: 'gcj02' })).body;
  expect([right.ground, problems(right)]).toEqual([{ format: 'shapefile', system: 'gcj02', shift: null }, []]);
  const [lng, lat] = right.preview.shapes[0].ring[0];
  expect([lng, lat]).toEqual([expect.closeTo(at(0, 0)[0], 5), expect.closeTo(at(0, 0)[1], 5)]);
  const outline = {
    type: 'Feature',
    properties: { code: TOWN },
    geometry: { type: 'Polygon', coordinates: [KNOWN[0].polygon.coordinates[0].map(toGcj)] },
  };
  const outlines = await fetch(`${server.url}/api/v1/imports/outlines?system=gcj02`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: JSON.stringify({ type: 'FeatureCollection', features: [outline] }),
  });
  const [east, north] = ((await outlines.json()) as ImportReport).preview.shapes[0].ring[0];
  expect([east, north]).toEqual([expect.closeTo(at(0, 0)[0], 5), expect.closeTo(at(0, 0)[1], 5)]);
  const honest = zip({
    'x.shp': shp(KNOWN.map(({ polygon }) => polygonRecord([polygon.coordinates[0].toReversed()]))),
    'x.dbf': named('K0', 'K1', 'K2'),
  });
  expect((await send(honest, { system: 'gcj02' })).body.ground?.shift).toEqual({ towards: 'wgs84', matched: 3, of: 3 });
});

test('files made to do harm are refused in a sentence, at once and in little memory', async () => {
  const took: [string, number][] = [];
  for (const [name, bytes, says] of harmful) {
    const { status, body, ms } = await send(bytes);
    expect([name, status, body.problem?.message]).toEqual([name, 400, expect.stringContaining(says)]);
    took.push([name, Math.round(ms)]);
  }
  const big = await send(huge);
  expect(problems(big.body)).toEqual([[1, 'tooManyCorners']]);
  const deep = await send(text(`<kml><Placemark>${'<a>'.repeat(200_000)}${'<b'.repeat(50_000)}</Placemark></kml>`));
  expect(problems(deep.body)).toEqual([[1, 'notFeature']]);
  took.push(['million', Math.round(big.ms)], ['deep', Math.round(deep.ms)]);
  if (process.env.SHOW) console.log(took, process.memoryUsage().rss >> 20);
});
