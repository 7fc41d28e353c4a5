import { randomUUID } from 'node:crypto';
import { Transformer } from '@napi-rs/image';
import { beforeAll, expect, test } from 'vitest';
import type { RepairShown } from '../../shared/repair.ts';
import { COUNTY, machine, NOON, station, type TestApp, testApp } from '../app-for-test.ts';

let server: TestApp;
let tokens: Record<'east' | 'north' | 'operator1' | 'operator2' | 'county' | 'otherCounty' | 'viewer', string>;
let repair: RepairShown;

/** Dark left half, light right half. */
const twoHalves = (width: number, height: number): Uint8Array => {
  const pixels = new Uint8Array(width * height * 4);
  for (let i = 0; i < pixels.length; i += 4) pixels.fill((i / 4) % width < width / 2 ? 20 : 230, i, i + 3);
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return pixels;
};
const picture = Transformer.fromRgbaPixels(twoHalves(300, 200), 300, 200);
const jpeg = picture.jpegSync(90);

/** The JPEG with an EXIF segment as a phone writes it: turned by a quarter, and taken at 34°45′12.34″ N. */
function takenByPhone(bytes: Uint8Array): Buffer {
  const tiff = Buffer.alloc(94);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
  };
  tiff.writeUInt16LE(2, 8);
  entry(10, 0x0112, 3, 1);
  tiff.writeUInt16LE(6, 18);
  entry(22, 0x8825, 4, 1);
  tiff.writeUInt32LE(38, 30);
  tiff.writeUInt16LE(2, 38);
  entry(40, 1, 2, 2);
  tiff.write('N\0', 48, 'latin1');
  entry(52, 2, 5, 3);
  tiff.writeUInt32LE(70, 60);
  for (const [i, value] of [34, 1, 45, 1, 1234, 100].entries()) tiff.writeUInt32LE(value, 70 + 4 * i);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, body, bytes.subarray(2)]);
}

beforeAll(async () => {
  server = await testApp({ machines: [machine('C1'), machine('C2')], stations: [station('east', 3000, 0), station('north', 0, 9000)] });
  tokens = {
    east: await server.token({ role: 'station', station: 'east' }),
    north: await server.token({ role: 'station', station: 'north' }),
    operator1: await server.token({ role: 'operator', machine: 'C1' }),
    operator2: await server.token({ role: 'operator', machine: 'C2' }),
    county: await server.token({ role: 'dispatcher', division: COUNTY }),
    otherCounty: await server.token({ role: 'dispatcher', division: '410185' }),
    viewer: await server.token({ role: 'viewer' }),
  };
  repair = await newRepair('C1');
});

async function newRepair(machine: string | null = null): Promise<RepairShown> {
  const log = {
    id: randomUUID(),
    machine,
    plate: randomUUID().slice(0, 8),
    station: 'east',
    fault: 'header',
    note: '',
    parts: '',
    lngLat: null,
  };
  const { body } = await server.send('POST', '/api/v1/repairs', { ...log, calledAt: NOON, startedAt: null, finishedAt: null }, tokens.east);
  return body;
}

async function upload(bytes: Uint8Array, token = tokens.east, to = repair.id) {
  const response = await fetch(`${server.url}/api/v1/repairs/${to}/photos`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as RepairShown & { problem?: { code: string; message: string } } };
}

async function download(id: string, token: string) {
  const response = await fetch(`${server.url}/api/v1/photos/${id}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('a photo comes back upright, without the place where it was taken', async () => {
  const sent = takenByPhone(jpeg);
  expect((await new Transformer(sent).metadata(true)).exif).toMatchObject({ 'GPS latitude': `34°45'12.34" N` });
  const { status, body } = await upload(sent);
  expect([status, body.photos.length, body.version]).toEqual([200, 1, 1]);
  const { bytes, headers } = await download(body.photos[0], tokens.east);
  expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual(['image/jpeg', 'nosniff']);
  expect(headers.get('cache-control')).toMatch(/^private/);
  expect([bytes.includes('Exif'), bytes.includes('GPS')]).toEqual([false, false]);
  expect(await new Transformer(bytes).metadata(true)).toEqual({ width: 200, height: 300, format: 'jpeg', colorType: 2 });
  // Turned to the right, the dark left half is the upper one.
  const pixels = await new Transformer(bytes).rawPixels();
  expect([pixels[0] < 60, pixels[pixels.length - 1] > 190]).toEqual([true, true]);
});

