import { beforeAll, expect, test } from 'vitest';
import type { CandidateShown } from '../../../shared/candidate.ts';
import type { FixRow } from '../../../shared/fix.ts';
import type { Field } from '../../../shared/registry.ts';
import { ask, at, COUNTY, field, machine, NOON, rectangle, type TestApp, TOWN, testApp } from '../../app-for-test.ts';
import { digestOf } from '../digest.ts';
import { Pace } from '../pace.ts';

const MINUTE = 60_000;

/** To and fro over a ground of so many metres, in passes 2.4 m apart at 1.25 m/s, a fix every 2 s, then off by road to the south. */
function work(from: number, [east, north, lengthM, widthM]: [number, number, number, number]): FixRow[] {
  const places: [number, number][] = [];
  for (let pass = 0; 1.25 + 2.4 * pass <= widthM - 1; pass++) {
    const y = north + 1.25 + 2.4 * pass;
    for (let x = 0; x <= lengthM; x += 2.5) places.push([pass % 2 === 0 ? east + x : east + lengthM - x, y]);
  }
  for (let i = 1; i <= 150; i++) places.push([east - 13 * i, north - 20]);
  return places.map(([x, y], i) => [i + 1, from + 2000 * i, ...at(x, y), null, null, null, null, null] as FixRow);
}

async function report(server: TestApp, id: string, parts: FixRow[]): Promise<void> {
  const rows = parts.map(([, ...rest], i) => [i + 1, ...rest]);
  const socket = await server.connect(await server.token({ role: 'device', machine: id }));
  for (let i = 0; i < rows.length; i += 300) {
    const reply = (await ask(socket, 'fix:report', { v: 1, outbox: `outbox-of-${id}`, rows: rows.slice(i, i + 300) })) as { ok: boolean };
    expect(reply.ok).toBe(true);
  }
  socket.disconnect();
}

const machines = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'].map(id => machine(id));
const HOUR_AGO = NOON - 60 * MINUTE;
/** A field that is known, 60 m north of ground that is not. */
const KNOWN = field('F1', rectangle(0, 100, 120, 30));

let server: TestApp;
let token: string;
const open = async (): Promise<CandidateShown[]> =>
  ((await server.get(`/api/v1/candidates?division=${COUNTY}`, token)).body as { candidates: CandidateShown[] }).candidates;
const post = <T>(path: string, body: unknown) =>
  server.send('POST', `/api/v1/candidates/${path}`, body, token) as Promise<{ status: number; body: T }>;

beforeAll(async () => {
  server = await testApp({ fields: [KNOWN], machines });
  token = await server.token({ role: 'dispatcher', division: COUNTY });
});

const look = () => server.app.book.candidateWatch.look();

test('ground that machines worked and no list knows becomes one candidate, and looked at again it is the same one', async () => {
  await report(server, 'C1', work(HOUR_AGO, [0, 0, 100, 30]));
  await look();
  const [first, ...others] = await open();
  expect(others).toEqual([]);
  expect(first).toMatchObject({ operation: 'harvest', state: 'open', town: TOWN, village: '官峪村', firstAt: HOUR_AGO });
  // 12 passes 2.4 m apart of 2.5 m, 100 m long: 28.9 m × 100 m = 2890 m², 4.335 mu; and what is turned through at both ends.
  expect(first.areaMu).toBeGreaterThan(4.33);
  expect(first.areaMu).toBeLessThan(4.5);
  expect(first.machines).toEqual([{ machine: 'C1', coveredMu: first.coveredMu }]);
  server.app.book.openWork.spots.forEach(spot => {
    spot.searchedSeq = 0;
  });
  await look();
  expect(await open()).toEqual([first]);
});

test('confirmed it is a field, covered from history as if it had always been known', async () => {
  const [candidate] = await open();
  const wish = { version: candidate.version, town: TOWN, village: '官峪村', crop: 'wheat', ripeDate: null };
  const confirmed = await post<Field>(`${candidate.id}/confirm`, wish);
  expect(confirmed.body).toMatchObject({ id: `${TOWN}-${candidate.id}`, polygon: candidate.polygon, town: TOWN });
  await server.app.book.refolder.settled(20_000);
  const known = await testApp({ fields: [KNOWN, { ...confirmed.body, reportedHarvested: null }], machines });
  await report(known, 'C1', work(HOUR_AGO, [0, 0, 100, 30]));
  const digests = await Promise.all(
    [server, known].map(one => one.app.book.fold.evaluateAll().then(() => digestOf(one.app.book.log, one.app.book.fold))),
  );
  expect(digests[0]).toEqual(digests[1]);
  expect(digests[0].totals.harvestDm2).toBeGreaterThan(288_000);
  expect(await open()).toEqual([]);
  // An answer that was lost is asked for again.
  expect((await post<Field>(`${candidate.id}/confirm`, wish)).body.id).toBe(confirmed.body.id);
});

