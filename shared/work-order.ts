import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { operations } from './season.ts';

/** Work that somebody asks for, and the orders by which machines come to do it. Instants are on the season's clock. */

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.number().min(0).max(8.64e15);
const line = (most: number) => z.string().trim().max(most);

export const requestSources = ['farmer', 'village', 'town', 'contract'] as const;
export type RequestSource = (typeof requestSources)[number];

/** 作业需求: as typed by a clerk on the telephone, by a dispatcher, or read from a list of contracts. */
export const workRequestInputSchema = z.object({
  /** Made by whoever writes it down, so that a retry is the same request. */
  id: z.uuid(),
  source: z.enum(requestSources),
  operation: z.enum(operations),
  /** Where the ground is: a town, or a county when nothing better is known. */
  division: divisionCodeSchema,
  village: line(40),
  contactName: line(40),
  contactPhone: line(30),
  /** Fields of the list; then area and place are theirs. */
  fields: z.array(z.string().max(40)).max(200),
  /** Without fields it must be said. */
  areaMu: z.number().positive().max(100_000).nullable(),
  lngLat: position.nullable(),
  crop: line(20),
  /** Work may start from, and is late after. */
  from: instant,
  to: instant,
  pricePerMu: z.number().min(0).max(10_000).nullable(),
  trackedOnly: z.boolean(),
  /** Of the header or implement, metres. */
  leastWidthM: z.number().positive().max(60).nullable(),
  mostWidthM: z.number().positive().max(60).nullable(),
  note: line(300),
  /** Of a contract signed before the season. */
  contract: line(40).nullable(),
});
export type WorkRequestInput = z.infer<typeof workRequestInputSchema>;

export const workRequestSchema = workRequestInputSchema.extend({
  areaMu: z.number().positive(),
  lngLat: position,
  at: instant,
  author: z.string(),
  cancelled: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  /** Rises with every change. */
  version: z.number().int().min(1),
});
export type WorkRequest = z.infer<typeof workRequestSchema>;

/** `open`: mu of it are with nobody; `ordered`: all of it is with machines; from the states of its orders. */
export const requestStates = ['open', 'ordered', 'working', 'done', 'cancelled'] as const;
export type RequestState = (typeof requestStates)[number];
export const workRequestShownSchema = workRequestSchema.extend({
  state: z.enum(requestStates),
  divisionName: z.string(),
  /** Mu that are with no machine yet. */
  openMu: z.number(),
  doneMu: z.number(),
  orders: z.array(z.object({ id: z.uuid(), machine: machineIdSchema, state: z.string(), areaMu: z.number() })),
});
export type WorkRequestShown = z.infer<typeof workRequestShownSchema>;

/** 派工单 or, between units, 调机单: from one machine's point of view. */
export const orderStates = ['offered', 'accepted', 'onTheWay', 'working', 'done', 'settled', 'declined', 'withdrawn'] as const;
export type OrderState = (typeof orderStates)[number];
/** In these the machine is taken up by it, or may be. */
export const liveOrderStates = ['offered', 'accepted', 'onTheWay', 'working'] as const satisfies readonly OrderState[];

