import * as z from 'zod';
import { permitVerdictSchema, shownPermitSchema } from './permit.ts';
import { divisionCodeSchema, machineIdSchema } from './registry.ts';
import { daySchema } from './season.ts';

/**
 * Machines from elsewhere, from the list of those that are expected to their departure. What a station writes of a visit are entries, each
 * with an id of its own: none ever changes another, so that two stations that were offline at the same machine lose nothing of each other.
 */

const instant = z.number().min(0).max(8.64e15);
const line = (most: number) => z.string().trim().max(most);
export const machineKinds = ['combine', 'seeder', 'tractor'] as const;

/** What a machine's people are told before they begin, each ticked by itself. */
export const briefingItems = ['road', 'field', 'fire', 'fatigue', 'insurance', 'contacts'] as const;
export type BriefingItem = (typeof briefingItems)[number];

/** Announced: by list, for a day and a reception station. */
export const expectedSchema = z.object({
  /** Of season, plate and day: the same row again is the same machine. */
  id: z.uuid(),
  year: z.number().int(),
  day: daySchema,
  station: z.string(),
  plate: z.string().min(1).max(20),
  kind: z.enum(machineKinds),
  holder: z.string().max(40),
  phone: z.string().max(30),
  /** Province and county. */
  origin: z.string().max(60),
  crew: z.number().int().min(0).max(50),
});
export type Expected = z.infer<typeof expectedSchema>;

export const checkInSchema = expectedSchema
  .pick({ station: true, plate: true, kind: true, holder: true, phone: true, origin: true, crew: true })
  .extend({ kind: z.enum(machineKinds), holder: line(40), phone: line(30), origin: line(60), plate: line(20).min(1) });
export type CheckIn = z.infer<typeof checkInSchema>;

const entryBase = {
  /** Made where it was written: the same one again is a retry. */
  id: z.uuid(),
  /** The visit as its writer knows it: two who checked the same machine in have two ids for one visit. */
  visit: z.uuid(),
  at: instant,
};
export const visitEntryInputSchema = z.discriminatedUnion('kind', [
  z.object({ ...entryBase, kind: z.literal('arrived'), checkIn: checkInSchema }),
  z.object({ ...entryBase, kind: z.literal('briefed'), items: z.array(z.enum(briefingItems)).min(1).max(briefingItems.length) }),
  z.object({ ...entryBase, kind: z.literal('lodged'), place: line(60), nights: z.number().int().min(0).max(60) }),
  z.object({ ...entryBase, kind: z.literal('permit'), permit: shownPermitSchema }),
  z.object({ ...entryBase, kind: z.literal('allowed'), reason: line(200).min(1) }),
  z.object({ ...entryBase, kind: z.literal('handedOver'), note: line(200) }),
  z.object({ ...entryBase, kind: z.literal('note'), text: line(500).min(1) }),
  z.object({ ...entryBase, kind: z.literal('departed'), note: line(200) }),
  /** The plate was mistyped: the visit is of another machine. */
  z.object({ ...entryBase, kind: z.literal('replated'), plate: line(20).min(1) }),
]);
export type VisitEntryInput = z.infer<typeof visitEntryInputSchema>;

/** As stored: who wrote it, at which station; a permit with what was found. */
export type VisitEntry = VisitEntryInput & {
  author: string;
  /** Null: a dispatcher, who sits at none. */
  station: string | null;
  receivedAt: number;
  verdict?: z.infer<typeof permitVerdictSchema>;
  /** With another plate: the one before, and under which ids the visit went over. */
  from?: string;
  moved?: string[];
};

const noted = z.object({ at: instant, author: z.string(), station: z.string().nullable(), text: z.string() });
export const permitOfVisitSchema = z.object({
  permit: shownPermitSchema,
  verdict: permitVerdictSchema,
  /** Who let it pass in spite of its faults, and why. */
  allowed: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
});

/** A visit as it stands, worked out from its entries. */
export const visitSchema = checkInSchema.extend({
  id: z.uuid(),
  year: z.number().int(),
  machine: machineIdSchema.nullable(),
  division: divisionCodeSchema,
  /** All stations that wrote of it. */
  stations: z.array(z.string()),
  arrivedAt: instant,
  /** A second check-in of the same machine: who wrote it, where and when. */
  alsoArrived: z.array(z.object({ at: instant, station: z.string(), author: z.string() })),
  briefed: z.array(z.object({ item: z.enum(briefingItems), at: instant, by: z.string() })),
  lodging: z.object({ place: z.string(), nights: z.number() }).nullable(),
  permit: permitOfVisitSchema.nullable(),
  handedOverAt: instant.nullable(),
  notes: z.array(noted),
  /** Plates that it was taken down under before. */
  replated: z.array(z.object({ at: instant, author: z.string(), from: z.string() })),
  departedAt: instant.nullable(),
});
export type Visit = z.infer<typeof visitSchema>;

/** A permit was looked at and not accepted: no work until a dispatcher lets it pass. */
export const isRefused = ({ permit }: Pick<Visit, 'permit'>): boolean =>
  permit !== null && permit.verdict.faults.length > 0 && permit.allowed === null;

export const visitShownSchema = visitSchema.extend({
  stationName: z.string(),
  divisionName: z.string(),
  /** What its machine has before it. */
  order: z.object({ id: z.uuid(), placeName: z.string(), state: z.string() }).nullable(),
});
export type VisitShown = z.infer<typeof visitShownSchema>;

/** Of one unit and one span of time. */
export const receptionCountsSchema = z.object({
  arrived: z.number(),
  departed: z.number(),
  /** At its end. */
  present: z.number(),
  /** Issued in the span, and in the season up to its end. */
  permits: z.number(),
  permitsAll: z.number(),
  accidents: z.number(),
  trained: z.number(),
  overhauled: z.number(),
});
export type ReceptionCounts = z.infer<typeof receptionCountsSchema>;
