import type { Machine } from '../../shared/registry.ts';
import { dayOf, dayStart, type Operation, operations } from '../../shared/season.ts';
import type {
  AlertWorld,
  Seen,
  WatchedMachine,
  WatchedObjection,
  WatchedOutboxes,
  WatchedStation,
  WatchedUnit,
  WatchedVisitor,
} from '../domain/alerts/world.ts';
import { centreOf } from '../domain/tiles.ts';
import type { AlertSources, UnsownField } from './alert-sources.ts';
import type { Duties } from './duties.ts';
import type { Fold, FoldedOutbox } from './fold.ts';
import type { LiveFleet, LiveMachine } from './live-fleet.ts';
import type { ProgressBoard } from './progress.ts';
import type { Registry } from './registry.ts';
import type { Repairs } from './repairs.ts';

const none: readonly string[] = [];

/** Gathers what the rules look at: one pass over machines, outboxes, counties and repairs. */
export class AlertWorldView {
  private listensSince: number | null = null;
  /** Set once forecasts, rain and orders are there. */
  sources: Pick<AlertSources, 'chanceInTime' | 'isWorkable' | 'unsownByCounty' | 'sentTo' | 'handedOver' | 'openObjections'> | null = null;

  constructor(
    private readonly deps: {
      registry: Registry;
      fleet: LiveFleet;
      duties: Duties;
      repairs: Repairs;
      fold: Pick<Fold, 'outboxes'>;
      board: ProgressBoard;
    },
  ) {}

  async at(now: number): Promise<AlertWorld | null> {
    const { season, machines } = this.deps.registry;
    if (!season || season.closedAt !== undefined) return null;
    const sentTo = this.sources?.sentTo(now);
    const shifted = this.shifted();
    const unsown = await this.sources?.unsownByCounty(now);
    this.listensSince ??= now;
    return {
      now,
      listensSince: this.listensSince,
      today: dayStart(dayOf(now)),
      season,
      machines: [...machines.values()].map(machine => this.machine(machine, { sentTo: sentTo?.get(machine.id) ?? none, shifted, now })),
      units: this.units(now, unsown),
      stations: this.stations(),
      outboxes: this.outboxes(now),
      visitors: this.visitors(),
      objections: this.objections(),
    };
  }

  private machine(
    { id, plate, division, implements: mounted }: Machine,
    { sentTo, shifted, now }: { sentTo: readonly string[]; shifted: ReadonlySet<string>; now: number },
  ): WatchedMachine {
    const { fleet, duties } = this.deps;
    const live = fleet.machines.get(id);
    let operation: Operation | null = null;
    for (const implement of mounted) if (implement.from <= now) operation = implement.operation;
    return {
      id,
      plate,
      county: this.countyOf(division),
      duty: duties.of(id),
      inRepair: fleet.isInRepair(id),
      operation,
      seen: live ? this.seen(live) : null,
      sentTo,
      looksShifted: shifted.has(id),
    };
  }

  private seen({ lngLat, fixTime, state, stateSince, county, fieldId }: LiveMachine): Seen {
    const fieldCounty = fieldId === null ? null : (this.deps.registry.fields.get(fieldId)?.county ?? null);
    return { lngLat: [...lngLat], fixTime, state, stateSince, county, fieldCounty };
  }

  /** The county in which a unit lies; of the city, the city. */
  private countyOf(division: string): string {
    const { registry } = this.deps;
    return registry.chain(division).find(code => registry.divisions.get(code)?.level === 'county') ?? division;
  }

  private units(now: number, unsown: ReadonlyMap<string, UnsownField[]> | undefined): WatchedUnit[] {
    const { registry, board } = this.deps;
    const counties = [...registry.divisions.values()].filter(({ level }) => level === 'county');
    return counties.flatMap(({ code, name }) => {
      const { plantedMu, plannedMu, ...unit } = board.unitNow(code);
      return operations.map(operation => ({
        code,
        name,
        operation,
        chanceInTime: this.sources?.chanceInTime(code, operation) ?? null,
        isWorkable: this.sources?.isWorkable(code, now) ?? null,
        unsown: operation === 'sow' ? (unsown?.get(code) ?? []) : [],
        leftMu: (operation === 'harvest' ? plantedMu : plannedMu) - unit[operation].headlineMu,
      }));
    });
  }

  private stations(): WatchedStation[] {
    const { registry, repairs } = this.deps;
    const open = repairs.openByStation();
    return registry.stations.map(({ id, name, division, location }) => ({
      id,
      name,
      county: this.countyOf(division),
      lngLat: location,
      repairs: open.get(id) ?? [],
    }));
  }

  private visitors(): WatchedVisitor[] {
    const { registry } = this.deps;
    return (this.sources?.handedOver() ?? []).flatMap(({ machine, plate, station, since }) => {
      const at = registry.stations.find(({ id }) => id === station);
      return at ? [{ machine, plate, since, station: at.name, county: this.countyOf(at.division), lngLat: at.location }] : [];
    });
  }

  /** By the outbox of each machine that was heard last, in one pass. */
  private shifted(): ReadonlySet<string> {
    const latest = new Map<string, FoldedOutbox>();
    for (const outbox of this.deps.fold.outboxes.values())
      if ((outbox.lastFixTime ?? 0) > (latest.get(outbox.machine)?.lastFixTime ?? 0)) latest.set(outbox.machine, outbox);
    return new Set([...latest.values()].flatMap(({ machine, receiver }) => (receiver.looksShifted ? [machine] : [])));
  }

  private objections(): WatchedObjection[] {
    const { fields } = this.deps.registry;
    return (this.sources?.openObjections() ?? []).flatMap(({ field, since }) => {
      const known = fields.get(field);
      if (!known) return [];
      return [{ field, village: known.village, county: known.county, lngLat: centreOf(known.shape.polygon), since }];
    });
  }

  /** Only machines with several outboxes that were heard within the hour. */
  private outboxes(now: number): WatchedOutboxes[] {
    const lasts = new Map<string, { fixTime: number; lngLat: [number, number] }[]>();
    for (const { machine, fold } of this.deps.fold.outboxes.values()) {
      const last = fold.last;
      if (!last || now - last.fixTime > 3_600_000) continue;
      const place = { fixTime: last.fixTime, lngLat: [last.lng, last.lat] as [number, number] };
      const known = lasts.get(machine);
      if (known) known.push(place);
      else lasts.set(machine, [place]);
    }
    return [...lasts].filter(([, all]) => all.length > 1).map(([machine, all]) => ({ machine, lasts: all }));
  }
}
