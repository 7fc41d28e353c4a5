import {
  type Decision,
  type DecisionVerdict,
  type Objection,
  type ObjectionInput,
  type ObjectionShown,
  objectionStateOf,
  type RecordRow,
} from '../../shared/claim.ts';
import type { Evidence } from '../../shared/evidence.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Operation } from '../../shared/season.ts';
import type { ClaimStore, StoredObjection } from '../stores/claims.ts';
import type { Fold } from './fold.ts';
import { muOfDm2 } from './hourly-area.ts';
import type { Registry } from './registry.ts';
import type { WorkRecord } from './work-record.ts';

const MOST_SHOWN = 100;

/** `before` is null when it is new; both are the same when the request had been answered before. */
export interface ObjectionChange {
  before: StoredObjection | null;
  after: StoredObjection;
}
export interface Settlement {
  version: number;
  verdict: DecisionVerdict;
  agreedMu: number | null;
  reason: string;
}
type Row = Pick<Objection, 'machine' | 'field' | 'operation' | 'day'>;
const rowKey = ({ machine, field, operation, day }: Row): string => `${machine}|${field}|${operation}|${day}`;

/** Operators' objections to measured figures, and what dispatchers decided. The figure itself stays as it is measured. */
export class Objections {
  private readonly held = new Map<string, StoredObjection>();
  private readonly byRow = new Map<string, string[]>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told after it was saved. */
  onChange: (change: ObjectionChange) => void = () => undefined;

  constructor(private readonly deps: { store: ClaimStore; registry: Registry; fold: Fold; record: WorkRecord; now: () => number }) {}

  async load(year: number | null): Promise<void> {
    this.held.clear();
    this.byRow.clear();
    for (const objection of year === null ? [] : await this.deps.store.objectionsOf(year)) this.hold(objection);
  }

  /** The unit of its field; empty: there is no such objection. */
  townOf = (id: string): string => this.deps.registry.townOfField(this.held.get(id)?.field ?? '');

  object(machine: string, input: ObjectionInput, author: string): Promise<ObjectionChange> {
    return this.inTurn(async () => {
      const { store, registry, record, now } = this.deps;
      const known = this.held.get(input.id);
      if (known) {
        if (known.machine !== machine) throw new Refusal('conflict', 'id: another objection has it; make a new one');
        return { before: known, after: known };
      }
      if (!registry.fields.has(input.field)) throw new Refusal('conflict', 'gone: this field is on the list no more');
      const row = { ...input, machine };
      if (this.ofRow(row).some(one => objectionStateOf(one) === 'open'))
        throw new Refusal('conflict', 'open: an objection to this work waits for its answer already');
      const measuredMu = await record.muOf(row);
      const times = { at: Math.min(input.at, now()), receivedAt: now(), year: registry.season?.year ?? 0 };
      const after: StoredObjection = { ...row, ...times, author, measuredMu, decisions: [], version: 1 };
      if (!(await store.addObjection(after))) throw new Refusal('conflict', 'id: another objection has it; make a new one');
      return this.saved({ before: null, after });
    });
  }

  /** The same once more is a retry. What is settled may be decided anew: each decision stays on record. */
  settle(id: string, { version, verdict, agreedMu, reason }: Settlement, by: string): Promise<ObjectionChange> {
    return this.inTurn(async () => {
      const { store, record, now } = this.deps;
      const before = this.held.get(id);
      if (!before) throw new Refusal('notFound', `there is no objection ${id}`);
      if (verdict === 'upheld' && agreedMu === null) throw new Refusal('invalid', 'agreedMu: say how many mu were agreed');
      const agreed = verdict === 'upheld' ? agreedMu : null;
      const last = before.decisions.at(-1);
      if (last && last.verdict === verdict && last.agreedMu === agreed && last.reason === reason) return { before, after: before };
      const decision: Decision = { verdict, agreedMu: agreed, reason, at: now(), by, measuredMu: await record.muOf(before) };
      const after = before.version === version ? await store.decide(id, version, decision) : null;
      if (!after) throw new Refusal('conflict', 'version: somebody else decided it meanwhile; look at it again');
      return this.saved({ before, after });
    });
  }

