import * as z from 'zod';
import { MOST_PHOTOS } from './photo.ts';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { repairStages } from './repair-steps.ts';
import { usedPartSchema } from './stock.ts';

export const faultKinds = ['header', 'threshing', 'engine', 'hydraulics', 'transmission', 'tyreOrTrack', 'electrics', 'other'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A clock that is ahead by no more than this is taken at its word, ms. */
export const CLOCK_AHEAD_MS = 10 * 60_000;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.number().min(0).max(8.64e15);

/** One more call for, or entry of, a machine that was in repair already: it went into the repair that was there. */
export const secondLogSchema = z.object({
  id: z.uuid(),
  station: z.string().nullable(),
  by: z.string(),
  at: instant,
  fault: z.enum(faultKinds),
  note: z.string().max(500),
});
/** A repair takes in so many. */
export const MOST_SECOND_LOGS = 50;
/** As many as a day offline can bring. */
const stepsSchema = z.array(z.object({ stage: z.enum(repairStages), at: instant })).max(60);
/** A repair of the same machine and fault within this of an earlier one may be rework of that. */
export const REWORK_MS = 14 * 24 * 3_600_000;

/** What it took, by whom. */
const effort = {
  /** A mobile team or whoever went; free text, as the station calls them. */
  team: z.string().max(40),
  mechanic: z.string().max(60),
  hours: z.number().min(0).max(1000).nullable(),
  /** Labour, without parts. */
  costYuan: z.number().min(0).max(1e6).nullable(),
  /** The repair that did not hold. */
  reworkOf: z.uuid().nullable(),
};

/** 维修单: from the call or the entry at the station to its end. Open until `finishedAt`; its machine counts as in repair until `backAt`. */
export const repairSchema = z.object({
  /** Made by whoever writes it down first, so that a retry is the same repair. */
  id: z.uuid(),
  /** Null: a machine that is on no list; then the plate alone names it. */
  machine: machineIdSchema.nullable(),
  plate: z.string().min(1).max(20),
  /** Null: no station has it yet. */
  station: z.string().nullable(),
  division: divisionCodeSchema.nullable(),
  lngLat: position.nullable(),
  source: z.enum(['cab', 'station']),
  fault: z.enum(faultKinds),
  note: z.string().max(500),
  parts: z.string().max(500),
  /** Ids of photos. */
  photos: z.array(z.string()).max(MOST_PHOTOS),
  /** Instants on the season's clock. */
  calledAt: instant,
  startedAt: instant.nullable(),
  /** Tested, or closed without a test: the machine can work again. */
  backAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** What the instants above follow from; the first is the call. */
  steps: z.array(z.object({ stage: z.enum(repairStages), at: instant, by: z.string() })),
  ...effort,
  alsoLogged: z.array(secondLogSchema),
  author: z.string(),
  /** Rises with every edit; a photo more or less is no edit. */
  version: z.number().int().min(1),
});
export type Repair = z.infer<typeof repairSchema>;

/** From the cab's breakdown button; kept on the phone and sent again until it is answered. */
export const repairCallSchema = repairSchema.pick({ id: true, fault: true, note: true, lngLat: true, calledAt: true });
export type RepairCall = z.infer<typeof repairCallSchema>;

/** As written down at a station, or by a dispatcher. `machine` names it, else `plate` alone does. */
export const repairLogSchema = repairSchema
  .pick({
    id: true,
    machine: true,
    fault: true,
    note: true,
    parts: true,
    lngLat: true,
    calledAt: true,
    startedAt: true,
    finishedAt: true,
  })
  .extend({
    plate: z.string().trim().max(20),
    /** Null by a dispatcher: the nearest station. */
    station: z.string().nullable(),
    addSteps: stepsSchema.optional(),
  })
  .extend(z.object(effort).partial().shape);
export type RepairLog = z.infer<typeof repairLogSchema>;

/**
 * What may be changed later: stages passed (`addSteps`), instants put right, finished, opened again (`finishedAt: null`), handed over
 * (`station`). Steps of two people never stand against each other: both are taken.
 */
export const repairChangesSchema = repairLogSchema
  .pick({
    machine: true,
    plate: true,
    station: true,
    fault: true,
    note: true,
    parts: true,
    calledAt: true,
    startedAt: true,
    finishedAt: true,
    team: true,
    mechanic: true,
    hours: true,
    costYuan: true,
    reworkOf: true,
    addSteps: true,
  })
  .partial();
export type RepairChanges = z.infer<typeof repairChangesSchema>;

/** A repair with the names that a page shows beside it. */
export const repairShownSchema = repairSchema.extend({
  stationName: z.string().nullable(),
  /** Of a machine that is on the list. */
  kind: z.enum(['combine', 'seeder', 'tractor']).nullable(),
  operatorName: z.string().nullable(),
  /** From the shelves of stations. */
  used: z.array(usedPartSchema),
});
export type RepairShown = z.infer<typeof repairShownSchema>;
