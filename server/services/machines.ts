import type { Machine } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { dayOf, dayStart, type Operation } from '../../shared/season.ts';
import { isGap, STOP_M, usualInterval } from '../domain/gap.ts';
import { metresBetween } from '../domain/local-frame.ts';
import { type Mark, trackGaps } from '../domain/track-gaps.ts';
import type { FixLog, StoredBatch } from '../stores/fix-log.ts';
import type { Duties } from './duties.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { LiveFleet } from './live-fleet.ts';
import { acceptedOf } from './outbox.ts';
import type { PhoneGaps } from './phone-gaps.ts';
import type { Registry } from './registry.ts';
import type { Repairs } from './repairs.ts';

/** What a batch has between two seqs that is no accepted fix. */
function missingBetween({ refused = [], thinned = [] }: StoredBatch, after: number, end: number): { refused: number; thinned: number } {
  const within = (seq: number) => seq > after && seq < end;
  return { refused: refused.filter(({ seq }) => within(seq)).length, thinned: thinned.filter(([from]) => within(from)).length };
}

/** The newest so many are told. */
const MOST_GAPS = 200;

type WorkedField = RouteOutput<'machine'>['fields'][number] & { todayDm2: number };

/** One machine as the pages ask for it. */
export class Machines {
  /** Per machine, the results in which it has a share; kept up to date by `covered`. */
  private readonly worked = new Map<string, Map<string, { field: string; operation: Operation }>>();

  constructor(
    private readonly deps: {
      registry: Registry;
      fold: Fold;
      fleet: LiveFleet;
      duties: Duties;
      repairs: Repairs;
      log: FixLog;
      phoneGaps: PhoneGaps;
      now: () => number;
    },
  ) {}

  covered(field: string, operation: Operation, machines: readonly (readonly [string, number])[]): void {
    for (const [machine] of machines) {
      let fields = this.worked.get(machine);
      if (!fields) {
        fields = new Map();
        this.worked.set(machine, fields);
      }
      fields.set(`${field}|${operation}`, { field, operation });
    }
  }

  find(id: string): Machine {
    const machine = this.deps.registry.machines.get(id);
    if (!machine) throw new Refusal('notFound', `there is no machine ${id}`);
    return machine;
  }

  detail(id: string): RouteOutput<'machine'> {
    const { fold, fleet, duties } = this.deps;
    const machine = this.find(id);
    const live = fleet.machines.get(id);
    const outboxes = fold.outboxesOf(id);
    const fields = this.fieldsOf(id);
    const sum = (count: (outbox: (typeof outboxes)[number]) => number) => outboxes.reduce((total, outbox) => total + count(outbox), 0);
    const latest = outboxes.reduce<(typeof outboxes)[number] | null>(
      (best, one) => ((one.lastFixTime ?? 0) > (best?.lastFixTime ?? 0) ? one : best),
      null,
    );
    return {
      ...machine,
      state: live ? fleet.stateOf(live) : 'offline',
      stateSince: live?.stateSince ?? null,
      lastFixTime: live?.fixTime ?? null,
      lngLat: live?.lngLat ?? null,
      fieldId: live?.fieldId ?? null,
      isOnOpenGround: live?.isOnOpenGround === true && fleet.stateOf(live) !== 'offline',
      duty: duties.of(id),
      repair: this.repairOf(id),
      todayMu: muOfDm2(fields.reduce((total, field) => total + field.todayDm2, 0)),
      seasonMu: fields.reduce((total, field) => total + field.coveredMu, 0),
      fixes: sum(outbox => outbox.fixes),
      refused: sum(outbox => Object.values(outbox.refused).reduce((a, b) => a + b, 0)),
      thinned: sum(outbox => outbox.thinned),
      clockOffMs: latest?.clockOffMs ?? null,
      looksShifted: latest?.receiver.looksShifted ?? false,
      frozenFixes: sum(outbox => outbox.receiver.state().frozenFixes),
      clockStepsBack: sum(outbox => outbox.receiver.state().clockStepsBack),
      fields: fields.map(({ todayDm2: _, ...field }) => field),
    };
  }

