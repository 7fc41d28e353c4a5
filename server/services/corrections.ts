import type { LateCorrection } from '../../shared/correction.ts';
import type { Evidence } from '../../shared/evidence.ts';
import { dayOf, type Operation } from '../../shared/season.ts';
import type { CoverageResult } from '../domain/coverage.ts';
import type { Swath } from '../domain/swath.ts';
import type { BulletinStore } from '../stores/bulletins.ts';
import type { CorrectionStore, StoredCorrection } from '../stores/corrections.ts';
import { type ResultKey, resultKey } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { Registry } from './registry.ts';

/** A bulletin as far as it matters here: what it closed, and when. */
export interface IssuedOne {
  division: string;
  cutOff: number;
  issuedAt: number;
}

/** Late work of one machine in one field that is folded, and not yet in the field's result. */
interface Late {
  machine: string;
  bulletin: IssuedOne;
  fixes: number;
  firstTime: number;
  lastTime: number;
  at: number;
}

/**
 * Fixes that come after the bulletin of their day was issued change what it said. Each such change of a field is kept, with the machine and
 * the number of its fixes: for the bulletin's correction and for the evidence.
 */
export class Corrections {
  private readonly all = new Map<string, StoredCorrection>();
  private readonly byField = new Map<ResultKey, string[]>();
  private readonly waiting = new Map<ResultKey, Map<string, Late>>();
  private readonly issued = new Map<string, IssuedOne[]>();
  private unsaved = new Set<string>();
  /** While everything is folded anew nothing is late: it was there before. */
  quiet = false;

  constructor(private readonly deps: { store: CorrectionStore; bulletins: Pick<BulletinStore, 'allIssued'>; registry: Registry }) {}

  async load(year: number | null): Promise<void> {
    this.all.clear();
    this.byField.clear();
    this.issued.clear();
    if (year === null) return;
    for (const one of await this.deps.store.ofYear(year)) this.hold(one);
    for (const one of await this.deps.bulletins.allIssued(year)) this.enter(one);
  }

  /** A bulletin went out: what comes for its day from now on is late. */
  enter(bulletin: IssuedOne): void {
    const { division, cutOff, issuedAt } = bulletin;
    const ofUnit = this.issued.get(division) ?? [];
    if (!ofUnit.some(one => one.cutOff === cutOff && one.issuedAt === issuedAt)) ofUnit.push({ division, cutOff, issuedAt });
    this.issued.set(division, ofUnit);
  }

  /** Of each swath of a batch that came later than its fixes were made. */
  late = (field: string, operation: Operation, { swath, receivedAt }: { swath: Swath; receivedAt: number }): void => {
    const town = this.deps.registry.fields.get(field)?.town;
    if (this.quiet || town === undefined) return;
    const bulletin = this.bulletinOf(town, swath.timeB, receivedAt);
    if (!bulletin) return;
    const key = resultKey(field, operation);
    const ofField = this.waiting.get(key) ?? new Map<string, Late>();
    this.waiting.set(key, ofField);
    const name = `${swath.machine}|${bulletin.issuedAt}`;
    const late = ofField.get(name) ?? { machine: swath.machine, bulletin, fixes: 1, firstTime: swath.timeA, lastTime: swath.timeB, at: 0 };
    late.fixes += swath.seqB - swath.seqA;
    late.firstTime = Math.min(late.firstTime, swath.timeA);
    late.lastTime = Math.max(late.lastTime, swath.timeB);
    late.at = Math.max(late.at, receivedAt);
    ofField.set(name, late);
  };

