import type { Division, Field, FieldInput, Machine, PlannedArea, Polygon, Reported, Station } from '../../shared/registry.ts';
import type { Season } from '../../shared/season.ts';
import { muOfM2 } from '../../shared/units.ts';
import { areaM2Of } from '../domain/polygon-check.ts';
import type { RegistryStore } from '../stores/registry.ts';

/** A season as it comes from outside, fields as a stream: a full city has some 290,000. */
export interface SeasonPlan {
  season: Season;
  divisions: readonly Division[];
  outlines: ReadonlyMap<string, Polygon>;
  outlineSource: string;
  plannedAreas: readonly PlannedArea[];
  stations: readonly Station[];
  machines: readonly Machine[];
  reported: readonly Reported[];
  fieldCount: number;
  /** Those that are `isUnmapped` stay outside of the lists. */
  fields(): Iterable<FieldInput & { county: string; reportedHarvested: { at: number; author: string } | null; isUnmapped?: true }>;
}

const CHUNK = 2000;

/** Fills an empty database with a season. `progress` is told after each chunk of fields. */
export async function loadSeason(store: RegistryStore, plan: SeasonPlan, progress: (done: number, of: number) => void): Promise<void> {
  await store.addDivisions(plan.divisions);
  await store.addOutlines([...plan.outlines].map(([division, polygon]) => ({ division, polygon, source: plan.outlineSource })));
  await store.addPlannedAreas(plan.plannedAreas);
  await store.addStations(plan.stations);
  await store.addMachines(plan.machines);
  await store.addAllReported(plan.reported);
  let chunk: Field[] = [];
  let done = 0;
  const flush = async () => {
    await store.addFields(chunk);
    done += chunk.length;
    progress(done, Math.max(done, plan.fieldCount));
    chunk = [];
  };
  for (const { isUnmapped, ...field } of plan.fields()) {
    if (isUnmapped) done += 1;
    else chunk.push({ ...field, areaMu: muOfM2(areaM2Of(field.polygon)), version: 1 });
    if (chunk.length >= CHUNK) await flush();
  }
  if (chunk.length > 0) await flush();
  // Last: a season that is there is whole.
  await store.putSeason(plan.season);
}
