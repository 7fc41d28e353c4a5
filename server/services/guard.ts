import { type Action, type Actor, isAllowed } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Registry } from './registry.ts';

/** What would change a season, and is refused once it is closed. */
const sealedActions: ReadonlySet<Action> = new Set<Action>([
  'field:write',
  'field:claim',
  'objection:write',
  'objection:settle',
  'recompute:write',
  'reported:write',
  'bulletin:write',
  'repair:write',
  'repair:photo',
  'repair:call',
  'fuel:request',
  'fuel:write',
  'stock:write',
  'maintenance:write',
  'weather:write',
  'request:write',
  'order:write',
  'order:answer',
  'advice:decide',
  'arrival:write',
  'arrival:plan',
  'permit:write',
  'permit:issue',
  'safety:write',
  'registry:write',
]);

/** The one place that refuses: every request and event names what it does and to which object. */
export class Guard {
  constructor(private readonly registry: Registry) {}

  onDivision(actor: Actor, action: Action, division: string): void {
    this.need(isAllowed(actor, action, { divisions: this.registry.chain(division) }), actor, action);
  }

  /** The same question without a refusal, for what is filtered. */
  reaches = (actor: Actor, action: Action, division: string): boolean =>
    isAllowed(actor, action, { divisions: this.registry.chain(division) });

  onCity(actor: Actor, action: Action): void {
    const root = this.registry.root();
    this.need(isAllowed(actor, action, { divisions: root ? [root.code] : [] }), actor, action);
  }

  /** A machine lies in the unit it belongs to, and in the one where it is now. */
  onMachine(actor: Actor, action: Action, machine: string, county: string | null = null): void {
    // Asked with every report of a device, where the machine alone decides.
    if (isAllowed(actor, action, { machine })) return;
    const home = this.registry.machines.get(machine)?.division;
    const divisions = [...(home ? this.registry.chain(home) : []), ...(county ? this.registry.chain(county) : [])];
    this.need(isAllowed(actor, action, { divisions, machine }), actor, action);
  }

  /** A repair lies in all units that it concerns, and is its machine's and its station's own. */
  onRepair(actor: Actor, action: Action, repair: { units: readonly string[]; machine?: string | null; station: string | null }): void {
    const subject = { divisions: repair.units, machine: repair.machine ?? undefined, station: repair.station ?? undefined };
    this.need(isAllowed(actor, action, subject), actor, action);
  }

  /** An order lies where its work is and where its machine belongs, and is its machine's own. */
  onOrder(actor: Actor, action: Action, order: { units: readonly string[]; machine: string }): void {
    this.need(isAllowed(actor, action, { divisions: order.units, machine: order.machine }), actor, action);
  }

  /** A field lies in its town, and is the own of each machine that worked there. */
  onField(actor: Actor, action: Action, { town, machines }: { town: string; machines: readonly string[] }): void {
    const machine = actor.machine !== null && machines.includes(actor.machine) ? actor.machine : undefined;
    this.need(isAllowed(actor, action, { divisions: this.registry.chain(town), machine }), actor, action);
  }

  /** What a station wrote is its own, and lies in the station's unit or the one that is named. */
  onStation(actor: Actor, action: Action, { stations, divisions }: { stations: readonly string[]; divisions: readonly string[] }): void {
    const own = actor.station !== null && stations.includes(actor.station) ? actor.station : undefined;
    this.need(isAllowed(actor, action, { divisions: divisions.flatMap(code => this.registry.chain(code)), station: own }), actor, action);
  }

  /** The role must reach some repair at all: its own station's, or some unit's. */
  anyRepair(actor: Actor, action: Action): void {
    this.onRepair(actor, action, {
      units: actor.division === null ? [] : [actor.division],
      machine: actor.machine,
      station: actor.station,
    });
  }

  /** For what is cut up by place and not by unit: the role must reach some unit at all. */
  anywhere(actor: Actor, action: Action): void {
    this.need(this.mayAnywhere(actor, action), actor, action);
  }

  mayAnywhere = (actor: Actor, action: Action): boolean =>
    isAllowed(actor, action, { divisions: actor.division === null ? [] : [actor.division] });

  private need(allowed: boolean, actor: Actor, action: Action): void {
    if (!allowed) throw new Refusal('forbidden', `${action}: a ${actor.role} may not do this here`);
    if (sealedActions.has(action) && this.registry.season?.closedAt !== undefined)
      throw new Refusal('conflict', 'the season is closed: nothing of it changes any more');
  }
}
