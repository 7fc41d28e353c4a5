import type { LngLat, Station } from '../../shared/registry.ts';
import type { RepairStep } from '../../shared/repair-steps.ts';
import { lastStep, overdueMin } from '../../shared/repair-steps.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { dayStart } from '../../shared/season.ts';
import type { StationLoad, Team } from '../../shared/station-load.ts';
import { roadKm, usualTravel } from '../domain/moves/travel.ts';
import type { RepairStore } from '../stores/repairs.ts';
import type { TeamStore } from '../stores/teams.ts';
import type { Registry } from './registry.ts';
import type { Repairs } from './repairs.ts';
import type { Stock } from './stock.ts';

const HOUR_MS = 3_600_000;
const MOST_CHOICES = 6;
/** Means are of closed repairs: a minute old will do. */
const MEANS_MS = 60_000;

type Choices = RouteOutput<'repairChoices'>['choices'];

/** How busy each station is, its mobile teams, and who could take a repair. */
export class StationDesk {
  private readonly teams = new Map<string, Team>();
  private means: { at: number; of: Map<string, { count: number; meanMs: number }> } | null = null;

  constructor(
    private readonly deps: {
      store: TeamStore;
      repairStore: RepairStore;
      repairs: Repairs;
      stock: Stock;
      registry: Registry;
      now: () => number;
    },
  ) {}

  async load(): Promise<void> {
    for (const team of await this.deps.store.all()) this.teams.set(team.id, team);
  }

  teamsOf = (station: string): Team[] => [...this.teams.values()].filter(team => team.station === station && !team.isGone);

  async putTeam(team: Team): Promise<{ before: Team | null; after: Team }> {
    const before = this.teams.get(team.id) ?? null;
    if (before && before.station !== team.station) throw new Refusal('conflict', 'id: another station has this team; make a new one');
    if (!this.deps.registry.stations.some(({ id }) => id === team.station))
      throw new Refusal('invalid', `station: there is no station ${team.station}`);
    const twin = this.teamsOf(team.station).find(one => one.id !== team.id && one.name === team.name);
    if (twin && !team.isGone) throw new Refusal('conflict', 'name: this station has a team of this name; choose another');
    await this.deps.store.put(team);
    this.teams.set(team.id, team);
    return { before, after: team };
  }

  async loads(stations: readonly Station[]): Promise<StationLoad[]> {
    const open = this.deps.repairs.openByStation();
    const means = await this.returnTimes();
    const now = this.deps.now();
    return stations.map(({ id: station, name }) => {
      const repairs = open.get(station) ?? [];
      const mean = means.get(station);
      return {
        station,
        name,
        open: repairs.length,
        waiting: repairs.filter(({ startedAt }) => startedAt === null).length,
        waitingParts: repairs.filter(({ steps }) => lastStep(steps).stage === 'waitingParts').length,
        overdue: repairs.filter(({ steps }) => overdueMin(steps, now) !== null).length,
        meanReturnH: mean ? Math.round((mean.meanMs / HOUR_MS) * 10) / 10 : null,
        returned: mean?.count ?? 0,
        partsMissing: this.deps.stock.missingAt(station).map(row => row.name),
        fuelL: this.deps.stock.fuelAt(station),
      };
    });
  }

  /** The nearest stations of a place, each with its teams: where a team is follows from the repair it is at, unless that is this one. */
  async choices({ id: own, lngLat }: { id: string | null; lngLat: LngLat | null }): Promise<Choices> {
    const { stations } = this.deps.registry;
    const way = (from: LngLat) => (lngLat ? travelOf(from, lngLat) : { km: null, hours: null });
    const near = stations
      .map(station => ({ station, ...way(station.location) }))
      .sort((a, b) => (a.km ?? 0) - (b.km ?? 0))
      .slice(0, MOST_CHOICES);
    const loads = await this.loads(near.map(({ station }) => station));
    const open = this.deps.repairs.openByStation();
    return near.map(({ station, km, hours }, i) => {
      const out = (open.get(station.id) ?? []).filter(({ id, steps }) => id !== own && isOut(steps));
      const teams = this.teamsOf(station.id).map(team => {
        const at = out.find(one => one.team === team.name);
        return { ...team, isBusy: at !== undefined, ...way(at?.lngLat ?? station.location) };
      });
      return { ...loads[i], km, hours, teams };
    });
  }

  private async returnTimes(): Promise<Map<string, { count: number; meanMs: number }>> {
    const now = this.deps.now();
    if (this.means && Math.abs(now - this.means.at) < MEANS_MS) return this.means.of;
    const year = this.deps.registry.season?.year;
    const times = year === undefined ? [] : await this.deps.repairStore.returnTimes(dayStart(`${year}-01-01`));
    this.means = { at: now, of: new Map(times.map(({ station, ...mean }) => [station, mean])) };
    return this.means.of;
  }
}

/** Taken by somebody, and not done yet. */
const isOut = (steps: readonly RepairStep[]): boolean => ['onWay', 'diagnosing', 'repaired'].includes(lastStep(steps).stage);

/** A team drives a van, as fast as a lorry; nothing has to be loaded. */
function travelOf([lng, lat]: LngLat, to: LngLat): { km: number; hours: number } {
  const km = roadKm({ lng, lat }, { lng: to[0], lat: to[1] }, usualTravel.detour);
  return { km: Math.round(km * 10) / 10, hours: Math.round((km / usualTravel.lorryKmh) * 100) / 100 };
}
