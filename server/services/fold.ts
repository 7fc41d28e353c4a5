import { setTimeout as pause } from 'node:timers/promises';
import type { Fix } from '../../shared/fix.ts';
import type { Operation } from '../../shared/season.ts';
import { type CoverageResult, FieldCoverage, type FinishWord } from '../domain/coverage.ts';
import type { FieldShape } from '../domain/field-index.ts';
import { GroundCells } from '../domain/ground-cells.ts';
import { type FoldMachine, OutboxFold } from '../domain/outbox-fold.ts';
import { ReceiverWatch } from '../domain/receiver-watch.ts';
import type { Swath } from '../domain/swath.ts';
import type { DerivedStore, StoredCoverage, StoredOutbox, StoredSwaths } from '../stores/derived.ts';
import type { FixLog, StoredBatch } from '../stores/fix-log.ts';
import type { Draft } from './fix-appender.ts';
import { acceptedOf } from './outbox.ts';
import type { Pace } from './pace.ts';
import type { Registry } from './registry.ts';
import { Replay } from './replay.ts';
import { SwathBuffer, swathsOf } from './swath-buffer.ts';

/** What the fold knows of one outbox. */
export interface FoldedOutbox {
  machine: string;
  outbox: string;
  lastSeq: number;
  fold: OutboxFold;
  fixes: number;
  refused: Record<string, number>;
  thinned: number;
  firstFixTime: number | null;
  lastFixTime: number | null;
  /** Device clock minus ours at the quickest delivery seen, ms: an estimate for display. */
  clockOffMs: number | null;
  /** Where it has been. */
  ground: GroundCells;
  receiver: ReceiverWatch;
  /** While it is folded again beside. */
  replay?: Replay | undefined;
}

/** The coverage of one field and operation while it is in work. */
interface Active {
  key: ResultKey;
  field: string;
  operation: Operation;
  coverage: FieldCoverage;
  /** Swaths that wait until the earlier ones are read from the store; null once they are. */
  waiting: Swath[] | null;
  touchedAt: number;
}

export type ResultKey = `${string}|${Operation}`;
export const resultKey = (field: string, operation: Operation): ResultKey => `${field}|${operation}`;

/** Who wants to know what the fold found. */
export interface FoldListener {
  /** `fixes`: those that were folded just now, none when it was read from a checkpoint or folded again. */
  moved(outbox: FoldedOutbox, fixes: readonly Fix[]): void;
  /** A swath of a batch that came some time after it was driven. */
  late(field: string, operation: Operation, news: { swath: Swath; receivedAt: number }): void;
  /** `after` is null when there is nothing of it any more. */
  covered(field: string, operation: Operation, before: CoverageResult | null, after: CoverageResult | null): void;
}

/** The batches of the log that are folded. */
export interface LogSpan {
  /** Those after this number. */
  after: number;
  /** Of a closed season: up to this one. */
  upTo: number | null;
  /** What ended before is late news of a season before this one. */
  fromTime: number | null;
}

interface RefoldTools {
  log: Pick<FixLog, 'ofOutbox'>;
  pace: Pace;
  stopped: () => boolean;
}

/** Changes with every rule of the fold and with every shape of its state: a checkpoint of another method is folded again from the log. */
export const FOLD_METHOD = 'fold 5';

/** Of a batch that came so long after its first fix some may be late news. */
const LATE_MS = 60_000;

/** More coverages than these are not held in memory, except those that changed since the last checkpoint. */
const MOST_ACTIVE = 20_000;
const LOADED_AT_ONCE = 100;
/** Of an unhurried checkpoint: so much longer than a write is the pause after it. */
const RESTS_PER_WRITE = 2;
const FORGET_AFTER_MS = 10 * 60_000;
/** Time for working out coverage in one go: reports are answered in between. */
const EVALUATE_MS = 10;

/**
 * Log → derived. Everything here can be thrown away and folded again from the log; checkpoints only save the time. All areas are whole
 * dm², so that no sum depends on the order in which fixes arrived.
 */