test('two machines on one ground share it; what was discarded is not found again', async () => {
  const rows = work(HOUR_AGO, [600, 0, 100, 40]);
  const half = rows.findIndex(([, , , lat]) => lat > at(0, 21)[1]);
  await report(server, 'C2', [...rows.slice(0, half), ...rows.slice(-150)]);
  await report(server, 'C3', rows.slice(half));
  await look();
  const [candidate, ...others] = await open();
  expect(others).toEqual([]);
  const shares = candidate.machines.map(({ coveredMu }) => coveredMu);
  expect(candidate.machines.map(({ machine: id }) => id).sort()).toEqual(['C2', 'C3']);
  expect(shares[0] + shares[1]).toBeCloseTo(candidate.coveredMu, 6);
  // Nine passes 2.4 m apart are 8 × 2.4 + 2.5 = 21.7 m, 3.255 mu of 100 m; seven more beside them 16.8 m, 2.52 mu: neither counts the other's.
  const muOf = (id: string) => candidate.machines.find(share => share.machine === id)!.coveredMu;
  expect(Math.abs(muOf('C2') / 3.255 - 1)).toBeLessThan(0.03);
  expect(Math.abs(muOf('C3') / 2.52 - 1)).toBeLessThan(0.03);
  expect((await post(`${candidate.id}/discard`, { version: candidate.version, reason: '打谷场' })).status).toBe(200);
  server.app.book.openWork.spots.forEach(spot => {
    spot.searchedSeq = 0;
  });
  await look();
  expect(await open()).toEqual([]);
  expect((await post(`${candidate.id}/discard`, { version: candidate.version, reason: '打谷场' })).status).toBe(409);
  // Somebody thinks better of it: it is there again, once, and discarded a second time.
  const again = await post<CandidateShown>(`${candidate.id}/reopen`, { version: candidate.version + 1 });
  expect(again.body).toMatchObject({ id: candidate.id, state: 'open', decided: null, coveredMu: candidate.coveredMu });
  expect((await post(`${candidate.id}/reopen`, { version: candidate.version + 2 })).status).toBe(409);
  expect((await open()).map(({ id }) => id)).toEqual([candidate.id]);
  expect((await post(`${candidate.id}/discard`, { version: candidate.version + 2, reason: '打谷场' })).status).toBe(200);
});

test('one that the tracks do not show any more is withdrawn and comes back with them; where a field comes to lie it is part of that', async () => {
  await report(server, 'C6', work(HOUR_AGO, [1200, 0, 60, 20]));
  await look();
  const [candidate] = await open();
  const decided = async () => {
    const { body } = await server.get(`/api/v1/candidates?division=${COUNTY}&state=decided`, token);
    return (body as { candidates: CandidateShown[] }).candidates.find(({ id }) => id === candidate.id);
  };
  const carries = async (operation: 'harvest' | null) => {
    const corrected = machine('C6', { implements: [{ from: 0, operation, workingWidthM: 2.5 }] });
    await server.app.lists.take({ machines: { added: [], replaced: [corrected] } }, new Pace());
    await look();
  };
  // It turns out that it carried no header: what it drove to and fro is no work.
  await carries(null);
  const gone = { by: null, at: NOON, reason: 'the tracks show no field there any more', field: null, into: null };
  expect([await open(), await decided()]).toEqual([[], { ...candidate, state: 'withdrawn', version: 2, decided: gone }]);
  await carries('harvest');
  expect(await open()).toEqual([{ ...candidate, version: 3 }]);
  const drawn = { id: 'F2', polygon: candidate.polygon, town: TOWN, village: '', crop: '', ripeDate: null };
  expect((await server.send('POST', '/api/v1/fields', drawn, token)).status).toBe(200);
  await look();
  expect([await open(), await decided()]).toEqual([
    [],
    expect.objectContaining({ state: 'merged', decided: expect.objectContaining({ field: 'F2' }) }),
  ]);
});

test('two that lie beside each other are joined, and the field beside them grows by what was worked there', async () => {
  // Two grounds with a path of 5 m between, the northern one 4 m below the known field, which nobody has worked yet.
  await report(server, 'C4', work(HOUR_AGO, [0, 96 - 25, 120, 22.5]));
  await report(server, 'C5', work(HOUR_AGO, [0, 96 - 55, 120, 25]));
  await look();
  const found = await open();
  expect(found.map(({ machines: [share] }) => share.machine).sort()).toEqual(['C4', 'C5']);
  const named = found.map(({ id, version }) => ({ id, version }));
  const { body: whole } = await post<CandidateShown>('merge', { candidates: named });
  // All that both covered, and with the path between them a larger area than both together.
  expect(whole.coveredMu).toBeCloseTo(found[0].coveredMu + found[1].coveredMu, 6);
  expect(whole.areaMu).toBeGreaterThan(found[0].areaMu + found[1].areaMu);
  expect((await open()).map(({ id }) => id)).toEqual([whole.id]);
  const { book } = server.app;
  const { version, shape } = book.registry.fields.get('F1')!;
  expect(book.fold.coverageOf('F1', 'harvest')).toBeNull();
  const grown = await post<Field>(`${whole.id}/enlarge`, { version: whole.version, field: { id: 'F1', version } });
  expect([grown.status, await open()]).toEqual([200, []]);
  expect(grown.body.areaMu).toBeGreaterThan(shape.areaM2 / (2000 / 3) + whole.areaMu);
  await book.refolder.settled(20_000);
  await book.fold.evaluateAll();
  // What was covered before the field was that large counts in it.
  expect(book.fold.coverageOf('F1', 'harvest')!.coveredDm2 / (2000 / 3) / 100 / whole.coveredMu).toBeGreaterThan(0.98);
});
