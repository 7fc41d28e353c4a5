import type { ImportReport, ReceptionList } from '../../../shared/imports.ts';
import type { Permit } from '../../../shared/permit.ts';
import type { ReceptionCounts } from '../../../shared/reception.ts';
import { Refusal } from '../../../shared/reply.ts';
import { addDays, bulletinDayOf, cutOff, type Day, dayOf, dayStart } from '../../../shared/season.ts';
import { comings, type Span } from '../../domain/reception/counts.ts';
import type { Connection } from '../../stores/connection.ts';
import { PermitStore } from '../../stores/permits.ts';
import { ReceptionStore } from '../../stores/reception.ts';
import type { RegistryStore } from '../../stores/registry.ts';
import { SafetyStore } from '../../stores/safety.ts';
import { AddressLimit } from '../address-limit.ts';
import { reportOf } from '../imports/imports.ts';
import type { Judged } from '../imports/judged.ts';
import { judgeExpected, judgeOverhauled, judgeTrained } from '../imports/reception.ts';
import type { OrderLedger } from '../order-ledger.ts';
import { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import { Permits } from './permits.ts';
import { Safety } from './safety.ts';
import { Visits } from './visits.ts';

const CHECKS_BY_ADDRESS = 60;

/** Reception of machines from elsewhere, permits, safety and training, side by side on one database. */
export class Reception {
  private readonly receptionStore: ReceptionStore;
  private readonly permitStore: PermitStore;
  private readonly safetyStore: SafetyStore;
  readonly visits: Visits;
  readonly permits: Permits;
  readonly safety: Safety;
  /** Of codes that anybody may try. */
  readonly checksByAddress = new AddressLimit(CHECKS_BY_ADDRESS, () => true);

  constructor(
    connection: Connection,
    private readonly deps: { registry: Registry; machines: RegistryStore; ledger: Pick<OrderLedger, 'liveOf'>; now: () => number },
  ) {
    const { registry, machines, ledger, now } = deps;
    this.receptionStore = new ReceptionStore(connection);
    this.permitStore = new PermitStore(connection);
    this.safetyStore = new SafetyStore(connection);
    this.permits = new Permits({ store: this.permitStore, registry, now });
    this.visits = new Visits({ store: this.receptionStore, machines, registry, ledger, permits: this.permits, now });
    this.safety = new Safety({ store: this.safetyStore, registry, now });
  }

  async prepare(): Promise<void> {
    for (const store of [this.receptionStore, this.permitStore, this.safetyStore]) await store.prepare();
  }

  async load(): Promise<void> {
    const year = this.deps.registry.season?.year ?? null;
    for (const part of [this.visits, this.permits, this.safety]) await part.load(year);
  }

  /** As a question that was prepared for one span, for a unit or whatever lies `within`. */
  countsIn(span: Span): (within: (division: string, station: string | null) => boolean) => ReceptionCounts {
    const { visits, permits, safety } = this;
    const isIn = (at: number | null) => at !== null && at > span.from && at <= span.to;
    const isUpTo = (day: Day) => day <= dayOf(span.to);
    const isOut = ({ issuedAt }: Permit) => issuedAt !== null && issuedAt <= span.to;
    return within => {
      const ours = [...permits.all()].filter(permit => within(permit.division, permit.station) && isOut(permit));
      const count = <T extends { division: string }>(rows: Iterable<T>, isOne: (row: T) => boolean) =>
        [...rows].filter(row => within(row.division, null) && isOne(row)).length;
      return {
        ...comings(
          [...visits.all()].filter(visit => within(visit.division, visit.station)),
          span,
        ),
        permits: ours.filter(({ issuedAt }) => isIn(issuedAt)).length,
        permitsAll: ours.length,
        accidents: [...safety.all()].filter(one => within(one.division, one.station) && isIn(one.at)).length,
        trained: count(safety.trained.values(), ({ day }) => isUpTo(day)),
        overhauled: count(safety.overhauled.values(), ({ day }) => isUpTo(day)),
      };
    };
  }

  /** Of a bulletin's day, up to now while it runs. */
  countsOn(day: Day): (division: string) => ReceptionCounts {
    const { registry, now } = this.deps;
    const to = bulletinDayOf(now()) === day ? Math.min(now(), cutOff(day)) : cutOff(day);
    const counts = this.countsIn({ from: cutOff(addDays(day, -1)), to });
    return division => counts(unit => registry.chain(unit).includes(division));
  }

  /** Of today, from 00:00. */
  countsToday(within: (division: string, station: string | null) => boolean): ReceptionCounts {
    const now = this.deps.now();
    return this.countsIn({ from: dayStart(dayOf(now)) - 1, to: now })(within);
  }

  /** All of the file or nothing. */
  async import(wish: {
    list: ReceptionList;
    bytes: Uint8Array;
    apply: boolean;
    reaches: (division: string) => boolean;
  }): Promise<ImportReport> {
    const { registry } = this.deps;
    const { list, bytes, apply, reaches } = wish;
    if (!registry.season) throw new Refusal('conflict', 'there is no season yet: create it first');
    if (bytes.length === 0) throw new Refusal('invalid', 'file: it is empty');
    const world = { registry, pace: new Pace(), year: registry.season.year, reaches };
    const refuseBad = (badRows: number) => {
      if (badRows > 0)
        throw new Refusal('invalid', `file: ${badRows} rows are bad, so nothing was imported; check it without apply to see them`);
    };
    const done = async <T>(judged: Omit<Judged, 'change'> & { put: T[] }, put: (rows: T[]) => Promise<void>) => {
      if (apply) {
        refuseBad(judged.findings.badRows);
        await put(judged.put);
      }
      return reportOf({ kind: list, apply }, judged);
    };
    const { visits, safety } = this;
    if (list === 'trained') return done(await judgeTrained(bytes, world, safety.trained), rows => safety.putTrained(rows));
    if (list === 'overhauled') return done(await judgeOverhauled(bytes, world, safety.overhauled), rows => safety.putOverhauled(rows));
    const known = new Map([...visits.expectedAll()].map(row => [row.id, row]));
    return done(await judgeExpected(bytes, world, known), rows => visits.putExpected(rows));
  }
}