export class Fold {
  readonly outboxes = new Map<string, FoldedOutbox>();
  readonly results = new Map<ResultKey, CoverageResult>();
  private readonly active = new Map<ResultKey, Active>();
  private readonly loading = new Set<Promise<void>>();
  /** Coverages whose stored swaths could not be read. */
  private readonly unread = new Set<Active>();
  /** What has swaths that its result does not know of, and since when; the oldest first. */
  private readonly unevaluated = new Map<ResultKey, number>();
  /** The coverage that the batch in hand painted last. */
  private current: { shape: FieldShape; operation: Operation; active: Active } | null = null;
  /** When the batch in hand came, when it was that late. */
  private lateSince: number | null = null;
  private changedOutboxes = new Set<FoldedOutbox>();
  private changedResults = new Set<ResultKey>();
  /** Stored results that are no more. */
  private withdrawn = new Set<ResultKey>();
  private buffer = new SwathBuffer();
  private upTo = 0;
  /** What another method folded is in the store; it goes with the first checkpoint. */
  private mustClear = false;
  private span: LogSpan = { after: 0, upTo: null, fromTime: null };
  /** What a person says of a field, given what the rules alone find. */
  wordOf: (field: string, operation: Operation, byRule: CoverageResult) => FinishWord | null = () => null;
  private checkpointing: Promise<void> | null = null;
  /** What writes to the store does so one after the other. */
  private lane: Promise<unknown> = Promise.resolve();
  /** An outbox that was folded again is taking its new place; and how many have. */
  private isReplacing = false;
  private replaced = 0;
  private unhurried = false;

  constructor(
    private readonly store: Pick<
      DerivedStore,
      'foldedUpTo' | 'clear' | 'checkpoint' | 'swathsOf' | 'unevaluated' | 'allCoverage' | 'allOutboxes' | 'placesOf' | 'replaceOutbox'
    >,
    private readonly registry: Pick<Registry, 'machines' | 'index'>,
    private readonly listener: FoldListener,
    private readonly wall: () => number,
  ) {}

  /** Reads the last checkpoint, unless all is to be folded `anew`. Returns the log number from which the log is to be folded again. */
  async restore({ anew = false } = {}): Promise<number> {
    // The mark first, then in the order opposite to that of writing: a checkpoint made meanwhile by a running program does no harm.
    const upTo = anew ? null : await this.store.foldedUpTo(this.storedMethod);
    this.mustClear = upTo === null;
    this.upTo = upTo ?? this.span.after;
    if (upTo === null) return this.upTo;
    for await (const stored of this.store.allOutboxes()) this.restoreOutbox(stored);
    const unevaluated = await this.store.unevaluated();
    for await (const { field, operation, result } of this.store.allCoverage())
      this.publish(resultKey(field, operation), field, operation, result);
    this.changedResults.clear();
    await this.activateAll([...new Set([...(unevaluated as ResultKey[]), ...this.misjudged()])]);
    return this.upTo;
  }

  /** Folds only a part of the log: before the checkpoint is taken up, or from now on. */
  confine(span: LogSpan): void {
    this.span = span;
  }

  /** Some of the log is of another season: an outbox that the fold does not know may still be in the log. */
  get isPartial(): boolean {
    return this.span.after > 0 || this.span.upTo !== null;
  }

  holds(number: number, lastTime: number | null): boolean {
    const { after, upTo, fromTime } = this.span;
    return number > after && (upTo === null || number <= upTo) && (fromTime === null || lastTime === null || lastTime >= fromTime);
  }

  /** What the store holds was folded by another method, and goes with the next checkpoint. */
  get isAnew(): boolean {
    return this.mustClear;
  }

  /** The newest batch that is folded. */
  get foldedUpTo(): number {
    return this.upTo;
  }

  /** By which the stored results were found, and of which part of the log: others are of no use. */
  get storedMethod(): string {
    return this.span.after === 0 ? FOLD_METHOD : `${FOLD_METHOD} after ${this.span.after}`;
  }

  foldedSeq = (machine: string, outbox: string): number => this.outboxes.get(`${machine}/${outbox}`)?.lastSeq ?? 0;

  /** Folds a batch that has just become durable. */
  take(number: number, batch: Draft, accepted: readonly Fix[]): void {
    if (!this.holds(number, batch.lastTime)) return;
    const folded = this.outboxOf(batch, accepted[0]);
    if (batch.lastSeq > folded.lastSeq) this.foldBatch(folded, batch, accepted);
    if (number > this.upTo) this.upTo = number;
  }

  /** Folds a batch read back from the log; what is folded already is passed over. */
  takeStored(batch: StoredBatch): void {
    this.take(batch._id, batch, acceptedOf(batch));
  }

