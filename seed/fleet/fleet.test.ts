import { expect, test } from 'vitest';
import { at, divisions, field, machine, NOON, rectangle, TOWN, testApp } from '../../server/app-for-test.ts';
import type { Machine } from '../../shared/registry.ts';
import { Fleet } from './fleet.ts';
import { JobBoard } from './job-board.ts';
import type { FleetSeason } from './muster.ts';
import { driversOf, fieldsOf, serviceOf, stationsByCounty } from './muster.ts';
import { ServerView } from './server-view.ts';

const CITY = '410100';
const strips = [0, 40, 80, 120].map((north, i) => field(`F${i}`, rectangle(0, north, 144, 33)));
const machines: Machine[] = [
  machine('C1'),
  machine('S1', { kind: 'seeder', implements: [{ from: 0, operation: 'sow', workingWidthM: 3 }] }),
];
const season: FleetSeason = {
  divisions,
  plannedAreas: [],
  stations: [{ id: 'Z1', name: '站', division: TOWN, location: at(300, 300) }],
  machines,
  reported: [],
  fields: () => strips,
};

test('the fleet cuts and sows fields that the server then knows as cut and sown, and a restart goes on', async () => {
  let now = NOON;
  const app = await testApp({ fields: strips, machines, now: () => now });
  const tokens = new Map<string, string>();
  for (const { id } of machines) tokens.set(id, await app.token({ role: 'device', machine: id }));
  const server = new ServerView(app.url, { viewer: await app.token({ role: 'viewer' }), clerk: '', service: '' });
  const troubles: string[] = [];

  const play = async (hours: number, outbox: string) => {
    const { known } = await server.start(CITY);
    const fields = fieldsOf(season, 1, known);
    const drivers = driversOf(season, machines, fields, { seed: 1, known });
    const fleet = new Fleet({
      url: app.url,
      tokens,
      board: new JobBoard(fields, serviceOf(drivers, fields)),
      stations: stationsByCounty(season),
      newOutbox: () => outbox,
      onClock: () => undefined,
      onTrouble: (_, what) => troubles.push(what),
    });
    for (const driver of drivers) fleet.join(driver, now);
    for (const until = now + hours * 3_600_000; now < until; now += 60_000) fleet.tick(now);
    await fleet.drained();
    await app.app.book.fold.evaluateAll();
    fleet.close();
    return known;
  };

  const first = await play(7, 'first-outbox');
  expect([...first.stages, ...first.places]).toEqual([]);
  const second = await play(0.1, 'second-outbox');
  expect(troubles).toEqual([]);
  expect([...second.places.keys()].sort()).toEqual(['C1', 'S1']);
  const cut = [...second.stages].filter(([, stage]) => stage === 'harvested' || stage === 'sown');
  expect(cut.length).toBeGreaterThanOrEqual(2);
  expect([...second.stages.values()]).toContain('sown');
});
