import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FuelShown } from '../../shared/fuel.ts';
import { at, machine, NOON, station, testApp } from '../app-for-test.ts';

const server = await testApp({ machines: [machine('C1'), machine('C2')], stations: [station('S1', 100, 0), station('S2', 9000, 0)] });
const cab = await server.token({ role: 'device', machine: 'C1', name: 'C1' });
const desk = await server.token({ role: 'station', station: 'S1', name: '站员' });

test('fuel asked for in the cab goes to the nearest station, once, and comes back delivered', async () => {
  const request = { id: randomUUID(), litres: 150, note: '', lngLat: at(0, 0), requestedAt: NOON - 60_000 };
  const asked = await server.send('post', '/api/v1/fuel/request', request, cab);
  const again = await server.send('post', '/api/v1/fuel/request', request, cab);
  expect([asked.status, asked.body, again.body]).toEqual([200, expect.objectContaining({ state: 'requested', station: 'S1' }), asked.body]);
  const second = await server.send('post', '/api/v1/fuel/request', { ...request, id: randomUUID() }, cab);
  expect([second.status, second.body]).toMatchObject([409, { problem: { message: 'open: 150 litres are asked for already' } }]);

  const path = `/api/v1/fuel/${request.id}`;
  const edit = (version: number, changes: object) => server.send('put', path, { version, changes }, desk);
  const taken = await edit(1, { takenAt: NOON - 30_000, carrier: '油车 1' });
  expect(taken.body).toMatchObject({ state: 'taken', version: 2 });
  expect((await edit(1, { takenAt: NOON - 30_000, carrier: '油车 1' })).body).toMatchObject({ version: 2 });
  expect((await edit(1, { carrier: '油车 2' })).status).toBe(409);
  expect((await edit(2, { deliveredAt: NOON })).status).toBe(400);
  await edit(2, { deliveredAt: NOON, deliveredLitres: 148.5, pricePerLitre: 7.2 });
  const open = await server.get('/api/v1/fuel?state=open', desk);
  const closed = await server.get('/api/v1/fuel?state=closed', desk);
  const rows = (answer: { body: unknown }) => (answer.body as { bookings: FuelShown[] }).bookings.map(({ id, state }) => [id, state]);
  expect([rows(open), rows(closed)]).toEqual([[], [[request.id, 'delivered']]]);
});