  /** Works out the coverage of fields that changed so long ago, as many as fit into the time; the rest comes with the next call. */
  evaluate(changedMsAgo = 0): void {
    const now = this.wall();
    for (const [key, since] of this.unevaluated) {
      if (since > now - changedMsAgo || this.wall() > now + EVALUATE_MS) break;
      this.evaluateOne(key);
    }
  }

  /**
   * Makes everything folded so far the base from which the next start goes on; of results that are out of date it only takes note.
   * `unhurried`: leaves most of the time to the reports, until somebody else asks for a checkpoint.
   */
  checkpoint({ unhurried = false } = {}): Promise<void> {
    if (!unhurried) this.unhurried = false;
    if (!this.checkpointing) {
      this.unhurried = unhurried;
      this.checkpointing = this.inTurn(() => this.writeCheckpoint()).finally(() => {
        this.checkpointing = null;
      });
    }
    return this.checkpointing;
  }

  /** A checkpoint that is under way makes no more pauses. */
  hurry(): void {
    this.unhurried = false;
  }

  /** Works a field's coverage out again with a new boundary, from all its swaths. */
  async reshape(shape: FieldShape): Promise<void> {
    for (const operation of ['harvest', 'sow'] as const) {
      const key = resultKey(shape.id, operation);
      if (!this.results.has(key) && !this.active.has(key)) continue;
      this.active.delete(key);
      this.activate(key, shape, operation);
      await this.loaded();
      this.evaluateOne(key);
    }
  }

  /** A field is no more: nothing counts for it from now on. Its swaths leave the store when what passed there is folded again. */
  retire(field: string): void {
    for (const operation of ['harvest', 'sow'] as const) this.withdraw(resultKey(field, operation), field, operation);
    this.current = null;
  }

  /** A person said something of a field: its result is worked out again. */
  async judge(field: string, operation: Operation): Promise<void> {
    const key = resultKey(field, operation);
    const shape = this.registry.index.get(field);
    if (!shape || (!this.results.has(key) && !this.active.has(key))) return;
    if (!this.active.has(key)) this.activate(key, shape, operation);
    await this.loaded();
    this.evaluateOne(key);
  }

  /** Another implement of a machine counts for its outboxes from the next fix on; what came before is folded again by the refolder. */
  reequip(machine: string): void {
    for (const folded of this.outboxesOf(machine)) {
      const now = this.registry.machines.get(machine);
      if (now) folded.fold = new OutboxFold(now, folded.outbox, folded.fold.state());
    }
  }

  /** Fields and operations whose result knows less than their swaths. */
  get outOfDate(): number {
    return this.unevaluated.size;
  }

  /**
   * Folds an outbox again from its first fix, with the fields and implements as they are now. It goes on as it was until then; the new takes
   * the place of the old in the store in one transaction, and here in one go. Nothing is changed when it is stopped or rejects.
   */
  async refold(folded: FoldedOutbox, { log, pace, stopped }: RefoldTools): Promise<void> {
    // What another method left in the store must not go after this has come.
    if (this.mustClear) await this.checkpoint();
    const { machine, outbox, lastSeq } = folded;
    const replay = this.replayOf(folded);
    folded.replay = replay;
    try {
      const holds = (number: number, lastTime: number | null) => this.holds(number, lastTime);
      await replay.run(log.ofOutbox(machine, outbox), { upTo: lastSeq, holds, pace, stopped });
      if (!stopped())
        await this.inTurn(async () => {
          this.isReplacing = true;
          await this.replace(folded, replay).finally(() => {
            this.isReplacing = false;
            this.replaced++;
          });
        });
    } finally {
      folded.replay = undefined;
    }
  }

  /** An outbox to be folded from its first fix, beside what stands. */
  replayOf = ({ machine, outbox }: Pick<FoldedOutbox, 'machine' | 'outbox'>): Replay =>
    new Replay(this.machineOf(machine), outbox, () => ({ index: this.registry.index }));

  /** Nothing painted yet; as all coverages here begin. */
  emptyCoverage = (shape: FieldShape): FieldCoverage => new FieldCoverage(shape);

