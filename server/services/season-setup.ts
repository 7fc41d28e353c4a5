import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { type Operation, operations, type Season, type SeasonInput, seasonOf } from '../../shared/season.ts';
import { dustedMu } from '../../shared/units.ts';
import type { RegistryStore } from '../stores/registry.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { ProgressBoard } from './progress.ts';
import type { Registry } from './registry.ts';

/** A real season: how far it is set up, its creation, its dates. */
export class SeasonSetup {
  constructor(private readonly deps: { registry: Registry; store: RegistryStore; board: ProgressBoard; demo: boolean }) {}

  state(): RouteOutput<'setup'> {
    const { registry, board } = this.deps;
    const units = { city: 0, county: 0, town: 0, withArea: 0, withOutline: registry.outlines.length };
    for (const { code, level } of registry.divisions.values()) {
      units[level]++;
      if (registry.ownArea(code)) units.withArea++;
    }
    const root = registry.root();
    let fieldsDm2 = 0;
    for (const field of registry.fields.values()) fieldsDm2 += field.areaDm2;
    const machines = [...registry.machines.values()];
    return {
      season: registry.season,
      units,
      ...(root ? board.areasOf(root.code) : { plantedMu: 0, plannedMu: 0 }),
      machines: machines.length,
      withTerminal: machines.filter(machine => machine.hasTerminal).length,
      stations: registry.stations.length,
      fields: registry.fields.size,
      fieldsMu: dustedMu(muOfDm2(fieldsDm2)),
    };
  }

  async create({ areasFrom: _later, ...input }: SeasonInput & { areasFrom?: number | undefined }): Promise<Season> {
    const { registry, store, demo } = this.deps;
    if (demo) throw new Refusal('conflict', 'this is a demonstration: a real season has a database of its own (npm run serve)');
    if (registry.season) throw new Refusal('conflict', `the season ${registry.season.year} is open: edit it`);
    const season = checked(merged(seasonOf(input.year, false), input));
    await store.putSeason(season);
    registry.season = season;
    return season;
  }

  async edit(year: number, input: SeasonInput): Promise<Season> {
    const { registry, store, demo } = this.deps;
    if (demo) throw new Refusal('conflict', 'the dates of the demonstration stay as they are');
    const before = registry.season;
    if (before?.year !== year) throw new Refusal('notFound', `there is no open season ${year}`);
    if (input.year !== year) throw new Refusal('invalid', 'year: a season keeps its year');
    const season = checked(merged(before, input));
    await store.putSeason(season);
    registry.season = season;
    return season;
  }
}

const merged = (season: Season, input: SeasonInput): Season => ({
  ...season,
  ...(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Season>),
});

/** @throws Refusal when its dates contradict each other */
function checked(season: Season): Season {
  for (const operation of operations) checkDates(season, operation);
  const [west, south, east, north] = season.serviceArea;
  if (!(west < east && south < north)) throw new Refusal('invalid', 'serviceArea: west, south, east, north in degrees');
  return season;
}

function checkDates({ year, firstDay, deadline, workableHours }: Season, operation: Operation): void {
  const [from, to] = [firstDay[operation], deadline[operation]];
  for (const [name, day] of [['firstDay', from] as const, ['deadline', to] as const])
    if (!day.startsWith(`${year}-`)) throw new Refusal('invalid', `${name}.${operation}: ${day} is not in ${year}`);
  if (from >= to) throw new Refusal('invalid', `firstDay.${operation}: must be before the deadline ${to}`);
  const hours = workableHours[operation];
  if (hours.from >= hours.to) throw new Refusal('invalid', `workableHours.${operation}: from must be before to`);
}
