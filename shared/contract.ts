import * as z from 'zod';
import { clockLineSchema } from './clock.ts';
import { fixReportInput, fixReportOutput } from './device.ts';
import { unitNowSchema } from './progress.ts';
import { divisionCodeSchema, fieldStages, workStates } from './registry.ts';
import type { Reply } from './reply.ts';
import { seasonSchema } from './season.ts';

/**
 * The socket, both ways. A request is a pair of schemas; a broadcast is one. Both event maps are derived from here, and the server
 * answers with one generic loop: a request without a handler does not compile.
 */

/**
 * What moves, as a row: id, lng, lat, headingDeg, state, fixTime, speedKmh, fieldId, county where it is now (null: outside the city),
 * whether it is in repair, which wins over the state, and since when that is so (null: nobody knows; offline: since its last fix).
 */
export const machineRowSchema = z.tuple([
  z.string(),
  z.number(),
  z.number(),
  z.number().nullable(),
  z.enum(workStates),
  z.number(),
  z.number().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.boolean(),
  z.number().nullable(),
]);
export type MachineRow = z.infer<typeof machineRowSchema>;

/** What does not move: sent once. */
export const machineCardSchema = z.object({
  id: z.string(),
  kind: z.enum(['combine', 'seeder', 'tractor']),
  plate: z.string(),
  operatorName: z.string(),
  division: divisionCodeSchema,
  origin: z.enum(['home', 'crossRegion']),
});
export type MachineCard = z.infer<typeof machineCardSchema>;

/** Stage of one field: id, stage, harvested share 0..1, sown share 0..1, harvest known by report only. */
export const fieldRowSchema = z.tuple([z.string(), z.enum(fieldStages), z.number(), z.number(), z.boolean()]);
export type FieldRow = z.infer<typeof fieldRowSchema>;

/** Zoom of the tiles in which fields are served and watched. */
export const FIELD_TILE_ZOOM = 13;
const tileName = z.string().regex(/^\d+\/\d+$/, 'a tile as x/y');

export const requests = {
  'fix:report': { input: fixReportInput, output: fixReportOutput },
  /** Joins a unit's room and answers with all that it shows; from then on `view:changed` brings what differs. */
  'view:open': {
    input: z.object({ division: divisionCodeSchema }),
    output: z.object({
      asOf: z.number(),
      clock: clockLineSchema,
      season: seasonSchema,
      division: divisionCodeSchema,
      cards: z.array(machineCardSchema),
      machines: z.array(machineRowSchema),
      units: z.array(unitNowSchema),
    }),
  },
  /** Replaces the set of tiles whose `field:changed` this socket hears; answers with the stages of their fields that are not standing. */
  'tiles:watch': {
    input: z.object({ tiles: z.array(tileName).max(200) }),
    output: z.object({ fields: z.array(fieldRowSchema) }),
  },
  /** Joins the room of a station; from then on `repairs:changed` says when its repairs are to be asked for again. */
  'repairs:watch': { input: z.object({ station: z.string().max(40) }), output: z.object({}) },
  /** Joins the room of a unit's dispatch; from then on `dispatch:changed` says what is to be asked for again. */
  'dispatch:watch': { input: z.object({ division: divisionCodeSchema }), output: z.object({}) },
  /** Demonstration only. */
  'clock:set': {
    input: z.object({ paused: z.boolean().optional(), speed: z.number().min(1).max(120).optional() }),
    output: clockLineSchema,
  },
} as const;

/** What `dispatch:changed` can name. */
export const dispatchParts = ['forecasts', 'requests', 'orders', 'advice', 'alerts', 'notices', 'claims', 'candidates'] as const;
export type DispatchPart = (typeof dispatchParts)[number];

export const broadcasts = {
  /** Once a second to every room, empty too: its arrival is the heartbeat. */
  'view:changed': z.object({
    asOf: z.number(),
    machines: z.array(machineRowSchema),
    units: z.array(unitNowSchema),
    cards: z.array(machineCardSchema).optional(),
    /** What the dispatcher must know of the system itself; absent: nothing. */
    warnings: z.array(z.enum(['diskLow', 'diskFull', 'databaseSlow'])).optional(),
  }),
  'field:changed': z.object({ fields: z.array(fieldRowSchema) }),
  /** To every open view: fields in these tiles have other shapes now, or are new. */
  'tiles:changed': z.object({ tiles: z.array(tileName) }),
  /** Some repair or fuel booking of the station watched or of the unit viewed is new or changed: ask for those that are shown again. */
  'repairs:changed': z.object({}),
  /** Something of the unit watched is new or changed: ask for what is shown of it again. */
  'dispatch:changed': z.object({ what: z.array(z.enum(dispatchParts)) }),
  /** To the machine's phone and its operator's pages: ask for the inbox again. */
  'inbox:changed': z.object({}),
  /** To everyone, devices included: on connection and whenever the season clock is paused, resumed or changed. */
  'clock:changed': clockLineSchema,
  /** The session was ended elsewhere: sign in again. */
  'session:ended': z.object({ message: z.string() }),
} as const;

/** From a device, for the eye only: no acknowledgement, neither stored nor folded. One row as in `fix:report`. */
export const LIVE_EVENT = 'fix:live';

export type RequestName = keyof typeof requests;
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['output']>;
export type BroadcastName = keyof typeof broadcasts;
export type Broadcast<Name extends BroadcastName> = z.infer<(typeof broadcasts)[Name]>;

export type ClientToServer = {
  [Name in RequestName]: (input: RequestInput<Name>, reply: (answer: Reply<RequestOutput<Name>>) => void) => void;
} & { 'fix:live': (row: unknown) => void };
export type ServerToClient = { [Name in BroadcastName]: (message: Broadcast<Name>) => void };