  private async replace(folded: FoldedOutbox, replay: Replay): Promise<void> {
    const { machine, outbox } = folded;
    const keys = new Set((await this.store.placesOf(machine, outbox)).map(({ field, operation }) => resultKey(field, operation)));
    replay.catchUp();
    const swaths = [...replay.swaths.drain().stored()];
    for (const { field, operation } of swaths) keys.add(resultKey(field, operation));
    for (const { field, operation } of this.buffer.placesOf(machine, outbox)) keys.add(resultKey(field, operation));
    await this.store.replaceOutbox(storedOutbox({ ...folded, fold: replay.fold }), swaths, [...keys]);
    // From here on nothing else runs. What came during the transaction was folded the old way into the buffer, and anew it comes now.
    replay.catchUp();
    for (const { field, operation } of this.buffer.dropOutbox(machine, outbox)) keys.add(resultKey(field, operation));
    for (const stored of replay.swaths.drain().stored()) {
      const key = resultKey(stored.field, stored.operation);
      keys.add(key);
      for (const swath of swathsOf(stored)) this.buffer.add({ key, field: stored.field, operation: stored.operation }, swath);
    }
    folded.fold = replay.fold;
    folded.replay = undefined;
    this.changedOutboxes.add(folded);
    this.current = null;
    for (const key of keys) this.renew(key);
    this.listener.moved(folded, []);
  }

