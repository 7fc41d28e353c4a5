import type { CabNotice } from '../../shared/notice.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { OrderAct, OrderAnswer, OrderState, WorkOrderShown } from '../../shared/work-order.ts';
import type { Errand } from './store.ts';

export type Inbox = RouteOutput<'inbox'>;

/** An order as the operator sees it: with what was done on this phone and not yet heard by the server. */
export interface CabOrder extends WorkOrderShown {
  /** Something of it still waits to be sent. */
  isWaiting: boolean;
}

/** The state after each act. `decline` ends it. */
const stateAfter: Record<OrderAct, OrderState> = {
  accept: 'accepted',
  decline: 'declined',
  setOut: 'onTheWay',
  start: 'working',
  finish: 'done',
};
const way: readonly OrderState[] = ['offered', 'accepted', 'onTheWay', 'working', 'done'];
const live: ReadonlySet<OrderState> = new Set(['offered', 'accepted', 'onTheWay', 'working']);

export const isLive = ({ state }: Pick<WorkOrderShown, 'state'>): boolean => live.has(state);

/** What the server said last; an order that was answered for meanwhile is not older than that answer. */
export function heardInbox(known: Inbox | null, heard: Inbox): Inbox {
  const orders = heard.orders.map(order => {
    const before = known?.orders.find(({ id }) => id === order.id);
    return before && before.version > order.version ? before : order;
  });
  return { ...heard, orders };
}

/** The server's own word on one order. */
export const withOrder = (inbox: Inbox | null, order: WorkOrderShown): Inbox | null =>
  inbox && { ...inbox, orders: inbox.orders.map(one => (one.id === order.id && one.version <= order.version ? order : one)) };

export const withRead = (inbox: Inbox | null, id: string, readAt: number): Inbox | null =>
  inbox && { ...inbox, notices: inbox.notices.map(one => (one.id === id ? { ...one, readAt: one.readAt ?? readAt } : one)) };

const actsOf = (errands: readonly Errand[], state: Errand['state']): (OrderAnswer & { errand: Errand })[] =>
  errands.flatMap(errand =>
    errand.route === 'answerOrder' && errand.state === state ? [{ ...(errand.body as OrderAnswer), errand }] : [],
  );

/** 荥阳高村乡官峪村: a machine from elsewhere does not know which county a town belongs to. A move names it in full. */
export const placeOf = ({ kind, countyName, placeName }: Pick<WorkOrderShown, 'kind' | 'countyName' | 'placeName'>): string =>
  `${kind === 'work' && countyName.length === 3 ? countyName.slice(0, 2) : countyName}${placeName}`;

/** By sequence. What was done here shows at once; where the server has ended an order meanwhile, its word counts. */
export function ordersShown(inbox: Inbox | null, errands: readonly Errand[]): CabOrder[] {
  const acts = actsOf(errands, 'waiting');
  return [...(inbox?.orders ?? [])]
    .sort((one, other) => one.sequence - other.sequence)
    .map(order => acts.filter(act => act.order === order.id).reduce(after, { ...order, isWaiting: false }));
}

function after(order: CabOrder, { act, at }: OrderAnswer): CabOrder {
  if (!isLive(order)) return { ...order, isWaiting: true };
  const state = stateAfter[act];
  const isOn = act === 'decline' || way.indexOf(state) > way.indexOf(order.state);
  return isOn ? { ...order, state, times: { ...order.times, [state]: at }, isWaiting: true } : { ...order, isWaiting: true };
}

/** The one that is worked on, driven to, or next. */
export function orderNow(orders: readonly CabOrder[]): CabOrder | null {
  for (const state of ['working', 'onTheWay', 'accepted'] as const) {
    const order = orders.find(one => one.state === state);
    if (order) return order;
  }
  return null;
}

