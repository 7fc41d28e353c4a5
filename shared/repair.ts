import * as z from 'zod';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';

export const faultKinds = ['header', 'threshing', 'engine', 'hydraulics', 'transmission', 'tyreOrTrack', 'electrics', 'other'] as const;
export type FaultKind = (typeof faultKinds)[number];

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

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
  photos: z.array(z.string()).max(8),
  /** Instants on the season's clock. */
  calledAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  author: z.string(),
  version: z.number().int().min(1),
});
export type Repair = z.infer<typeof repairSchema>;

/** From the cab's breakdown button; kept on the phone and sent again until it is answered. */
export const repairCallSchema = repairSchema.pick({ id: true, fault: true, note: true, lngLat: true, calledAt: true });
export type RepairCall = z.infer<typeof repairCallSchema>;