  /** The field's result with them: what changed by the cut-off is the correction. */
  covered(field: string, operation: Operation, { before, after }: { before: CoverageResult | null; after: CoverageResult | null }): void {
    const key = resultKey(field, operation);
    const waiting = this.waiting.get(key);
    const known = this.deps.registry.fields.get(field);
    if (!waiting || !known) return;
    this.waiting.delete(key);
    for (const { machine, bulletin, fixes, firstTime, lastTime, at } of waiting.values()) {
      const id = `${key}|${machine}|${bulletin.cutOff}|${bulletin.issuedAt}`;
      const [beforeMu, afterMu] = [before, after].map(result => muOfDm2(dm2By(result, bulletin.cutOff)));
      const earlier = this.all.get(id);
      // After a kill the same fixes are folded once more.
      const isKnown = earlier !== undefined && lastTime <= earlier.lastTime;
      this.hold({
        ...{ _id: id, field, operation, machine, at, cutOff: bulletin.cutOff },
        fixes: (earlier?.fixes ?? 0) + (isKnown ? 0 : fixes),
        firstTime: Math.min(firstTime, earlier?.firstTime ?? firstTime),
        lastTime: Math.max(lastTime, earlier?.lastTime ?? lastTime),
        beforeMu: earlier?.beforeMu ?? beforeMu,
        afterMu,
        chain: [...this.deps.registry.chain(known.town)],
        year: Number(dayOf(bulletin.cutOff).slice(0, 4)),
      });
      this.unsaved.add(id);
    }
  }

  /** Writes down what is new; what could not be written is written by the next call. */
  async flush(): Promise<void> {
    const unsaved = [...this.unsaved];
    this.unsaved = new Set();
    try {
      await this.deps.store.put(unsaved.map(id => this.all.get(id)!));
    } catch (error) {
      for (const id of unsaved) this.unsaved.add(id);
      throw error;
    }
  }

  /** Of one field, the oldest first. */
  of = (field: string, operation: Operation): LateCorrection[] =>
    (this.byField.get(resultKey(field, operation)) ?? []).map(id => plain(this.all.get(id)!)).sort((a, b) => a.at - b.at);

  /** For the sheet of a field: what was late, in figures and the machine's plate. */
  evidenceOf = (field: string, operation: Operation): Evidence['corrections'] =>
    this.of(field, operation).map(({ at, fixes, machine, beforeMu, afterMu }) => {
      const plate = this.deps.registry.machines.get(machine)?.plate || machine;
      return { at, plate, fixes, beforeMu, afterMu };
    });

  /** Of a unit's fields, by the cut-off of a bulletin: what came since an instant; the largest changes first. */
  since(division: string, { cutOff, since }: { cutOff: number; since: number }): LateCorrection[] {
    return [...this.all.values()]
      .filter(one => one.cutOff <= cutOff && one.at > since && one.chain.includes(division))
      .map(plain)
      .sort((a, b) => Math.abs(b.afterMu - b.beforeMu) - Math.abs(a.afterMu - a.beforeMu));
  }

  /** The first cut-off that a time belongs to, of the bulletins of the town and all above that were out when the fixes came. */
  private bulletinOf(town: string, time: number, receivedAt: number): IssuedOne | null {
    let found: IssuedOne | null = null;
    for (const unit of this.deps.registry.chain(town))
      for (const one of this.issued.get(unit) ?? []) {
        if (one.cutOff <= time || one.issuedAt > receivedAt) continue;
        if (!found || one.cutOff < found.cutOff || (one.cutOff === found.cutOff && one.issuedAt > found.issuedAt)) found = one;
      }
    return found;
  }

  private hold(one: StoredCorrection): void {
    const key = resultKey(one.field, one.operation);
    if (!this.all.has(one._id)) this.byField.set(key, [...(this.byField.get(key) ?? []), one._id]);
    this.all.set(one._id, one);
  }
}

const plain = ({ _id, chain: _c, year: _y, ...one }: StoredCorrection): LateCorrection => one;

/** Credited before an instant: hours that end by then. */
const dm2By = (result: CoverageResult | null, at: number): number =>
  (result?.byHour ?? []).reduce((sum, [hour, dm2]) => (hour < at ? sum + dm2 : sum), 0);
