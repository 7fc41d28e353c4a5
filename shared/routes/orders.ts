import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from '../registry.ts';
import { operations } from '../season.ts';
import {
  excludedCauses,
  nearestMachineSchema,
  orderAnswerSchema,
  orderOfferSchema,
  orderStates,
  requestSources,
  requestStates,
  workOrderShownSchema,
  workRequestInputSchema,
  workRequestShownSchema,
} from '../work-order.ts';
import { none } from './route.ts';

const id = z.object({ id: z.uuid() });
const page = { q: z.string().trim().max(60).default(''), from: z.coerce.number().int().min(0).default(0) };

/** Requests for work, and the orders by which machines come. */
export const orderRoutes = {
  /** The most urgent first, at most 100 from `from`. */
  requests: {
    method: 'get',
    path: '/requests',
    query: z.object({
      division: divisionCodeSchema,
      state: z.enum([...requestStates, 'all']).default('open'),
      source: z.enum(requestSources).optional(),
      operation: z.enum(operations).optional(),
      ...page,
    }),
    output: z.object({
      asOf: z.number(),
      total: z.number(),
      counts: z.record(z.enum(requestStates), z.number()),
      requests: z.array(workRequestShownSchema),
    }),
  },
  /** The same id again is the same request; with the `version` it was made on it is a change of it. */
  putRequest: {
    method: 'put',
    path: '/requests/:id',
    params: id,
    query: z.object({ version: z.coerce.number().int().min(0).default(0) }),
    body: workRequestInputSchema,
    output: workRequestShownSchema,
  },
  cancelRequest: {
    method: 'post',
    path: '/requests/:id/cancel',
    params: id,
    query: none,
    body: z.object({ version: z.number().int(), reason: z.string().trim().min(1).max(200) }),
    output: workRequestShownSchema,
  },
  /** Towns and villages by a part of their name, for whoever writes a request down; and the price that was agreed last. */
  requestPlaces: {
    method: 'get',
    path: '/requests/places',
    query: z.object({
      division: divisionCodeSchema,
      operation: z.enum(operations).default('harvest'),
      q: z.string().trim().max(60).default(''),
    }),
    output: z.object({
      lastPricePerMu: z.number().nullable(),
      places: z
        .array(
          z.object({
            division: divisionCodeSchema,
            divisionName: z.string(),
            parentName: z.string(),
            /** Empty: the town itself. */
            village: z.string(),
            /** Not covered yet. */
            standingMu: z.number(),
          }),
        )
        .max(20),
    }),
  },
  request: { method: 'get', path: '/requests/:id', params: id, query: none, output: workRequestShownSchema },

  orders: {
    method: 'get',
    path: '/orders',
    query: z.object({
      division: divisionCodeSchema.optional(),
      machine: machineIdSchema.optional(),
      request: z.uuid().optional(),
      state: z.enum([...orderStates, 'live', 'all']).default('live'),
      ...page,
    }),
    output: z.object({
      asOf: z.number(),
      total: z.number(),
      counts: z.record(z.enum(orderStates), z.number()),
      orders: z.array(workOrderShownSchema),
    }),
  },
  /** All or nothing. Refused when a machine's assignments, or what is open of a request, are not as they were. */
  offerOrders: {
    method: 'post',
    path: '/orders',
    query: none,
    body: z.object({
      offers: z
        .array(orderOfferSchema.extend({ machineVersion: z.number().int().min(0) }))
        .min(1)
        .max(200),
    }),
    output: z.object({ orders: z.array(workOrderShownSchema) }),
  },
  withdrawOrder: {
    method: 'post',
    path: '/orders/:id/withdraw',
    params: id,
    query: none,
    body: z.object({ version: z.number().int(), reason: z.string().trim().min(1).max(200) }),
    output: workOrderShownSchema,
  },
  /** Mu and price are agreed, the order is closed. */
  settleOrder: {
    method: 'post',
    path: '/orders/:id/settle',
    params: id,
    query: none,
    body: z.object({ version: z.number().int(), doneMu: z.number().min(0).max(100_000), pricePerMu: z.number().min(0).max(10_000) }),
    output: workOrderShownSchema,
  },
  /** By the operator or the phone of the order's machine. The same id again is a retry; what does not hold any more is a conflict with its reason. */
  answerOrder: { method: 'post', path: '/orders/answer', query: none, body: orderAnswerSchema, output: workOrderShownSchema },
  order: { method: 'get', path: '/orders/:id', params: id, query: none, output: workOrderShownSchema },

  /** Which machine is there first: ranked, with reasons; those that are out of the question by cause. */
  nearestMachines: {
    method: 'get',
    path: '/machines/nearest',
    query: z.object({
      lng: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-90).max(90),
      operation: z.enum(operations).default('harvest'),
      by: z.enum(['soonest', 'nearest']).default('soonest'),
      request: z.uuid().optional(),
      division: divisionCodeSchema.optional(),
    }),
    output: z.object({
      asOf: z.number(),
      machines: z.array(nearestMachineSchema).max(50),
      excluded: z
        .array(z.object({ machine: machineIdSchema, plate: z.string(), cause: z.enum(excludedCauses), km: z.number().nullable() }))
        .max(100),
      excludedCounts: z.partialRecord(z.enum(excludedCauses), z.number()),
    }),
  },
} as const;
