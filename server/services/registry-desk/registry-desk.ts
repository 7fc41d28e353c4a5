import type { Permit } from '../../../shared/permit.ts';
import type { Machine, Station } from '../../../shared/registry.ts';
import {
  type RegistryFilter,
  type RegistryList,
  type RegistryRow,
  registryEditable,
  registrySorts,
} from '../../../shared/registry-list.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { MachineList, MachineSort } from '../../stores/machine-list.ts';
import { judgeMachines } from '../imports/machines.ts';
import { judgeStations } from '../imports/stations.ts';
import { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import type { SeasonLists } from '../season-lists.ts';
import { lineOf } from './line.ts';
import { arranged, contractRow, machineRow, permitRow, type RowView, stationRow, versionOf } from './rows.ts';

export interface PageWish extends RegistryFilter {
  list: RegistryList;
  from: number;
  size: number;
}

export interface EditWish {
  list: RegistryList;
  id: string;
  version: string;
  changes: Record<string, string>;
  now: number;
  /** Asked about the unit where the record would come to lie. */
  needReach: (division: string) => void;
}
export interface RecordChange {
  kind: 'machine' | 'station';
  before: Machine | Station;
  after: Machine | Station;
}

interface RowsFound {
  total: number;
  rows: RegistryRow[];
}

/** Rows of a file that are made in one go. */
const PIECE = 500;

/** The lists as people look through them and correct them, one page and one record at a time. */
export class RegistryDesk {
  constructor(
    private readonly deps: {
      registry: Registry;
      machines: MachineList;
      lists: SeasonLists;
      requests: Requests;
      permits: () => Iterable<Permit>;
      inTurn: <T>(work: () => Promise<T>) => Promise<T>;
    },
  ) {}

  /** `unit` is the one whose records are shown. */
  async page(wish: PageWish, unit: string, view: RowView): Promise<RowsFound> {
    if (holdsMachines(wish.list)) {
      const { total, ids } = await this.foundMachines(wish, unit, view);
      return { total, rows: this.machineRows(ids, view) };
    }
    const rows = arranged(this.shortList(wish.list, unit, view), { start: wish.q, sort: sortOf(wish), desc: wish.desc === 'true' });
    return { total: rows.length, rows: rows.slice(wish.from, wish.from + wish.size) };
  }

  /** All of a list, found in one go: what changes meanwhile neither leaves a row out nor brings one twice. */
  async *pieces(wish: Omit<PageWish, 'from' | 'size'>, unit: string, view: RowView): AsyncGenerator<RowsFound> {
    if (!holdsMachines(wish.list)) return yield await this.page({ ...wish, from: 0, size: Number.POSITIVE_INFINITY }, unit, view);
    const { total, ids } = await this.foundMachines({ ...wish, from: 0, size: 0 }, unit, view);
    for (let from = 0; from < ids.length; from += PIECE) yield { total, rows: this.machineRows(ids.slice(from, from + PIECE), view) };
  }

  private foundMachines(wish: PageWish, unit: string, view: RowView): Promise<{ total: number; ids: string[] }> {
    const { registry, machines } = this.deps;
    const isCity = registry.root()?.code === unit;
    return machines.page(
      {
        divisions: isCity ? null : this.below(unit),
        start: wish.q,
        // Who sees numbers masked must not find them out letter by letter.
        byPhone: view.mayCall(unit),
        kind: wish.kind,
        withOperator: wish.list === 'operators',
      },
      { sort: sortOf(wish) as MachineSort, desc: wish.desc === 'true', from: wish.from, size: wish.size },
    );
  }

  private machineRows(ids: readonly string[], view: RowView): RegistryRow[] {
    return ids.flatMap(id => {
      const machine = this.deps.registry.machines.get(id);
      return machine ? [machineRow(machine, view)] : [];
    });
  }

  private shortList(list: 'stations' | 'permits' | 'contracts', unit: string, view: RowView): RegistryRow[] {
    const { registry, requests, permits } = this.deps;
    const lies = ({ division }: { division: string }) => registry.chain(division).includes(unit);
    if (list === 'stations') return registry.stations.filter(lies).map(station => stationRow(station, view));
    if (list === 'permits') return [...permits()].filter(lies).map(permitRow);
    return requests
      .contracts()
      .filter(lies)
      .map(request => contractRow(request, view));
  }

  private below(unit: string): string[] {
    return [unit, ...this.deps.registry.children(unit).flatMap(child => this.below(child.code))];
  }

  /** Where a record lies; null: there is none, or none that is changed here. */
  divisionOf(list: RegistryList, id: string): string | null {
    return this.recordOf(list, id)?.division ?? null;
  }

  edit(wish: EditWish): Promise<RecordChange> {
    return this.deps.inTurn(async () => {
      const { season } = this.deps.registry;
      const before = this.recordOf(wish.list, wish.id);
      if (!before || !season) throw new Refusal('notFound', `there is no record ${wish.id}`);
      const unknown = Object.keys(wish.changes).find(name => !(registryEditable[wish.list] as readonly string[]).includes(name));
      if (unknown !== undefined) throw new Refusal('invalid', `${unknown}: is not changed here`);
      if (versionOf(before) !== wish.version) throw new Refusal('conflict', 'version: somebody changed this record meanwhile; look at it');
      const after = wish.list === 'stations' ? await this.station(before as Station, wish) : await this.machine(before as Machine, wish);
      return { kind: wish.list === 'stations' ? 'station' : 'machine', before, after };
    });
  }

  /** Read as a line of a file is, so that by hand nothing can be entered that a file could not bring. */
  private async machine(before: Machine, { changes, now, needReach }: EditWish): Promise<Machine> {
    const { registry, machines, lists } = this.deps;
    const pace = new Pace();
    const plate = changes.plate?.trim() ?? '';
    const owner = plate === '' ? null : await machines.ofPlate(plate);
    const judged = await judgeMachines(lineOf(before, changes), { registry, pace, now, plates: owner ? [[plate, owner]] : [] });
    refuseBad(judged.findings.listed);
    const after = judged.change.machines?.replaced[0];
    if (!after) return before;
    needReach(after.division);
    await lists.take(judged.change, pace);
    return after;
  }

  private async station(before: Station, { changes, needReach }: EditWish): Promise<Station> {
    const { registry, lists } = this.deps;
    const pace = new Pace();
    const judged = await judgeStations(lineOf(before, changes), { registry, pace });
    refuseBad(judged.findings.listed);
    const after = judged.change.stations?.replaced[0];
    if (!after) return before;
    needReach(after.division);
    await lists.take(judged.change, pace);
    return after;
  }

  private recordOf(list: RegistryList, id: string): Machine | Station | null {
    const { registry } = this.deps;
    if (list === 'stations') return registry.stations.find(station => station.id === id) ?? null;
    return holdsMachines(list) ? (registry.machines.get(id) ?? null) : null;
  }
}

const holdsMachines = (list: RegistryList): list is 'machines' | 'operators' => list === 'machines' || list === 'operators';

function refuseBad(bad: readonly { column: string; message: string }[]): void {
  if (bad[0]) throw new Refusal('invalid', `${bad[0].column}: ${bad[0].message}`);
}

function sortOf({ list, sort }: Pick<PageWish, 'list' | 'sort'>): string {
  const known: readonly string[] = registrySorts[list];
  return known.includes(sort) ? sort : known[0];
}
