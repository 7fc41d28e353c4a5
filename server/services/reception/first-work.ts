import { isRefused, type Visit } from '../../../shared/reception.ts';
import { Refusal } from '../../../shared/reply.ts';
import { workableHoursBetween } from '../../../shared/season.ts';
import { roadKm, usualTravel } from '../../domain/moves/travel.ts';
import type { StoredRequest } from '../../stores/requests.ts';
import { implementAt, muPerHOf } from '../nearest.ts';
import type { Offers } from '../offers.ts';
import type { OrderLedger } from '../order-ledger.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import { operationOf, type Visits } from './visits.ts';

const MOST = 6;
const DAY_MS = 24 * 3_600_000;
const ALL_DAY = { from: 0, to: 24 };

/** The first order of a machine that has just come: the nearest work of the station's county that nobody has. */
export class FirstWork {
  constructor(
    private readonly deps: {
      registry: Registry;
      visits: Visits;
      requests: Requests;
      offers: Offers;
      ledger: OrderLedger;
      now: () => number;
    },
  ) {}

  near(visit: Visit) {
    const { registry, requests, visits } = this.deps;
    const [lng, lat] = visits.stationOf(visit.station).location;
    const open = requests.openOf(this.countyOf(visit)).filter(({ operation }) => operation === operationOf(visit.kind));
    return open
      .map(request => {
        const name = registry.divisions.get(request.division)?.name ?? '';
        const km = roadKm({ lng, lat }, { lng: request.lngLat[0], lat: request.lngLat[1] }, usualTravel.detour);
        const { id, operation, pricePerMu, to } = request;
        return {
          id,
          placeName: `${name}${request.village}`,
          operation,
          openMu: requests.openMu(request),
          shareMu: this.shareOf(visit, request),
          pricePerMu,
          km,
          to,
        };
      })
      .sort((a, b) => a.km - b.km)
      .slice(0, MOST);
  }

  /** @throws Refusal conflict when the permit is not accepted, or somebody was quicker */
  async give(visit: Visit, { order, request, areaMu, author }: { order: string; request: string; areaMu?: number; author: string }) {
    const { registry, requests, offers, ledger } = this.deps;
    const machine = this.machineOf(visit);
    const wanted = requests.find(request);
    const { division, operation } = wanted;
    if (!registry.chain(division).includes(this.countyOf(visit)))
      throw new Refusal('forbidden', 'request: lies in another county than the station; hand the machine to the dispatcher');
    const offer = {
      id: order,
      kind: 'work' as const,
      request,
      machine,
      division: null,
      operation,
      areaMu: areaMu ?? this.shareOf(visit, wanted),
      note: '',
    };
    return offers.offer([{ ...offer, machineVersion: ledger.versionOf(machine) }], { author, advice: null });
  }

  /** What it can do of a request until its end, in a day at least: a large one is not given to one machine whole. Mu, to a tenth. */
  private shareOf({ machine: id }: Visit, request: StoredRequest): number {
    const { registry, requests, now } = this.deps;
    const openMu = requests.openMu(request);
    const machine = id === null ? undefined : registry.machines.get(id);
    const implement = machine && implementAt(machine, now());
    if (!implement) return openMu;
    const until = Math.max(request.to, now() + DAY_MS);
    const hours = workableHoursBetween(now(), until, registry.season?.workableHours[request.operation] ?? ALL_DAY);
    return Math.min(openMu, Math.floor(hours * muPerHOf(implement.workingWidthM) * 10) / 10);
  }

  /** Its machine, when it may work: here still, and with no permit that was refused. */
  machineOf(visit: Visit): string {
    if (visit.departedAt !== null) throw new Refusal('conflict', 'departed: the machine has left');
    if (isRefused(visit)) throw new Refusal('conflict', 'permit: it was not accepted; a dispatcher may let it pass');
    if (visit.machine === null) throw new Refusal('conflict', 'machine: it is on no list');
    return visit.machine;
  }

  countyOf(visit: Visit): string {
    const chain = this.deps.registry.chain(visit.division);
    return chain.find(code => this.deps.registry.divisions.get(code)?.level === 'county') ?? chain.at(-1) ?? '';
  }
}
