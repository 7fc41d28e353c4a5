import { plainPlate } from '../../shared/plate.ts';
import type { LngLat, Machine, Station } from '../../shared/registry.ts';
import type { Repair } from '../../shared/repair.ts';
import { Refusal } from '../../shared/reply.ts';
import { nearestStation } from '../domain/nearest-station.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Registry } from './registry.ts';

/** What a repair says of machine, station and unit, looked up in the lists. */
export class RepairPlace {
  constructor(
    private readonly registry: Registry,
    private readonly fleet: LiveFleet,
  ) {}

  /** By id, else by a plate that is on the list; a plate that is on none stands for itself. */
  named(id: string | null, typedPlate: string): Pick<Repair, 'machine' | 'plate'> {
    if (id !== null) {
      const machine = this.registry.machines.get(id);
      if (!machine) throw new Refusal('invalid', `machine: there is no machine ${id}`);
      return { machine: id, plate: machine.plate };
    }
    const plate = typedPlate.trim();
    const plain = plainPlate(plate);
    if (plain === '') throw new Refusal('invalid', 'plate: name the machine, or type its plate');
    const known = [...this.registry.machines.values()].find(machine => plainPlate(machine.plate) === plain);
    return known ? { machine: known.id, plate: known.plate } : { machine: null, plate };
  }

  stationOf(id: string): Station {
    const station = this.registry.stations.find(one => one.id === id);
    if (!station) throw new Refusal('invalid', `station: there is no station ${id}`);
    return station;
  }

  /** Where the machine was last. */
  lastPlace = (machine: string | null): LngLat | null => {
    const live = machine === null ? undefined : this.fleet.machines.get(machine);
    return live ? [...live.lngLat] : null;
  };

  /** Where it is now, unless it has been silent too long to know. */
  presentPlace = (machine: string | null): LngLat | null => {
    const live = machine === null ? undefined : this.fleet.machines.get(machine);
    return live && this.fleet.stateOf(live) !== 'offline' ? [...live.lngLat] : null;
  };

  /** The nearest to the place; without a place one of the machine's own unit, if that has any. */
  stationFor(place: LngLat | null, machine: Machine | undefined): Station | null {
    if (place) return nearestStation(place, this.registry.stations);
    return this.registry.stations.find(one => machine && this.registry.chain(one.division).includes(machine.division)) ?? null;
  }

  /** The unit where it is, else the machine's own, else the station's. */
  divisionFor({ lngLat, machine, station }: Pick<Repair, 'lngLat' | 'machine' | 'station'>): string | null {
    const there = lngLat && this.registry.countyAt(lngLat[0], lngLat[1], null);
    const home = machine === null ? undefined : this.registry.machines.get(machine)?.division;
    return there ?? home ?? (station === null ? null : this.stationOf(station).division);
  }

  /** Every unit that the repair concerns: where it is, where the machine belongs, where its station is, and all above. */
  unitsOf({ division, machine, station }: Pick<Repair, 'division' | 'machine' | 'station'>): string[] {
    const home = machine === null ? undefined : this.registry.machines.get(machine)?.division;
    const stationed = this.registry.stations.find(one => one.id === station)?.division;
    return [...new Set([division, home, stationed].flatMap(code => (code ? this.registry.chain(code) : [])))];
  }
}