/** What the main button does next. A machine that moves to another unit has arrived when it is there: nothing starts. */
export function nextAct(order: CabOrder): Exclude<OrderAct, 'decline'> | null {
  if (order.state === 'offered') return 'accept';
  if (order.state === 'working') return 'finish';
  const hasArrived = order.state === 'onTheWay' || (order.state === 'accepted' && order.seen.arrivedAt !== null);
  if (hasArrived) return order.kind === 'move' ? 'finish' : 'start';
  return order.state === 'accepted' ? 'setOut' : null;
}

/** With what was read here and not yet heard by the server. Unread and severe first. */
export function noticesShown(inbox: Inbox | null, errands: readonly Errand[], now: number): CabNotice[] {
  const read = new Set(errands.flatMap(({ route, params }) => (route === 'readNotice' && params ? [params.id] : [])));
  const rank = ({ readAt, isSevere }: CabNotice) => (readAt === null ? 0 : 2) + (isSevere ? 0 : 1);
  return (inbox?.notices ?? [])
    .filter(({ until }) => until > now)
    .map(notice => (notice.readAt === null && read.has(notice.id) ? { ...notice, readAt: now } : notice))
    .sort((one, other) => rank(one) - rank(other) || other.at - one.at);
}

/** What stands in front of everything else until the operator has dealt with it. */
export type Attention =
  | { kind: 'severe'; key: string; notice: CabNotice }
  | { kind: 'refused'; key: string; about: string; problem: string; order: CabOrder | null; errands: string[] }
  | { kind: 'withdrawn'; key: string; order: CabOrder }
  | { kind: 'offered'; key: string; order: CabOrder; behind: number };

export interface Desk {
  inbox: Inbox | null;
  errands: readonly Errand[];
  told: readonly string[];
  putAway: readonly string[];
  isOnDuty: boolean;
  now: number;
}

export const offerKey = (order: string): string => `offered:${order}`;
export const withdrawnKey = (order: string): string => `withdrawn:${order}`;
export const noticeKey = (notice: string): string => `notice:${notice}`;

/** The first thing that needs the operator: danger, then what is not so any more, then what is new. Off duty nothing is called out. */
export function attentionOf({ inbox, errands, told, putAway, isOnDuty, now }: Desk): Attention | null {
  const orders = ordersShown(inbox, errands);
  const severe = isOnDuty ? noticesShown(inbox, errands, now).find(({ isSevere, readAt }) => isSevere && readAt === null) : undefined;
  if (severe) return { kind: 'severe', key: noticeKey(severe.id), notice: severe };
  const refused = refusedOf(
    orders,
    errands.filter(({ body }) => !putAway.includes(withdrawnKey((body as Partial<OrderAnswer>).order ?? ''))),
  );
  if (refused) return refused;
  // Of an order that nobody has seen here it need not be said that it is gone.
  const gone = orders.find(({ id, state }) => state === 'withdrawn' && told.includes(offerKey(id)) && !putAway.includes(withdrawnKey(id)));
  if (gone) return { kind: 'withdrawn', key: withdrawnKey(gone.id), order: gone };
  const offers = orders.filter(({ state }) => state === 'offered');
  return offers[0] ? { kind: 'offered', key: offerKey(offers[0].id), order: offers[0], behind: offers.length - 1 } : null;
}

function refusedOf(orders: readonly CabOrder[], errands: readonly Errand[]): Attention | null {
  const [first, ...others] = actsOf(errands, 'refused');
  if (!first) return null;
  return {
    kind: 'refused',
    key: `refused:${first.errand.id}`,
    about: first.errand.about ?? '',
    problem: first.errand.problem ?? '',
    order: orders.find(({ id }) => id === first.order) ?? null,
    errands: [first, ...others.filter(({ order }) => order === first.order)].map(({ errand }) => errand.id),
  };
}

/** What is remembered of what the inbox does not hold any more is forgotten. */
export function stillKnown(keys: readonly string[], inbox: Inbox): string[] {
  const ids = new Set([...inbox.orders.map(({ id }) => id), ...inbox.notices.map(({ id }) => id)]);
  return keys.filter(key => ids.has(key.slice(key.indexOf(':') + 1)));
}
