import { loadSeason, type SeasonPlan } from './services/season-load.ts';
import { connectStores, writeMark } from './stores/connection.ts';
import { RegistryStore } from './stores/registry.ts';

export type { SeasonPlan };

/** Fills an empty database with a season as a real one, for drills and benches that bring their own. */
export async function loadTrialSeason(uri: string, plan: SeasonPlan): Promise<void> {
  const connection = await connectStores(uri);
  try {
    const store = new RegistryStore(connection);
    await writeMark(connection, false, Date.now());
    await store.prepare();
    await loadSeason(store, plan, () => undefined);
  } finally {
    await connection.close();
  }
}
