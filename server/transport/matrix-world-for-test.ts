import { randomUUID } from 'node:crypto';
import type { NewInvitation } from '../../shared/account.ts';
import { type RouteName, routes } from '../../shared/rest.ts';
import type { AdviceBook } from '../services/advice/advice-book.ts';
import type { Alerts } from '../services/alerts.ts';
import type { CandidateBook } from '../services/candidates/candidate-book.ts';
import type { Fold } from '../services/fold.ts';
import type { Ingest } from '../services/ingest.ts';
import type { Objections } from '../services/objections.ts';
import type { Orders } from '../services/orders.ts';
import type { Recomputer } from '../services/recomputer.ts';
import type { Registry } from '../services/registry.ts';
import { versionOf } from '../services/registry-desk/rows.ts';
import { arrivalOf, type Call, noticePart, PIXEL, permitOf, requestOf, type Side, type World } from './route-cases.fixture.ts';

/** The parts of a test server that the matrix needs. */
interface Server {
  url: string;
  app: {
    book: {
      people: { accounts: { find(id: string): { version: number } | null } };
      alerts: Pick<Alerts, 'settle' | 'list'>;
      orderLedger: { versionOf(machine: string): number };
      orders: Pick<Orders, 'answer'>;
      adviceBook: Pick<AdviceBook, 'put'>;
      fold: Pick<Fold, 'evaluateAll'>;
      objections: Pick<Objections, 'object' | 'list'>;
      candidates: Pick<CandidateBook, 'settle' | 'list'>;
      registry: Pick<Registry, 'fields' | 'machines'>;
      recomputer: Pick<Recomputer, 'done' | 'keep'>;
    };
    ingest: Pick<Ingest, 'report'>;
  };
}

export interface Answer {
  status: number;
  body: never;
  /** Refused for who asks, and not for another reason: such a refusal begins with the action. */
  isForbidden: boolean;
}

