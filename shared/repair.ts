import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';

export const faultKinds = ['header', 'threshing', 'engine', 'hydraulics', 'transmission', 'tyreOrTrack', 'electrics', 'other'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A repair holds so many photos. */
export const MOST_PHOTOS = 8;
/** A photo as it is sent, bytes. */
export const MOST_PHOTO_BYTES = 2 * 1024 * 1024;
/** The longer side of a photo as it is kept, pixels. */
export const PHOTO_SIDE = 1600;
/** A clock that is ahead by no more than this is taken at its word, ms. */
export const CLOCK_AHEAD_MS = 10 * 60_000;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.number().min(0).max(8.64e15);

/** 维修单: from the call or the entry at the station to its end. Open until `finishedAt`; its machine counts as in repair as long. */
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
  finishedAt: instant.nullable(),
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
  });
export type RepairLog = z.infer<typeof repairLogSchema>;

/** What may be changed later: taken (`startedAt`), finished, opened again (`finishedAt: null`), handed over (`station`). */
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
  })
  .partial();
export type RepairChanges = z.infer<typeof repairChangesSchema>;

/** A repair with the names that a page shows beside it. */
export const repairShownSchema = repairSchema.extend({
  stationName: z.string().nullable(),
  /** Of a machine that is on the list. */
  kind: z.enum(['combine', 'seeder', 'tractor']).nullable(),
  operatorName: z.string().nullable(),
});
export type RepairShown = z.infer<typeof repairShownSchema>;
