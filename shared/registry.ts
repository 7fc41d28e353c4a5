import * as z from 'zod';
import { daySchema, operations } from './season.ts';

/** What the bureau keeps lists of: divisions and reporting units, planned areas, fields, machines, stations, reported figures. */

export const divisionCodeSchema = z.string().regex(/^[0-9A-Za-z]{2,20}$/, 'a division code');

/** 行政区划 or reporting unit: city → county (or zone) → town. A list of its own, each with an optional polygon and a parent. */
export const divisionSchema = z.object({
  code: divisionCodeSchema,
  name: z.string().min(1),
  nameEn: z.string().optional(),
  level: z.enum(['city', 'county', 'town']),
  parent: divisionCodeSchema.nullable(),
  /** `statutory` from the official list; `zone` such as 航空港区, which reports on its own. */
  kind: z.enum(['statutory', 'zone']),
  /** Own dates, where they differ from the season's. */
  firstDay: z.object({ harvest: daySchema.optional(), sow: daySchema.optional() }).optional(),
  deadline: z.object({ harvest: daySchema.optional(), sow: daySchema.optional() }).optional(),
});
export type Division = z.infer<typeof divisionSchema>;

/** Planted (wheat) and planned (corn) area of one unit; a correction is a new version. */
export const plannedAreaSchema = z.object({
  division: divisionCodeSchema,
  year: z.number().int(),
  version: z.number().int().min(1),
  plantedMu: z.number().min(0),
  plannedMu: z.number().min(0),
  at: z.number(),
  author: z.string(),
});
export type PlannedArea = z.infer<typeof plannedAreaSchema>;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(position).min(4);
/** GeoJSON Polygon, WGS-84, holes allowed; that it is simple and closed is checked by the server's domain. */
export const polygonSchema = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) });
export type Polygon = z.infer<typeof polygonSchema>;
export const lngLatSchema = position;
export type LngLat = z.infer<typeof position>;

export const fieldInputSchema = z.object({
  id: z.string().regex(/^[\w-]{1,40}$/, 'a field id: letters, digits, _ or -'),
  polygon: polygonSchema,
  town: divisionCodeSchema,
  village: z.string(),
  crop: z.string(),
  ripeDate: daySchema.nullable(),
});
export type FieldInput = z.infer<typeof fieldInputSchema>;

/** What a person said of a whole field, where no track says it. */
export const fieldReportSchema = z.object({ at: z.number(), author: z.string() });

export const fieldSchema = fieldInputSchema.extend({
  county: divisionCodeSchema,
  /** By geodesy, from the polygon. */
  areaMu: z.number(),
  version: z.number().int(),
  reportedHarvested: fieldReportSchema.nullable(),
});
export type Field = z.infer<typeof fieldSchema>;

export const fieldStages = ['standing', 'harvesting', 'harvested', 'sowing', 'sown'] as const;
export type FieldStage = (typeof fieldStages)[number];

export const machineIdSchema = z.string().regex(/^[\w-]{1,40}$/, 'a machine id: letters, digits, _ or -');

/** 农具 as enrolled from an instant on: it decides the operation of a track. A tractor without one covers nothing. */
export const implementSchema = z.object({
  from: z.number(),
  operation: z.enum(operations).nullable(),
  workingWidthM: z.number().positive().max(60),
  /** So far the antenna sits ahead of the middle of the implement's working edge (behind it: negative), and to the right of it. */
  antennaForwardM: z.number().min(-20).max(20).optional(),
  antennaRightM: z.number().min(-20).max(20).optional(),
});
export type Implement = z.infer<typeof implementSchema>;

export const machineSchema = z.object({
  id: machineIdSchema,
  kind: z.enum(['combine', 'seeder', 'tractor']),
  plate: z.string(),
  drive: z.enum(['wheeled', 'tracked']),
  origin: z.enum(['home', 'crossRegion']),
  /** The unit it belongs to, or works for when it comes from elsewhere. */
  division: divisionCodeSchema,
  operatorName: z.string(),
  operatorPhone: z.string(),
  hasTerminal: z.boolean(),
  implements: z.array(implementSchema),
});
export type Machine = z.infer<typeof machineSchema>;

export const stationSchema = z.object({
  id: z.string(),
  name: z.string(),
  division: divisionCodeSchema,
  location: position,
});
export type Station = z.infer<typeof stationSchema>;

/** No unit of the province comes near: more is a slip of the finger. */
const totalMu = z.number().min(0).max(100_000_000);

/** Cumulative totals of one unit and operation as typed in by its clerk; a correction is a new version. */
export const reportedInputSchema = z.object({
  division: divisionCodeSchema,
  operation: z.enum(operations),
  day: daySchema,
  machineMu: totalMu,
  handMu: totalMu,
  /** Needed when a total falls. */
  reason: z.string().trim().max(200).optional(),
  /** Needed when the sum is above the planted or planned area: the clerk was warned and stands by it. */
  confirmAbove: z.boolean().optional(),
});
export type ReportedInput = z.infer<typeof reportedInputSchema>;
export const reportedSchema = reportedInputSchema.omit({ confirmAbove: true }).extend({
  version: z.number().int(),
  at: z.number(),
  author: z.string(),
  /** The sum was above the planted or planned area when it was reported. */
  aboveArea: z.boolean().optional(),
});
export type Reported = z.infer<typeof reportedSchema>;

/** `inRepair` is availability and wins over the work state on the map. */
export const workStates = ['working', 'turning', 'travelling', 'idle', 'offline'] as const;
export type WorkState = (typeof workStates)[number];