  /** Its latest places would lie in the fields if they were GCJ-02. */
  looksShifted(id: string): boolean {
    const outboxes = this.deps.fold.outboxesOf(id).filter(({ lastFixTime }) => lastFixTime !== null);
    return outboxes.sort((a, b) => b.lastFixTime! - a.lastFixTime!)[0]?.receiver.looksShifted ?? false;
  }

  hasWorked = (id: string): boolean => this.worked.has(id);

  /** Mu that a machine covered in the season; cheap enough to be asked for each of a county's machines. */
  seasonMuOf(id: string): number {
    let dm2 = 0;
    for (const { field, operation } of this.worked.get(id)?.values() ?? [])
      dm2 += this.deps.fold.coverageOf(field, operation)?.byMachine.find(([machine]) => machine === id)?.[1] ?? 0;
    return muOfDm2(dm2);
  }

  private repairOf(machine: string): RouteOutput<'machine'>['repair'] {
    const open = this.deps.repairs.openOf(machine);
    if (!open) return null;
    const { id, fault, calledAt, startedAt, stationName } = this.deps.repairs.shown(open);
    return { id, fault, calledAt, startedAt, stationName };
  }

  /** Where it went, in runs without a gap, and the times of which nothing is known. */
  async trail(id: string, from: number, to: number): Promise<RouteOutput<'trail'>> {
    const machine = this.find(id);
    if (!(to > from) || to - from > 8 * 24 * 3_600_000) throw new Refusal('invalid', 'from, to: a span of at most eight days');
    const runs: [number, number, number][][] = [];
    const marks: Mark[] = [];
    let outbox = '';
    let before = { seq: 0, refused: 0, thinned: 0 };
    let run: [number, number, number][] = [];
    let usualMs: number | null = null;
    for await (const batch of this.deps.log.ofMachine(machine.id, from, to)) {
      if (outbox !== batch.outbox) before = { seq: 0, refused: 0, thinned: 0 };
      for (const { seq, lng, lat, fixTime } of acceptedOf(batch)) {
        const missing = missingBetween(batch, before.seq, seq);
        const mark = { at: fixTime, thinned: before.thinned + missing.thinned, refused: before.refused + missing.refused };
        before = { seq, refused: 0, thinned: 0 };
        if (fixTime < from || fixTime > to) continue;
        marks.push(mark);
        const last = outbox === batch.outbox ? run.at(-1) : undefined;
        const stepM = last ? metresBetween(last[0], last[1], lng, lat) : 0;
        if (!last || isGap(stepM, fixTime - last[2], usualMs)) {
          run = [];
          runs.push(run);
        }
        if (last && stepM >= STOP_M) usualMs = usualInterval(usualMs, fixTime - last[2]);
        outbox = batch.outbox;
        run.push([lng, lat, fixTime]);
      }
      const rest = missingBetween(batch, before.seq, Number.POSITIVE_INFINITY);
      before = { ...before, refused: before.refused + rest.refused, thinned: before.thinned + rest.thinned };
    }
    marks.sort((one, other) => one.at - other.at);
    const gaps = trackGaps({ from, to }, { marks, ...(await this.deps.phoneGaps.of(machine.id, from, to)) });
    return { runs, gaps: gaps.slice(-MOST_GAPS) };
  }

  private fieldsOf(id: string): WorkedField[] {
    const today = dayStart(dayOf(this.deps.now()));
    const worked: WorkedField[] = [];
    for (const { field, operation } of this.worked.get(id)?.values() ?? []) {
      const result = this.deps.fold.coverageOf(field, operation);
      const dm2 = result?.byMachine.find(([machine]) => machine === id)?.[1];
      if (!result || !dm2) continue;
      const allToday = result.byHour.reduce((sum, [hour, area]) => (hour >= today ? sum + area : sum), 0);
      // A machine's share of today is taken in proportion where several worked the field: the credit is per machine and per hour, not per both.
      const todayDm2 = Math.round((allToday * dm2) / Math.max(1, result.coveredDm2));
      worked.push({ id: field, operation, coveredMu: muOfDm2(dm2), lastAt: result.lastAt ?? 0, todayDm2 });
    }
    return worked.sort((a, b) => b.lastAt - a.lastAt);
  }
}
