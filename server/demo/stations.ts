import { shelvesOf } from '../../seed/season/shelves.ts';
import type { Team } from '../../shared/station-load.ts';
import { rowId } from '../services/imports/reception.ts';
import { Registry } from '../services/registry.ts';
import { Stock } from '../services/stock.ts';
import type { Connection } from '../stores/connection.ts';
import type { RegistryStore } from '../stores/registry.ts';
import { StockStore } from '../stores/stock.ts';
import { TeamStore } from '../stores/teams.ts';

/** What stations begin the demonstration with: shelves, diesel, and who drives out. Everybody is invented. */
export async function enterStations(connection: Connection, lists: RegistryStore, { startsAt, seed }: { startsAt: number; seed: number }) {
  const registry = new Registry(lists);
  await registry.loadLists();
  const store = new StockStore(connection);
  const teams = new TeamStore(connection);
  await store.prepare();
  await teams.prepare();
  const stock = new Stock({ store, registry, now: () => startsAt });
  await stock.load();
  for (const [i, { id }] of registry.stations.entries()) {
    // A loading that was cut off is taken up where it stopped.
    if (stock.ofStation(id).length > 0) continue;
    for (const team of teamsOf(id, i)) await teams.put(team);
    let line = 0;
    const newId = () => rowId('demo shelf', id, startsAt, line++);
    await stock.putAll(shelvesOf(id, seed), { by: '演示服务站', newId, why: '三夏备货' });
  }
}

/** Every second station has two. */
const teamsOf = (station: string, i: number): Team[] =>
  Array.from({ length: 1 + (i % 2) }, (_, j) => ({
    id: rowId('demo team', station, j),
    station,
    name: `流动服务 ${j + 1} 队`,
    people: `演示技师 ${String(2 * i + j + 1).padStart(2, '0')}`,
    phone: '',
    isGone: false,
  }));