  /** Those that wait, since the office spoke last of them or they came. */
  open = (): { field: string; since: number }[] =>
    [...this.held.values()]
      .filter(one => objectionStateOf(one) === 'open')
      .map(({ field, decisions, receivedAt }) => ({ field, since: decisions.at(-1)?.at ?? receivedAt }));

  /** In the order in which they came. */
  ofMachine = (machine: string): StoredObjection[] => [...this.held.values()].filter(one => one.machine === machine);

  /** The longest waiting first, or all, the newest first. */
  async list(of: { division: string; state: 'open' | 'all'; field?: string | undefined }) {
    const { registry } = this.deps;
    const found = [...this.held.values()].filter(
      one =>
        registry.chain(registry.townOfField(one.field)).includes(of.division) &&
        (of.field === undefined || one.field === of.field) &&
        (of.state === 'all' || objectionStateOf(one) === 'open'),
    );
    found.sort((a, b) => (of.state === 'open' ? a.receivedAt - b.receivedAt : b.receivedAt - a.receivedAt));
    const objections: ObjectionShown[] = [];
    for (const one of found.slice(0, MOST_SHOWN)) objections.push(await this.shown(one));
    return { total: found.length, objections };
  }

  /** How many about a field wait for their answer. */
  openOf(field: string): number {
    let open = 0;
    for (const one of this.held.values()) if (one.field === field && objectionStateOf(one) === 'open') open++;
    return open;
  }

  /** For the evidence of a field. */
  evidenceOf(field: string, operation: Operation): Evidence['objections'] {
    const found = [...this.held.values()].filter(one => one.field === field && one.operation === operation);
    return found.map(one => {
      const last = one.decisions.at(-1);
      return {
        at: one.at,
        plate: this.deps.registry.machines.get(one.machine)?.plate ?? one.machine,
        reason: one.reason,
        claimedMu: one.claimedMu,
        state: last?.verdict ?? 'open',
        agreedMu: last?.agreedMu ?? null,
        decision: last?.reason ?? '',
        decidedBy: last?.by ?? null,
        decidedAt: last?.at ?? null,
      };
    });
  }

  /** The last objection to a row of somebody's record, and what was agreed. */
  onRow(row: Row): Pick<RecordRow, 'agreedMu' | 'objection'> {
    const last = this.ofRow(row).at(-1);
    if (!last) return { agreedMu: null, objection: null };
    const { id, reason, claimedMu, at, decisions } = last;
    const decision = decisions.at(-1) ?? null;
    return { agreedMu: decision?.agreedMu ?? null, objection: { id, reason, claimedMu, at, state: objectionStateOf(last), decision } };
  }

  async shown(objection: StoredObjection): Promise<ObjectionShown> {
    const { registry, fold, record } = this.deps;
    const field = registry.fields.get(objection.field);
    const town = registry.townOfField(objection.field);
    const machine = registry.machines.get(objection.machine);
    return {
      ...asAudited(objection),
      state: objectionStateOf(objection),
      plate: machine?.plate ?? objection.machine,
      operatorName: machine?.operatorName ?? '',
      village: field?.village ?? '',
      division: town,
      divisionName: registry.divisions.get(town)?.name ?? '',
      fieldMu: muOfDm2(field?.areaDm2 ?? 0),
      measuredNowMu: await record.muOf(objection),
      coveredMu: muOfDm2(fold.coverageOf(objection.field, objection.operation)?.coveredDm2 ?? 0),
    };
  }

  private ofRow = (row: Row): StoredObjection[] => (this.byRow.get(rowKey(row)) ?? []).map(id => this.held.get(id)!);

  private saved(change: ObjectionChange): ObjectionChange {
    this.hold(change.after);
    this.onChange(change);
    return change;
  }

  private hold(objection: StoredObjection): void {
    const key = rowKey(objection);
    if (!this.held.has(objection.id)) this.byRow.set(key, [...(this.byRow.get(key) ?? []), objection.id]);
    this.held.set(objection.id, objection);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

/** An objection as the audit trail and the pages see it. */
export const asAudited = ({ year: _, receivedAt: __, ...objection }: StoredObjection): Objection => objection;
