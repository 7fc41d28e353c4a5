import type { FieldDifference, Recomputation } from '../../shared/recomputation.ts';
import { operations } from '../../shared/season.ts';
import { dustedMu, muOfM2 } from '../../shared/units.ts';

/** One field and operation by the figures that stand and by those computed again, dm². */
export interface Compared extends Pick<FieldDifference, 'field' | 'operation'> {
  beforeDm2: number;
  afterDm2: number;
  /** A cell of it or a share of a machine is another. */
  differs: boolean;
}

/** The unit below the one asked about in which a field lies. */
export type UnitOf = (field: string) => { code: string; name: string } | null;

const LARGEST = 30;
const mu = (dm2: number): number => dustedMu(muOfM2(dm2 / 100));

/** Sums up as it goes: a season has hundreds of thousands of fields. */
export class Differences {
  private compared = 0;
  private differing = 0;
  private readonly all = new Map<string, { before: number; after: number }>();
  private readonly byUnit = new Map<string, { code: string; name: string; before: number; after: number; differs: boolean }>();
  private largest: Compared[] = [];

  constructor(private readonly unitOf: UnitOf) {}

  add(one: Compared): void {
    this.compared++;
    const total = this.all.get(one.operation) ?? { before: 0, after: 0 };
    this.all.set(one.operation, { before: total.before + one.beforeDm2, after: total.after + one.afterDm2 });
    const unit = this.unitOf(one.field);
    if (unit) {
      const key = `${unit.code}|${one.operation}`;
      const sums = this.byUnit.get(key) ?? { ...unit, before: 0, after: 0, differs: false };
      sums.before += one.beforeDm2;
      sums.after += one.afterDm2;
      sums.differs ||= one.differs;
      this.byUnit.set(key, sums);
    }
    if (!one.differs) return;
    this.differing++;
    this.largest.push(one);
    if (this.largest.length >= 4 * LARGEST) this.largest = this.largestOnes();
  }

  report(): Pick<Recomputation, 'compared' | 'differing' | 'totals' | 'units' | 'largest'> {
    const totals = operations.flatMap(operation => {
      const sums = this.all.get(operation);
      return sums ? [{ operation, beforeMu: mu(sums.before), afterMu: mu(sums.after) }] : [];
    });
    const units = operations.flatMap(operation =>
      [...this.byUnit].flatMap(([key, { code, name, before, after, differs }]) =>
        differs && key.endsWith(`|${operation}`) ? [{ code, name, operation, beforeMu: mu(before), afterMu: mu(after) }] : [],
      ),
    );
    const largest = this.largestOnes().map(({ field, operation, beforeDm2, afterDm2 }) => {
      return { field, operation, beforeMu: mu(beforeDm2), afterMu: mu(afterDm2) };
    });
    return { compared: this.compared, differing: this.differing, totals, units, largest };
  }

  private largestOnes(): Compared[] {
    const by = ({ beforeDm2, afterDm2 }: Compared) => Math.abs(afterDm2 - beforeDm2);
    return [...this.largest].sort((a, b) => by(b) - by(a) || (a.field < b.field ? -1 : 1)).slice(0, LARGEST);
  }
}
