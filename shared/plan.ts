import * as z from 'zod';

/** Problem and answer of `npm run plan`: which machine does which orders, one after the other. Hours of one clock, km of road. */

const MOST_ORDERS = 10_000;
const MOST_MACHINES = 5_000;

const id = z.string().min(1).max(100);
const hour = z.number().min(-1e6).max(1e6);
const skills = z.array(z.string().min(1).max(100)).max(50).default([]);

/** On a plane in km, or on the earth in degrees (WGS-84): one of both, and the same for all. */
const place = {
  x: z.number().min(-1e5).max(1e5).optional(),
  y: z.number().min(-1e5).max(1e5).optional(),
  lng: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
};

const order = z.object({
  id,
  ...place,
  /** Time of work for one machine. */
  serviceH: z.number().min(0).max(1e5),
  /** Work does not start before. */
  readyH: hour.default(0),
  /** Late is what finishes after; without it nothing is late. */
  dueH: hour.optional(),
  /** What it takes of a machine's capacity: mu, tonnes, whatever the capacity counts. */
  demand: z.number().min(0).max(1e9).default(0),
  /** What a machine must have, all of it. */
  skills,
  /** The most that one machine does of it: a longer order is divided into equal parts, which may be done at the same time. */
  shareH: z.number().min(0.01).max(1e5).optional(),
});

const machine = z.object({
  id,
  ...place,
  skills,
  capacity: z.number().min(0).max(1e9).optional(),
  /** Whether it drives back to where it began, within its hours. */
  return: z.boolean().default(false),
  /** When it may drive and work: hard. What is not done at the end of one span goes on with the next. Without it: from hour 0, without end. */
  workingHours: z
    .array(z.object({ fromH: hour, toH: hour }))
    .min(1)
    .max(400)
    .optional(),
  /** Orders that it does first, in this sequence, whatever the rest of the plan: those under way or promised. */
  frozen: z.array(id).max(1000).default([]),
});

const route = z.object({ machine: id, orders: z.array(id).max(MOST_ORDERS) });

const problemShape = z.object({
  speedKmh: z.number().min(0.1).max(1000),
  /** Road km for one km of straight line. */
  detour: z.number().min(1).max(10).default(1),
  /** The span the plan is drawn for: it limits nothing. */
  horizonH: z.number().optional(),
  machines: z.array(machine).max(MOST_MACHINES),
  orders: z.array(order).max(MOST_ORDERS),
  /** The plan at hand. It is where the search begins, and an order is taken from its machine only for a gain of more than `stayKm`. */
  present: z.array(route).max(MOST_MACHINES).default([]),
  stayKm: z.number().min(0).max(1e6).default(1),
  /** Of the orders that have their machine in `present` no more than this share goes to another one, apart from those that cannot stay. */
  mostMovedShare: z.number().min(0).max(1).default(0.2),
});

export const planProblemSchema = problemShape.superRefine((problem, context) => {
  for (const message of contradictions(problem)) context.addIssue({ code: 'custom', path: message.path, message: message.text });
});

export type PlanProblem = z.infer<typeof planProblemSchema>;
export type PlanOrder = PlanProblem['orders'][number];
export type PlanMachine = PlanProblem['machines'][number];

/** Why nobody does an order: no machine at all, none with the skills, with room, with hours enough, or one that could get there in them. */
export const unassignedCauseSchema = z.enum(['noMachine', 'skills', 'capacity', 'hours', 'unreachable']);
export type UnassignedCause = z.infer<typeof unassignedCauseSchema>;

export const planAnswerSchema = z.object({
  /** Machines with work. An order that is divided stands once for each part. */
  routes: z.array(route),
  /** Sum over the orders, or their parts, of the hours by which they finish after they are due. */
  latenessH: z.number(),
  travelKm: z.number(),
  unassigned: z.array(z.object({ order: id, cause: unassignedCauseSchema })),
});
export type PlanAnswer = z.infer<typeof planAnswerSchema>;

/** In how many equal parts an order is done. */
export const partsOf = ({ serviceH, shareH }: Pick<PlanOrder, 'serviceH' | 'shareH'>): number =>
  shareH === undefined ? 1 : Math.max(1, Math.ceil(serviceH / shareH - 1e-9));

interface Contradiction {
  path: (string | number)[];
  text: string;
}

function* contradictions({ machines, orders }: z.infer<typeof problemShape>): Generator<Contradiction> {
  yield* repeated('machines', machines);
  yield* repeated('orders', orders);
  yield* misplaced(machines, orders);
  const parts = orders.reduce((sum, one) => sum + partsOf(one), 0);
  if (parts > MOST_ORDERS) yield { path: ['orders'], text: `divided by shareH they are ${parts} parts: at most ${MOST_ORDERS}` };
  for (const [i, { workingHours = [] }] of machines.entries()) {
    const wrong = workingHours.findIndex(({ fromH, toH }, span) => toH <= fromH || fromH < (workingHours[span - 1]?.toH ?? fromH));
    if (wrong >= 0)
      yield { path: ['machines', i, 'workingHours', wrong], text: 'must end after its begin and not begin before the one before it ends' };
  }
  yield* misfrozen(machines, orders);
}

function* repeated(list: string, items: readonly { id: string }[]): Generator<Contradiction> {
  const known = new Set<string>();
  for (const [i, item] of items.entries()) {
    if (known.has(item.id)) yield { path: [list, i, 'id'], text: `"${item.id}" is there twice: give each one an id of its own` };
    known.add(item.id);
  }
}

function* misplaced(machines: readonly PlanMachine[], orders: readonly PlanOrder[]): Generator<Contradiction> {
  const onEarth = [...machines, ...orders][0]?.lng !== undefined;
  const [wanted, other] = onEarth ? (['lng', 'lat'] as const) : (['x', 'y'] as const);
  for (const [list, items] of Object.entries({ machines, orders })) {
    for (const [i, item] of items.entries()) {
      const has = item[wanted] !== undefined && item[other] !== undefined;
      const hasBoth = onEarth ? item.x !== undefined || item.y !== undefined : item.lng !== undefined || item.lat !== undefined;
      if (!has || hasBoth) yield { path: [list, i], text: `wants ${wanted} and ${other}: x and y for all, or lng and lat for all` };
    }
  }
}

function* misfrozen(machines: readonly PlanMachine[], orders: readonly PlanOrder[]): Generator<Contradiction> {
  const left = new Map(orders.map(one => [one.id, partsOf(one)]));
  for (const [i, { frozen }] of machines.entries()) {
    for (const [at, id] of frozen.entries()) {
      const parts = left.get(id);
      if (parts === undefined) yield { path: ['machines', i, 'frozen', at], text: `"${id}" is no order` };
      else if (parts === 0) yield { path: ['machines', i, 'frozen', at], text: `"${id}" is frozen already` };
      else left.set(id, parts - 1);
    }
  }
}