export const declineReasons = ['tooFar', 'broken', 'otherWork', 'price', 'ground', 'rest', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** What goes out to a machine. */
export const orderOfferSchema = z.object({
  id: z.uuid(),
  /** `work`: cut or sow what a request asks for; `move`: drive to another unit and report for work there. */
  kind: z.enum(['work', 'move']),
  request: z.uuid().nullable(),
  machine: machineIdSchema,
  /** Of a move: the unit it goes to. Of work: left out, the request says it. */
  division: divisionCodeSchema.nullable(),
  operation: z.enum(operations),
  /** This machine's part of the request; null: all that is open of it. */
  areaMu: z.number().positive().max(100_000).nullable(),
  note: line(300),
});
export type OrderOffer = z.infer<typeof orderOfferSchema>;

export const workOrderSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['work', 'move']),
  request: z.uuid().nullable(),
  machine: machineIdSchema,
  operation: z.enum(operations),
  /** Where the work is. */
  division: divisionCodeSchema,
  placeName: z.string(),
  lngLat: position,
  fields: z.array(z.string()),
  areaMu: z.number(),
  pricePerMu: z.number().nullable(),
  from: instant,
  to: instant,
  contactName: z.string(),
  contactPhone: z.string(),
  note: z.string(),
  /** Estimated when it was offered: road km and hours from where the machine was, null when that was not known. */
  km: z.number().nullable(),
  travelH: z.number().nullable(),
  /** Place in the machine's list, from 1. */
  sequence: z.number().int().min(1),
  state: z.enum(orderStates),
  /** When each state began: for the time in each. A state that was passed over is absent. */
  times: z.partialRecord(z.enum(orderStates), instant),
  /** Seen from GNSS, whatever the operator says. */
  seen: z.object({ arrivedAt: instant.nullable(), startedAt: instant.nullable() }),
  /** States that it went into by what was seen: the operator has not said so. */
  seenStates: z.array(z.enum(orderStates)),
  declineReason: z.enum(declineReasons).nullable(),
  /** Of a decline or a withdrawal, in words. */
  reason: z.string(),
  /** Measured at its end, or typed; null before, and where nothing could be measured. */
  doneMu: z.number().nullable(),
  /** Advice that it came from. */
  advice: z.uuid().nullable(),
  author: z.string(),
  version: z.number().int().min(1),
});
export type WorkOrder = z.infer<typeof workOrderSchema>;

/** With the names that a page shows beside it. */
export const workOrderShownSchema = workOrderSchema.extend({
  plate: z.string(),
  operatorName: z.string(),
  divisionName: z.string(),
  /** Of the county around it, for an operator from elsewhere; empty for a county itself. */
  countyName: z.string(),
  /** Of work that goes on or is done: what the machine covered there since the order, as measured by now. */
  measuredMu: z.number().nullable(),
  /** Of what is done: objections to this work that wait, and its mu with what was agreed after the others (null: nothing). Null: there was none. */
  objected: z.object({ waiting: z.number().int(), agreedMu: z.number().nullable() }).nullable(),
});
export type WorkOrderShown = z.infer<typeof workOrderShownSchema>;

/** What an operator does with an order; kept on the phone and sent again until it is answered. */
export const orderActs = ['accept', 'decline', 'setOut', 'start', 'finish'] as const;
export type OrderAct = (typeof orderActs)[number];
export const orderAnswerSchema = z.object({
  /** Made on the phone: the same one again is a retry. */
  id: z.uuid(),
  order: z.uuid(),
  act: z.enum(orderActs),
  at: instant,
  declineReason: z.enum(declineReasons).optional(),
  note: line(200).optional(),
});
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;

/** Why an answer or an offer does not hold any more; the page says it in words. */
export const orderConflicts = ['withdrawn', 'taken', 'answered', 'ended', 'machineTaken', 'requestTaken', 'requestCancelled'] as const;
export type OrderConflict = (typeof orderConflicts)[number];

/** Why a machine is where it is in the list of nearest or soonest, as a code and figures for the page to put into words. */
export const nearestMachineSchema = z.object({
  machine: machineIdSchema,
  plate: z.string(),
  operatorName: z.string(),
  division: divisionCodeSchema,
  lngLat: position,
  fixTime: z.number(),
  /** Road km and hours of driving, estimated. */
  km: z.number(),
  travelH: z.number(),
  /** Hours until its present orders or its field are done. */
  freeInH: z.number(),
  /** Drives after that: hours from now. */
  soonestH: z.number(),
  workingWidthM: z.number(),
  drive: z.enum(['wheeled', 'tracked']),
  /** To be sent back with an offer: it was like this when it was chosen. */
  machineVersion: z.number(),
  busy: z.enum(['free', 'inField', 'onOrder']),
});
export type NearestMachine = z.infer<typeof nearestMachineSchema>;
export const excludedCauses = ['stale', 'neverSeen', 'inRepair', 'offDuty', 'otherOperation', 'wheeled', 'width', 'declined'] as const;
export type ExcludedCause = (typeof excludedCauses)[number];
