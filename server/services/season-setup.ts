import type { PlannedArea } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { SealedSeason } from '../../shared/routes/setup.ts';
import { type Operation, operations, type Season, type SeasonInput, seasonOf } from '../../shared/season.ts';
import { dustedMu } from '../../shared/units.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { SeasonBook } from './season-book.ts';
import { sealSeason } from './season-close.ts';

/** A real season: how far it is set up, its creation, its dates. */
export class SeasonSetup {
  constructor(
    private readonly deps: {
      book: SeasonBook;
      demo: boolean;
      /** Brings the program up again on what is stored; null in a test. */
      reopen: (() => void) | null;
    },
  ) {}

  async state(): Promise<RouteOutput<'setup'>> {
    const { registry, board, registryStore } = this.deps.book;
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
      contracts: this.deps.book.requests.contracts().length,
      closed: await registryStore.closedSeasons(),
    };
  }

  /**
   * The first season is there at once. A later one begins with the lists of the closed one, coverage and reports anew: the program has to be
   * brought up again on it (`reopens`).
   */
  async create(
    { areasFrom, ...input }: SeasonInput & { areasFrom?: number | undefined },
    author: string,
  ): Promise<Season & { reopens: boolean }> {
    const { demo, book } = this.deps;
    const { registry, registryStore } = book;
    if (demo) throw new Refusal('conflict', 'this is a demonstration: a real season has a database of its own (npm run serve)');
    const before = registry.season;
    if (before && before.closedAt === undefined) throw new Refusal('conflict', `the season ${before.year} is open: close it first`);
    if (before && input.year <= before.year) throw new Refusal('invalid', `year: must be after ${before.year}, which is closed`);
    const season = checked(merged(seasonOf(input.year, false), input));
    if (!before) {
      await registryStore.putSeason(season);
      registry.season = season;
      return { ...season, reopens: false };
    }
    const next: Season = { ...season, fromBatch: await book.log.lastNumber() };
    const areas = areasFrom === undefined ? [] : await this.areasOf(areasFrom, { year: next.year, author });
    const planned = { added: areas, replaced: [] };
    await registryStore.change({ seasons: { added: [next], replaced: [] }, planned, freshFields: true });
    return { ...next, reopens: true };
  }

  async edit(year: number, input: SeasonInput): Promise<Season> {
    const season = checked(merged(this.openSeason(year), input));
    if (season.year !== year) throw new Refusal('invalid', 'year: a season keeps its year');
    await this.deps.book.registryStore.putSeason(season);
    this.deps.book.registry.season = season;
    return season;
  }

  async close(year: number, { confirm, author }: { confirm: string; author: string }): Promise<Season> {
    const season = this.openSeason(year);
    if (confirm.trim() !== String(year)) throw new Refusal('invalid', `confirm: type ${year} to close this season for good`);
    const { book, reopen } = this.deps;
    try {
      const closed = await sealSeason(book, { season, author, now: book.clock.season() });
      book.registry.season = closed;
      return closed;
    } catch (error) {
      // What came meanwhile was not folded: the season as it is stored is read again.
      reopen?.();
      throw error;
    }
  }

  async sealed(year: number): Promise<SealedSeason> {
    const sealed = await this.deps.book.registryStore.sealed(year);
    if (!sealed) throw new Refusal('notFound', `there is no closed season ${year}`);
    return sealed;
  }

  private openSeason(year: number): Season {
    const { season } = this.deps.book.registry;
    if (this.deps.demo) throw new Refusal('conflict', 'the demonstration stays as it is');
    if (season?.year !== year) throw new Refusal('notFound', `there is no open season ${year}`);
    if (season.closedAt !== undefined) throw new Refusal('conflict', 'the season is closed: nothing of it changes any more');
    return season;
  }

  /** The latest version of each unit's area of a year, as the first of another. */
  private async areasOf(from: number, { year, author }: { year: number; author: string }): Promise<PlannedArea[]> {
    const latest = new Map<string, PlannedArea>();
    for (const area of await this.deps.book.registryStore.plannedAreas(from)) latest.set(area.division, area);
    return [...latest.values()].map(area => ({ ...area, year, version: 1, at: this.deps.book.clock.season(), author }));
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
