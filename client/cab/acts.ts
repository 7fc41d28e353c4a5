import type { ObjectionInput, RecordRow } from '../../shared/claim.ts';
import type { FuelRequest } from '../../shared/fuel.ts';
import type { MaintenanceTask } from '../../shared/maintenance.ts';
import type { CabNotice } from '../../shared/notice.ts';
import type { FaultKind, RepairCall } from '../../shared/repair.ts';
import type { Operation } from '../../shared/season.ts';
import type { DeclineReason, OrderAct, OrderAnswer } from '../../shared/work-order.ts';
import { current } from './cab-state.ts';
import type { Engine } from './engine.ts';
import { type CabOrder, placeOf, withdrawnKey } from './inbox.ts';
import { changeFacts, type OutboxRecord, recordAct, STRICT, settleErrands } from './store.ts';

/** What the operator does. Each is written down first and takes effect then, with a network or without. */

/** Version of the text that is agreed to when a phone is enrolled. */
export const CONSENT_TEXT = 1;

export interface Enrolment {
  machine: string;
  plate: string;
  token: string;
}

/** Makes this phone the machine's. A new run of numbers; older ones drain under their own tokens, of the same machine under the new one. */
export async function enrol(engine: Engine, { machine, plate, token }: Enrolment): Promise<void> {
  const { database } = engine;
  const now = engine.seasonNow();
  const outbox: OutboxRecord = {
    id: crypto.randomUUID(),
    machine,
    plate,
    token,
    createdAt: now,
    lastSeq: 0,
    acked: 0,
    ackedFixTime: null,
    ackedAt: null,
    refusedCount: 0,
    newest: null,
    isDenied: false,
  };
  const { store, done } = database.transaction('outboxes', 'readwrite', STRICT);
  for (const older of await store.getAll()) {
    if (older.machine === machine && older.isDenied) await store.put({ ...older, token, isDenied: false });
  }
  await store.add(outbox);
  await done;
  const id = crypto.randomUUID();
  await recordAct(
    database,
    { current: outbox.id, duty: { on: false, since: now }, working: null, cab: null, inbox: null, record: null, told: [], putAway: [] },
    { id, outbox: outbox.id, route: 'cabConsent', body: { id, text: CONSENT_TEXT, at: now }, at: now },
  );
  void navigator.storage?.persist?.();
  await engine.changed();
}

export async function switchDuty(engine: Engine, on: boolean): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const body = { id, on, at };
  await recordAct(engine.database, { duty: { on, since: at }, working: null }, { id, outbox: outbox.id, route: 'switchDuty', body, at });
  await engine.changed();
}

export async function setWorking(engine: Engine, working: 0 | 1 | null): Promise<void> {
  await changeFacts(engine.database, { working });
  await engine.changed();
}

/** The photo is an errand of its own: the call does not wait for it. */
export async function callRepair(engine: Engine, call: { fault: FaultKind; note: string; photo: Blob | null }): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const { newest } = outbox;
  const { fault, note, photo } = call;
  const body: RepairCall = { id, fault, note, lngLat: newest && [newest.lng, newest.lat], calledAt: at };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'callRepair', body, at });
  if (photo) {
    const errand = { id: crypto.randomUUID(), outbox: outbox.id, route: 'addPhoto' as const, params: { id }, body: photo, at };
    await recordAct(engine.database, {}, errand);
  }
  await engine.changed();
}

export interface Answer {
  act: OrderAct;
  declineReason?: DeclineReason;
}

/** What is done with an order shows at once; the server hears of it as soon as it can, in the order in which it was done. */
export async function answerOrder(engine: Engine, order: CabOrder, answer: Answer): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const body: OrderAnswer = { id, order: order.id, at, ...answer };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'answerOrder', body, at, about: placeOf(order) });
  await engine.changed();
}

export async function readNotices(engine: Engine, notices: readonly CabNotice[]): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const at = engine.seasonNow();
  for (const notice of notices.filter(({ readAt }) => readAt === null)) {
    const id = crypto.randomUUID();
    await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'readNotice', params: { id: notice.id }, body: { at }, at });
  }
  await engine.changed();
}

/** To where the machine is now. */
export async function requestFuel(engine: Engine, litres: number): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const { newest } = outbox;
  const body: FuelRequest = { id, litres, note: '', lngLat: newest && [newest.lng, newest.lat], requestedAt: at };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'requestFuel', body, at });
  await engine.changed();
}

export async function objectTo(
  engine: Engine,
  { field, operation, day, village }: RecordRow,
  said: Pick<ObjectionInput, 'reason' | 'claimedMu' | 'note'>,
): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const body: ObjectionInput = { id, field, operation, day, ...said, at };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'object', body, at, about: `${village} ${day.slice(5)}` });
  await engine.changed();
}

export async function claimFinished(engine: Engine, work: { field: string; operation: Operation; village: string }): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const body = { id, operation: work.operation, at };
  const params = { id: work.field };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'claimFinished', params, body, at, about: work.village });
  await engine.changed();
}

/** Care of the own machine that was done. `about`: which, in words. */
export async function tickCare(engine: Engine, task: MaintenanceTask, about: string): Promise<void> {
  const outbox = current.value;
  if (!outbox) return;
  const id = crypto.randomUUID();
  const at = engine.seasonNow();
  const body = { id, machine: outbox.machine, task, at };
  await recordAct(engine.database, {}, { id, outbox: outbox.id, route: 'tickMaintenance', body, at, about });
  await engine.changed();
}

/** The operator knows that something was not taken. */
export async function settleRefused(engine: Engine, errand: string): Promise<void> {
  await settleErrands(engine.database, [errand]);
  await engine.changed();
}

/** The operator knows that an order is gone, or that an answer came too late. */
export async function putAway(engine: Engine, order: string | null, errands: readonly string[]): Promise<void> {
  await settleErrands(engine.database, errands, ({ putAway: before }) =>
    order === null ? {} : { putAway: [...before, withdrawnKey(order)] },
  );
  await engine.changed();
}

/** The phone is nobody's any more; what waits is still sent, under the token that it was recorded with. */
export async function leave(engine: Engine): Promise<void> {
  await changeFacts(engine.database, { current: null, cab: null, inbox: null, record: null, told: [], putAway: [] });
  await engine.database.clear('gaps');
  await engine.changed();
}