  /** Reads a coverage back from the store, which holds other swaths of it than were painted here. */
  private renew(key: ResultKey): void {
    const [field, operation] = key.split('|') as [string, Operation];
    this.active.delete(key);
    const shape = this.registry.index.get(field);
    if (shape) {
      this.activate(key, shape, operation, true);
      this.unevaluated.set(key, this.wall());
    } else this.withdraw(key, field, operation);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  /**
   * All swaths of a field in one operation as they are stored or will be; some may come twice, as a checkpoint moves them from memory into
   * the store meanwhile. Never what an outbox had before it was folded again together with what it has since.
   */
  async storedSwathsOf(field: string, operation: Operation): Promise<StoredSwaths[]> {
    const key = resultKey(field, operation);
    for (;;) {
      while (this.isReplacing) await this.lane;
      const replaced = this.replaced;
      const before = [...this.buffer.storedOf(key)];
      const stored = await this.store.swathsOf(field, operation);
      if (replaced === this.replaced && !this.isReplacing) return [...stored, ...before, ...this.buffer.storedOf(key)];
    }
  }

  coverageOf = (field: string, operation: Operation): CoverageResult | null => this.results.get(resultKey(field, operation)) ?? null;

  outboxesOf = (machine: string): FoldedOutbox[] => [...this.outboxes.values()].filter(outbox => outbox.machine === machine);

  private machineOf = (id: string): FoldMachine => this.registry.machines.get(id) ?? { id, implements: [] };

  private outboxOf(batch: Draft, first: Fix | undefined): FoldedOutbox {
    const key = `${batch.machine}/${batch.outbox}`;
    let folded = this.outboxes.get(key);
    if (!folded) {
      folded = {
        machine: batch.machine,
        outbox: batch.outbox,
        lastSeq: 0,
        fold: new OutboxFold(this.machineOf(batch.machine), batch.outbox),
        fixes: 0,
        refused: {},
        thinned: 0,
        firstFixTime: null,
        lastFixTime: null,
        clockOffMs: null,
        ground: new GroundCells(),
        receiver: new ReceiverWatch(),
      };
      this.outboxes.set(key, folded);
    }
    folded.firstFixTime ??= first?.fixTime ?? null;
    return folded;
  }

  private foldBatch(folded: FoldedOutbox, batch: Draft, accepted: readonly Fix[]): void {
    const world = { index: this.registry.index };
    this.current = null;
    this.lateSince = batch.firstTime !== null && batch.receivedAt - batch.firstTime > LATE_MS ? batch.receivedAt : null;
    folded.receiver.take(accepted, world.index);
    for (const fix of accepted) {
      folded.fold.take(fix, world, this.emit);
      folded.ground.note(fix.lng, fix.lat);
    }
    folded.replay?.follow(accepted);
    folded.lastSeq = batch.lastSeq;
    folded.fixes += accepted.length;
    for (const { reasons } of batch.refused ?? []) for (const reason of reasons) folded.refused[reason] = (folded.refused[reason] ?? 0) + 1;
    for (const [from, to] of batch.thinned ?? []) folded.thinned += to - from + 1;
    if (batch.lastTime !== null) {
      folded.lastFixTime = Math.max(folded.lastFixTime ?? 0, batch.lastTime);
      folded.clockOffMs = Math.max(folded.clockOffMs ?? Number.NEGATIVE_INFINITY, batch.lastTime - batch.receivedAt);
    }
    this.changedOutboxes.add(folded);
    this.listener.moved(folded, accepted);
  }

  private readonly emit = (shape: FieldShape, operation: Operation, swath: Swath): void => {
    if (this.current?.shape !== shape || this.current.operation !== operation) this.current = this.touch(shape, operation);
    const { active } = this.current;
    if (active.waiting) active.waiting.push(swath);
    else active.coverage.add(swath);
    this.buffer.add(active, swath);
    if (this.lateSince !== null) this.listener.late(shape.id, operation, { swath, receivedAt: this.lateSince });
  };

  private touch(shape: FieldShape, operation: Operation): { shape: FieldShape; operation: Operation; active: Active } {
    const key = resultKey(shape.id, operation);
    const active = this.active.get(key) ?? this.activate(key, shape, operation);
    active.touchedAt = this.wall();
    if (!this.unevaluated.has(key)) this.unevaluated.set(key, active.touchedAt);
    return { shape, operation, active };
  }

  private activate(key: ResultKey, shape: FieldShape, operation: Operation, isStored = this.results.has(key)): Active {
    const active: Active = { key, field: shape.id, operation, coverage: this.emptyCoverage(shape), waiting: null, touchedAt: this.wall() };
    this.active.set(key, active);
    if (isStored) {
      active.waiting = [];
      this.load(active);
    }
    return active;
  }

  /** Takes up coverages of which the store has swaths that no result knows of. */
  private async activateAll(keys: readonly ResultKey[]): Promise<void> {
    for (let i = 0; i < keys.length; i += LOADED_AT_ONCE) {
      for (const key of keys.slice(i, i + LOADED_AT_ONCE)) {
        const [field, operation] = key.split('|') as [string, Operation];
        const shape = this.registry.index.get(field);
        if (shape) this.activate(key, shape, operation, true);
      }
      await this.loaded();
    }
  }

  private load(active: Active): void {
    const load = this.loadSwaths(active).then(
      () => void this.loading.delete(load),
      (error: unknown) => {
        this.loading.delete(load);
        this.unread.add(active);
        throw error;
      },
    );
    load.catch(() => undefined);
    this.loading.add(load);
  }

  private async loadSwaths(active: Active): Promise<void> {
    for (const stored of await this.store.swathsOf(active.field, active.operation))
      for (const swath of swathsOf(stored)) active.coverage.add(swath);
    // What lies in the buffer is not in the store yet, and was given to an earlier life of this coverage.
    for (const swath of this.buffer.swathsOf(active.key)) active.coverage.add(swath);
    for (const swath of active.waiting ?? []) active.coverage.add(swath);
    active.waiting = null;
    if (this.active.get(active.key) === active) this.unevaluated.set(active.key, this.wall());
  }

  /** Rejects when the database does not answer; what could not be read is read again by the next call. */
  private async loaded(): Promise<void> {
    for (const active of this.unread) this.load(active);
    this.unread.clear();
    while (this.loading.size > 0) await Promise.all(this.loading);
  }

  private evaluateOne(key: ResultKey): void {
    const active = this.active.get(key);
    if (!active || active.waiting) return;
    this.unevaluated.delete(key);
    if (active.coverage.swathCount === 0) {
      this.withdraw(key, active.field, active.operation);
      return;
    }
    const byRule = active.coverage.result();
    const word = this.wordOf(active.field, active.operation, byRule);
    this.publish(key, active.field, active.operation, word === null ? byRule : active.coverage.judged(word));
  }

  private publish(key: ResultKey, field: string, operation: Operation, result: CoverageResult): void {
    const before = this.results.get(key) ?? null;
    this.results.set(key, result);
    this.withdrawn.delete(key);
    this.changedResults.add(key);
    this.listener.covered(field, operation, before, result);
  }

  private withdraw(key: ResultKey, field: string, operation: Operation): void {
    const before = this.results.get(key) ?? null;
    this.active.delete(key);
    this.unevaluated.delete(key);
    this.results.delete(key);
    this.changedResults.delete(key);
    this.withdrawn.add(key);
    if (before) this.listener.covered(field, operation, before, null);
  }

  /** Results that are not of what people say now: the program ended between the word and the checkpoint. */
  private misjudged(): ResultKey[] {
    return [...this.results].flatMap(([key, result]) => {
      const [field, operation] = key.split('|') as [string, Operation];
      return this.wordOf(field, operation, result.byRule ?? result) === (result.word ?? null) ? [] : [key];
    });
  }

  private async writeCheckpoint(): Promise<void> {
    await this.loaded();
    // From here to the first await nothing else runs: swaths, results, states and log number are of one instant.
    const swaths = this.buffer.drain();
    const upTo = this.upTo;
    const changed = this.changedResults;
    this.changedResults = new Set();
    const withdrawn = [...this.withdrawn];
    this.withdrawn = new Set();
    const coverage = [...changed].map(key => this.storedCoverage(key));
    const unevaluated = [...this.unevaluated.keys()];
    const outboxes = [...this.changedOutboxes].map(storedOutbox);
    this.changedOutboxes = new Set();
    try {
      if (this.mustClear) await this.store.clear();
      this.mustClear = false;
      const rest = this.restBetweenWrites();
      await this.store.checkpoint({
        swaths: swaths.stored(),
        coverage,
        withdrawn,
        unevaluated,
        outboxes,
        upTo,
        method: this.storedMethod,
        rest,
      });
      this.buffer.forget(swaths);
    } catch (error) {
      // Nothing of it may be lost: a later checkpoint writes it again.
      this.buffer.giveBack(swaths);
      for (const outbox of outboxes) this.changedOutboxes.add(this.outboxes.get(outbox._id)!);
      for (const key of changed) if (this.results.has(key)) this.changedResults.add(key);
      for (const key of withdrawn) if (!this.results.has(key)) this.withdrawn.add(key);
      throw error;
    }
    this.forgetIdle();
  }

  private restBetweenWrites(): () => Promise<void> {
    let began = this.wall();
    return async () => {
      if (this.unhurried) await pause(RESTS_PER_WRITE * (this.wall() - began));
      began = this.wall();
    };
  }

  /** All that is out of date now, in small pieces so that reports are answered in between. */
  async evaluateAll(): Promise<void> {
    await this.loaded();
    let until = this.wall() + EVALUATE_MS;
    for (const key of [...this.unevaluated.keys()]) {
      this.evaluateOne(key);
      if (this.wall() < until) continue;
      await new Promise(resolve => setImmediate(resolve));
      until = this.wall() + EVALUATE_MS;
    }
  }

  private forgetIdle(): void {
    const before = this.wall() - FORGET_AFTER_MS;
    let tooMany = this.active.size - MOST_ACTIVE;
    for (const [key, active] of this.active) {
      const isBusy = active.waiting !== null || this.unevaluated.has(key) || this.buffer.holds(key);
      if (isBusy || (active.touchedAt >= before && tooMany <= 0)) continue;
      this.active.delete(key);
      tooMany--;
    }
  }

  private storedCoverage(key: ResultKey): StoredCoverage {
    const [field, operation] = key.split('|') as [string, Operation];
    return { _id: key, field, operation, result: this.results.get(key)! };
  }

  private restoreOutbox(stored: StoredOutbox): void {
    const folded: FoldedOutbox = {
      machine: stored.machine,
      outbox: stored.outbox,
      lastSeq: stored.lastSeq,
      fold: new OutboxFold(this.machineOf(stored.machine), stored.outbox, stored.fold ?? undefined),
      fixes: stored.counts.fixes,
      refused: stored.counts.refused,
      thinned: stored.counts.thinned,
      firstFixTime: stored.firstFixTime,
      lastFixTime: stored.lastFixTime,
      clockOffMs: stored.clockOffMs,
      ground: new GroundCells(stored.ground),
      receiver: new ReceiverWatch(stored.receiver),
    };
    this.outboxes.set(stored._id, folded);
    this.listener.moved(folded, []);
  }
}

const storedOutbox = (folded: FoldedOutbox): StoredOutbox => ({
  _id: `${folded.machine}/${folded.outbox}`,
  machine: folded.machine,
  outbox: folded.outbox,
  lastSeq: folded.lastSeq,
  fold: folded.fold.state(),
  counts: { fixes: folded.fixes, refused: { ...folded.refused }, thinned: folded.thinned },
  firstFixTime: folded.firstFixTime,
  lastFixTime: folded.lastFixTime,
  clockOffMs: folded.clockOffMs,
  ground: folded.ground.list(),
  receiver: folded.receiver.state(),
});
