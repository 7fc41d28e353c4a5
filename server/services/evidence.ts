import type { Evidence, EvidenceFigures } from '../../shared/evidence.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Operation } from '../../shared/season.ts';
import { workSpansOf } from '../domain/evidence/spans.ts';
import { boxOf } from '../domain/field-shape.ts';
import { MEASURE_METHOD } from '../domain/measurement.ts';
import type { StoredSwaths } from '../stores/derived.ts';
import type { FixLog, StoredBatch } from '../stores/fix-log.ts';
import { DEFAULT_WIDTH_M } from './enrolment.ts';
import { EvidenceMaker } from './evidence-maker.ts';
import { distinctSwaths, type EvidenceDone, MARGIN_SEQS } from './evidence-work.ts';
import { FOLD_METHOD, type Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { KnownField, Registry } from './registry.ts';

/** So long the same sheet is given out again: a link that many open at once costs one. */
const KEEP_MS = 5000;
const MOST_KEPT = 50;

/** Later words on a figure: none unless somebody keeps them. */
export interface EvidenceWords {
  corrections(field: string, operation: Operation): Evidence['corrections'];
  objections(field: string, operation: Operation): Evidence['objections'];
  /** Whose word stands; null: nobody's. */
  finishedBy(field: string, operation: Operation): string | null;
}

interface EvidenceParts {
  registry: Registry;
  fold: Fold;
  log: Pick<FixLog, 'ofOutbox'>;
  ledger: Pick<OrderLedger, 'requests'>;
  now: () => number;
  wall: () => number;
}

/** The evidence of a field's work, from stored swaths and the fix log, worked out when it is asked for. */
export class EvidenceDesk {
  words: EvidenceWords = { corrections: () => [], objections: () => [], finishedBy: () => null };
  private readonly maker = new EvidenceMaker();
  private readonly kept = new Map<string, { at: number; sheet: Promise<Evidence> }>();

  constructor(private readonly deps: EvidenceParts) {}

  close = (): Promise<void> => this.maker.close();

  /** The machines that have a share in it. */
  machinesOf = (field: string, operation: Operation): string[] =>
    (this.deps.fold.coverageOf(field, operation)?.byMachine ?? []).map(([machine]) => machine);

  sheet(id: string, operation: Operation): Promise<Evidence> {
    const key = `${id}|${operation}`;
    const wall = this.deps.wall();
    const held = this.kept.get(key);
    if (held && wall - held.at < KEEP_MS && wall >= held.at) return held.sheet;
    const sheet = this.make(id, operation);
    this.kept.delete(key);
    this.kept.set(key, { at: wall, sheet });
    sheet.catch(() => this.kept.delete(key));
    for (const oldest of this.kept.keys()) if (this.kept.size > MOST_KEPT) this.kept.delete(oldest);
    return sheet;
  }

  private async make(id: string, operation: Operation): Promise<Evidence> {
    const { registry, fold, now } = this.deps;
    const field = registry.fields.get(id);
    if (!field) throw new Refusal('notFound', `there is no field ${id}`);
    const asOf = now();
    const swaths = await fold.storedSwathsOf(id, operation);
    const { shape } = field;
    const done = await this.maker.make({
      shape,
      operation,
      fold: FOLD_METHOD,
      neighbours: registry.index.touching(boxOf(shape.polygon)).filter(other => other.id !== id),
      swaths,
      batches: await this.batchesOf(swaths),
      word: fold.coverageOf(id, operation)?.word ?? null,
      machines: [...new Set(swaths.map(({ machine }) => machine))].map(machine => ({ id: machine, isAssumed: this.isAssumed(machine) })),
    });
    return {
      field: this.aboutField(field, operation),
      operation,
      asOf,
      seasonName: registry.season?.name ?? '',
      demo: registry.season?.demo ?? false,
      method: { ...MEASURE_METHOD, fold: FOLD_METHOD },
      work: done && this.worked(done, this.words.finishedBy(id, operation)),
      corrections: this.deps.fold.coverageOf(id, operation) ? this.words.corrections(id, operation) : [],
      objections: this.words.objections(id, operation),
    };
  }

  private worked({ figures, machines, picture, digest, result }: EvidenceDone, person: string | null): Evidence['work'] {
    const { finishedAt, byRule } = result;
    // Where the rules find the same, nobody's word is needed.
    const name = byRule && byRule.finishedAt === null ? person : null;
    return {
      figures: {
        ...figures,
        reopened: finishedAt === null && byRule && byRule.finishedAt !== null ? { name: person } : null,
        finished: finishedAt === null ? null : { at: finishedAt, by: name === null ? 'rule' : 'person', name },
      },
      machines: machines.map(({ wayM: _, ...work }) => {
        const machine = this.deps.registry.machines.get(work.machine);
        return { ...work, plate: machine?.plate || work.machine, operatorName: machine?.operatorName ?? '' };
      }),
      picture,
      digest,
    };
  }

  private aboutField({ shape, town, county, village, areaDm2, version }: KnownField, operation: Operation): Evidence['field'] {
    const { divisions } = this.deps.registry;
    return {
      id: shape.id,
      village,
      townName: divisions.get(town)?.name ?? town,
      countyName: divisions.get(county)?.name ?? county,
      farmer: this.farmerOf(shape.id, operation),
      polygon: shape.polygon,
      areaMu: muOfDm2(areaDm2),
      boundaryVersion: version,
    };
  }

  /** Whoever asked for the work on this field last. */
  private farmerOf(field: string, operation: Operation): string | null {
    let last: { at: number; contactName: string } | null = null;
    for (const request of this.deps.ledger.requests.values()) {
      const isMeant = request.operation === operation && request.cancelled === null && request.fields.includes(field);
      if (isMeant && request.contactName !== '' && (last === null || request.at > last.at)) last = request;
    }
    return last?.contactName ?? null;
  }

  /** Nobody described it since its device was enrolled: its width is the default. */
  private isAssumed(id: string): boolean {
    const machine = this.deps.registry.machines.get(id);
    if (!machine) return true;
    return (
      machine.plate === id &&
      machine.operatorName === '' &&
      machine.implements.every(({ workingWidthM }) => workingWidthM === DEFAULT_WIDTH_M)
    );
  }

  /** The batches of the log that hold the work, and a little before and after it. */
  private async batchesOf(stored: readonly StoredSwaths[]): Promise<StoredBatch[]> {
    const found = new Map<number, StoredBatch>();
    for (const { machine, outbox, spans } of workSpansOf(distinctSwaths(stored))) {
      for (const [from, to] of spans) {
        for await (const batch of this.deps.log.ofOutbox(machine, outbox, Math.max(0, from - MARGIN_SEQS))) {
          if (batch.firstSeq > to + MARGIN_SEQS) break;
          found.set(batch._id, batch);
        }
      }
    }
    return [...found.values()];
  }
}

const nameless = ({ finished, reopened, ...figures }: EvidenceFigures): EvidenceFigures => ({
  ...figures,
  finished: finished && { ...finished, name: null },
  reopened: reopened && { name: null },
});

/** What a link shows: no person's name, and machines by their plate alone. */
export const withoutNames = (evidence: Evidence): Evidence => ({
  ...evidence,
  field: { ...evidence.field, farmer: null },
  work: evidence.work && {
    ...evidence.work,
    figures: nameless(evidence.work.figures),
    machines: evidence.work.machines.map(machine => ({ ...machine, machine: null, operatorName: null })),
  },
  objections: [],
});