/** Calls a route as a page or script would, with whatever body it takes. */
export async function callRoute(server: Server, name: RouteName, call: Call, token: string | null): Promise<Answer> {
  const route = routes[name];
  const path = route.path.replace(/:(\w+)/g, (_all, key: string) => encodeURIComponent(call.params?.[key] ?? 'missing'));
  const isRaw = call.body instanceof Uint8Array;
  const response = await fetch(`${server.url}/api/v1${path}?${new URLSearchParams(call.query)}`, {
    method: route.method.toUpperCase(),
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(call.body !== undefined && { 'Content-Type': isRaw ? 'application/octet-stream' : 'application/json' }),
    },
    ...(call.body !== undefined && { body: isRaw ? (call.body as BodyInit) : JSON.stringify(call.body) }),
  });
  const text = await response.text();
  const body = (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as never;
  return { status: response.status, body, isForbidden: response.status === 403 && /"message":"\w+:\w+: /.test(text) };
}

const NOON = Date.UTC(2027, 5, 6, 4);

/** A side with what has to be there first: an operator's account, a repair. */
export async function furnished(
  server: Server,
  administrator: string,
  bare: Omit<Side, 'account' | 'repair' | 'request' | 'order'>,
): Promise<Side> {
  const done = async <T>(name: RouteName, call: Call, token: string | null = administrator): Promise<T> => {
    const { status, body } = await callRoute(server, name, call, token);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  const { machine, station } = bare;
  const { code } = await done<NewInvitation>('invite', { body: { role: 'operator', name: '王师傅', machine } });
  const { actor } = await done<{ actor: { account: string } }>('acceptInvitation', { body: { code } }, null);
  const repair = randomUUID();
  const times = { calledAt: NOON, startedAt: null, finishedAt: null };
  await done('logRepair', {
    body: { id: repair, machine, plate: '', station, fault: 'engine', note: '', parts: '', lngLat: null, ...times },
  });
  await work(server, bare);
  const world = worldOf(server, administrator, false);
  const order = await world.doneOrder(bare as Side);
  const { request } = await done<{ request: string }>('order', { params: { id: order } });
  return { ...bare, account: actor.account, repair, request, order };
}

/** The side's machine drives 20 m through the side's field, header down. */
async function work({ app }: Server, { machine, lngLat: [lng, lat] }: Pick<Side, 'machine' | 'lngLat'>): Promise<void> {
  const rows = Array.from({ length: 21 }, (_, i) => [i + 1, NOON - 60_000 + i * 1000, lng + 2e-5, lat + i * 9e-6, 3.6, 0, 1, 2.5, 1]);
  await app.ingest.report(machine, { v: 1, outbox: `worked-${machine}`, rows });
  await app.book.fold.evaluateAll();
}

export function worldOf(server: Server, administrator: string, mayClose: boolean): World {
  let strips = 0;
  let fieldsMade = 0;
  const made = async <T>(name: RouteName, call: Call): Promise<T> => {
    const { status, body } = await callRoute(server, name, call, administrator);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  const newRequest = async (side: Side) => {
    const id = randomUUID();
    await made('putRequest', { params: { id }, body: requestOf(side, id) });
    return id;
  };
  const registryVersion = ({ machine }: Side) => versionOf(server.app.book.registry.machines.get(machine)!);
  const machineVersion = ({ machine }: Side) => server.app.book.orderLedger.versionOf(machine);
  const newOrder = async (side: Side) => {
    const offer = { kind: 'work', request: await newRequest(side), division: null, operation: 'harvest', areaMu: null, note: '' };
    const id = randomUUID();
    const offers = [{ ...offer, id, machine: side.machine, machineVersion: machineVersion(side) }];
    await made('offerOrders', { body: { offers } });
    return id;
  };
  const doneOrder = async (side: Side) => {
    const order = await newOrder(side);
    await server.app.book.orders.answer({ id: randomUUID(), order, act: 'finish', at: NOON });
    return order;
  };
  /** Strips of 3 m beside the side's field, found just now; what was found before is discarded. */
  const candidates = async ({ lngLat: [lng, lat], machine, town }: Side, count: number) => {
    const { book } = server.app;
    for (const { id, version } of book.candidates.list(town, 'open').candidates)
      await made('discardCandidate', { params: { id }, body: { version, reason: 'again' } });
    // Each at a place of its own, as what was discarded is not found again; the first ones touch the field's western edge.
    const strip = () => {
      const [east, south] = [lng, lat + 0.00003 * strips++];
      const [west, north] = [east - 0.0003, south + 0.00003];
      const corners: [number, number][] = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      return { type: 'Polygon' as const, coordinates: [corners] };
    };
    const found = Array.from({ length: count }, () => ({
      polygon: strip(),
      areaM2: 250,
      coveredM2: 240,
      machines: [{ machine, coveredM2: 240 }],
      firstAt: NOON - 3_600_000,
      lastAt: NOON,
    }));
    await book.candidates.settle({ operation: 'harvest', known: [] }, { found, kept: [] });
    return book.candidates.list(town, 'open').candidates.map(({ id, version }) => ({ id, version }));
  };
  return {
    candidate: async side => (await candidates(side, 1))[0],
    discardedCandidate: async side => {
      const [{ id, version }] = await candidates(side, 1);
      await made('discardCandidate', { params: { id }, body: { version, reason: 'again' } });
      return { id, version: version + 1 };
    },
    twoCandidates: side => candidates(side, 2),
    fieldVersion: ({ field }) => server.app.book.registry.fields.get(field)?.version ?? 0,
    async newField({ lngLat: [lng, lat], town }) {
      const [west, south, id] = [lng + 0.02 + 0.001 * fieldsMade++, lat - 0.02, randomUUID()];
      const [east, north] = [west + 0.001, south + 0.001];
      const corners = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      const polygon = { type: 'Polygon', coordinates: [corners] };
      await made('createField', { body: { id, polygon, town, village: '新村', crop: 'wheat', ripeDate: null } });
      return { id, lngLat: [west, south] };
    },
    newRequest,
    newOrder,
    doneOrder,
    async advice(side) {
      const { division, town, machine } = side;
      const offer = { id: randomUUID(), kind: 'work' as const, request: await newRequest(side), machine, division: null, note: '' };
      const part = {
        offer: { ...offer, operation: 'harvest' as const, areaMu: null },
        plate: machine,
        operatorName: '',
        placeName: '官峪村',
      };
      const when = { day: '2027-06-06', startsAt: NOON, endsAt: NOON + 3_600_000, km: 2, hours: 0.1, isLater: false };
      const step = { ...part, ...when, from: division, to: town, machineVersion: machineVersion(side), why: [] };
      const plan = { latenessH: 0, km: 2, unassigned: [] };
      const about = { id: randomUUID(), kind: 'plan' as const, division, operation: 'harvest' as const, at: NOON };
      return server.app.book.adviceBook.put({ ...about, reasons: [], steps: [step], moves: null, plan, effect: [], staleMachines: [] });
    },
    noRecomputation: () => server.app.book.recomputer.done(),
    async recomputation({ field, town }) {
      const id = randomUUID();
      const part = { id, cause: 'asked' as const, scope: { field }, division: town, author: 'test', at: NOON, endedAt: NOON, failed: null };
      const found = { compared: 1, differing: 1, moving: 0, totals: [], units: [], methods: { before: 'a', after: 'a' } };
      const largest = [{ field, operation: 'harvest' as const, beforeMu: 1, afterMu: 2 }];
      await server.app.book.recomputer.keep({ ...part, ...found, largest, adopted: null });
      return id;
    },
    machineVersion,
    registryVersion,
    city: '410100',
    uuid: randomUUID,
    mayClose,
    version: account => server.app.book.people.accounts.find(account)?.version ?? 0,
    async invitation({ machine }) {
      const made = await callRoute(server, 'invite', { body: { role: 'operator', name: '甲', machine } }, administrator);
      const { code, invitation } = made.body as NewInvitation;
      return { code, id: invitation.id };
    },
    async photo({ repair }) {
      const added = await callRoute(server, 'addPhoto', { params: { id: repair }, body: PIXEL }, administrator);
      return (added.body as { photos: string[] }).photos[0];
    },
    async objection({ machine, field }) {
      const when = { operation: 'harvest', day: '2027-06-05', at: NOON } as const;
      const said = { reason: 'less', claimedMu: null, note: '' } as const;
      const id = randomUUID();
      // Each to a row of its own, as no second one may wait on the same.
      const day = `2027-05-${String(1 + (Number.parseInt(id.slice(0, 4), 16) % 28)).padStart(2, '0')}`;
      const { objections } = server.app.book;
      const open = (await objections.list({ division: '410100', state: 'open' })).objections;
      const known = open.find(one => one.machine === machine && one.field === field && one.day === day && one.version === 1);
      return known?.id ?? (await objections.object(machine, { ...when, ...said, id, field, day }, '机手')).after.id;
    },
    async newRepair({ station }) {
      const id = randomUUID();
      const times = { calledAt: NOON, startedAt: null, finishedAt: null };
      const body = { id, machine: null, plate: id.slice(0, 12), station, fault: 'engine', note: '', parts: '', lngLat: null, ...times };
      await made('logRepair', { body });
      return id;
    },
    async part({ station }) {
      await made('moveStock', { body: { id: randomUUID(), station, part: 'B1', kind: 'receive', quantity: 1, at: NOON } });
      return 'B1';
    },
    async transfer({ station }) {
      const id = randomUUID();
      const from = station === 'S1' ? 'S9' : 'S1';
      await made('moveStock', { body: { id: randomUUID(), station: from, part: 'B1', kind: 'receive', quantity: 1, at: NOON } });
      await made('sendStock', { body: { id, from, to: station, part: 'B1', quantity: 1, why: '', at: NOON } });
      return id;
    },
    async fuel({ machine, station }) {
      const body = { id: randomUUID(), machine, plate: '', station, litres: 100, note: '', lngLat: null, requestedAt: NOON };
      return (await made<{ id: string }>('logFuel', { body })).id;
    },
    async terminal({ machine }) {
      const body = { number: machine.replace(/\D/g, '') || '7', machine, datum: 'wgs84' };
      return ((await callRoute(server, 'enrolTerminal', { body }, administrator)).body as { number: string }).number;
    },
    async notice({ division }) {
      const body = { ...noticePart, id: randomUUID(), division };
      return ((await callRoute(server, 'sendNotice', { body }, administrator)).body as { id: string }).id;
    },
    async visit(side) {
      const visit = randomUUID();
      await made('recordVisit', { body: arrivalOf(side, { id: randomUUID(), visit }) });
      return visit;
    },
    async permit(side) {
      const id = randomUUID();
      await made('applyPermit', { body: permitOf(side, id) });
      return id;
    },
    async alert({ division }) {
      const { alerts } = server.app.book;
      const subject = `division:${division}:harvest:${randomUUID()}`;
      const finding = { subject, subjectName: '', division, lngLat: null, values: {} };
      await alerts.settle([{ rule: 'chance', escalateMin: 60, found: [finding], kept: [] }], NOON);
      return (await alerts.list(division, 'open')).find(one => one.subject === subject)!.id;
    },
    async webhook() {
      await callRoute(server, 'putWebhook', { body: { url: 'http://127.0.0.1:9/', isOn: false } }, administrator);
    },
    async share({ field }) {
      const body = { operation: 'harvest', days: 7 };
      const { share, token } = await made<{ share: { id: string }; token: string }>('shareEvidence', { params: { id: field }, body });
      return { id: share.id, token };
    },
    async screen() {
      return ((await callRoute(server, 'createScreen', { body: { name: '大厅' } }, administrator)).body as { id: string }).id;
    },
    async reminder({ town }) {
      const made = await callRoute(server, 'remind', { body: { day: '2027-06-06', units: [town] } }, administrator);
      return (made.body as { reminders: { id: string }[] }).reminders[0].id;
    },
  };
}