test('the same bytes again are the same photo', async () => {
  const first = await upload(jpeg);
  expect((await upload(jpeg)).body.photos).toEqual(first.body.photos);
});

test('PNG and WebP become JPEG, and a large one is made smaller', async () => {
  const wide = await Transformer.fromRgbaPixels(twoHalves(3000, 1500), 3000, 1500).png();
  const { body } = await upload(wide);
  const { bytes } = await download(body.photos.at(-1)!, tokens.east);
  expect(await new Transformer(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1600, height: 800 });
  expect((await upload(await picture.webp(80))).status).toBe(200);
});

test('what is no whole picture of a reasonable size is refused in words', async () => {
  const message = async (bytes: Uint8Array) => {
    const { status, body } = await upload(bytes);
    return `${status} ${body.problem?.message}`;
  };
  expect(await message(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'))).toBe(
    '400 photo: this is not a JPEG, PNG or WebP picture; choose another file',
  );
  expect(await message(jpeg.subarray(0, Math.floor(jpeg.length / 2)))).toBe('400 photo: the picture is cut off or damaged; take it again');
  expect(await message(Buffer.alloc(0))).toMatch(/^400 /);
  // A head that is right over a body that is not.
  const spoilt = await picture.png();
  spoilt.fill(7, 60, spoilt.length - 20);
  expect(await message(spoilt)).toBe('400 photo: the picture is cut off or damaged; take it again');
  const bomb = await picture.png();
  bomb.writeUInt32BE(20_000, 16);
  bomb.writeUInt32BE(20_000, 20);
  expect(await message(bomb)).toBe('400 photo: 20000 × 20000 pixels are too many; at most 40 million, make it smaller');
  expect(await message(Buffer.concat([jpeg, Buffer.alloc(3 * 1024 * 1024)]))).toBe('400 the body is larger than 2097152 bytes');
});

test('a repair holds eight photos, and one can be taken away', async () => {
  const { id } = await newRepair();
  const shots = await Promise.all(
    Array.from({ length: 9 }, (_, i) => Transformer.fromRgbaPixels(new Uint8Array(40 * 40 * 4).fill(20 * i + 20), 40, 40).jpeg(80)),
  );
  const answers = await Promise.all(shots.map(shot => upload(shot, tokens.east, id)));
  expect(answers.map(answer => answer.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 400]);
  const { body } = await server.get(`/api/v1/repairs/${id}`, tokens.east);
  const { photos } = body as RepairShown;
  const path = `/api/v1/repairs/${id}/photos/${photos[0]}`;
  expect((await server.send('DELETE', path, undefined, tokens.north)).status).toBe(403);
  expect((await server.send('DELETE', path, undefined, tokens.east)).body).toMatchObject({ photos: photos.slice(1) });
  expect((await download(photos[0], tokens.east)).status).toBe(404);
});

test('is shown and taken only where the repair itself may be', async () => {
  const { body } = await upload(jpeg);
  const seen = async (token: string) => (await download(body.photos[0], token)).status;
  expect(await Promise.all([tokens.east, tokens.operator1, tokens.county].map(seen))).toEqual([200, 200, 200]);
  expect(await Promise.all([tokens.north, tokens.operator2, tokens.otherCounty, tokens.viewer].map(seen))).toEqual([403, 403, 403, 403]);
  // From the cab of the broken machine, too.
  expect((await upload(jpeg, tokens.operator1)).status).toBe(200);
  for (const token of [tokens.north, tokens.operator2, tokens.otherCounty, tokens.viewer]) {
    expect((await upload(jpeg, token)).status).toBe(403);
  }
  expect(await Promise.all([tokens.east, tokens.viewer].map(token => download('0'.repeat(32), token).then(one => one.status)))).toEqual([
    404, 403,
  ]);
});
