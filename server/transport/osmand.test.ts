import { describe, expect, test } from 'vitest';
import { at, NOON, testApp } from '../app-for-test.ts';
import { acceptedOf } from '../services/outbox.ts';

describe('a phone with Traccar Client or OsmAnd', async () => {
  const server = await testApp();
  const token = await server.token({ role: 'device', machine: 'C1' });
  const [lng, lat] = at(0, 0);
  const since = NOON - 3_600_000;
  const post = (query: string, body?: object | string) =>
    fetch(`${server.url}/osmand?${query}`, {
      method: 'POST',
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json' },
      }),
    });
  const stored = async () => {
    const fixes = [];
    for await (const batch of server.app.book.log.ofMachine('C1', 0, NOON)) fixes.push(...acceptedOf(batch));
    return fixes.map(fix => [(fix.fixTime - since) / 1000, fix.lng, fix.lat, fix.speedKmh, fix.headingDeg, fix.accuracyM]);
  };

  test('reports in every form that they know, each fix once', async () => {
    const place = `lat=${lat}&lon=${lng}`;
    expect((await post(`id=${token}&${place}&timestamp=${since / 1000}&speed=10&bearing=360&accuracy=4.5`)).status).toBe(200);
    expect((await post(`id=${token}&${place}&timestamp=${since / 1000}&speed=10&bearing=360&accuracy=4.5`)).status).toBe(200);
    expect((await post('', `id=${token}&${place}&timestamp=${since + 1000}`)).status).toBe(200);
    const { status } = await fetch(
      `${server.url}/osmand?deviceid=${token}&location=${lat},${lng}&timestamp=${encodeURIComponent(new Date(since + 2000).toISOString())}`,
    );
    expect(status).toBe(200);
    const coords = { latitude: lat, longitude: lng, speed: 1.5, heading: -1, accuracy: 3 };
    const json = { device_id: token, location: { timestamp: new Date(since + 3000).toISOString(), coords } };
    expect((await post('', json)).status).toBe(200);
    const [x, y] = [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
    expect(await stored()).toEqual([
      [0, x, y, 18.52, 0, 4.5],
      [1, x, y, null, null, null],
      [2, x, y, null, null, null],
      [3, x, y, 5.4, null, 3],
    ]);
  });

  test('with a wrong token, or a token that is no machine’s, stores nothing', async () => {
    const rest = `lat=${lat}&lon=${lng}&timestamp=${since / 1000 + 60}`;
    expect((await post(`id=123456&${rest}`)).status).toBe(401);
    expect((await post(rest)).status).toBe(401);
    expect((await post(`id=${await server.token({ role: 'viewer' })}&${rest}`)).status).toBe(403);
    expect(await stored()).toHaveLength(4);
  });

  test('is told what is wrong with what cannot be read', async () => {
    const answer = await post(`id=${token}&lat=91&lon=${lng}&timestamp=${since / 1000}`);
    expect([answer.status, await answer.text()]).toEqual([400, 'lat, lon: must be degrees']);
    expect((await post(`id=${token}&lat=${lat}&lon=${lng}&timestamp=yesterday`)).status).toBe(400);
    expect((await post(`id=${token}&lat=${lat}&lon=${lng}`)).status).toBe(400);
  });

  test('off duty is not followed', async () => {
    await server.app.book.duties.change('C1', 'test', { id: '11111111-1111-4111-8111-111111111111', on: false, at: since + 10_000 });
    const place = `id=${token}&lat=${lat}&lon=${lng}`;
    expect((await post(`${place}&timestamp=${since + 20_000}`)).status).toBe(200);
    expect(await stored()).toHaveLength(4);
  });
});
