import * as z from 'zod';
import { finishWordSchema } from './claim.ts';
import { clockLineSchema } from './clock.ts';
import { machineCardSchema } from './contract.ts';
import { roles } from './permissions.ts';
import { progressSchema, unitNowSchema } from './progress.ts';
import {
  divisionCodeSchema,
  divisionSchema,
  fieldInputSchema,
  fieldSchema,
  fieldStages,
  machineIdSchema,
  machineSchema,
  polygonSchema,
  reportedInputSchema,
  reportedSchema,
  stationSchema,
  workStates,
} from './registry.ts';
import { repairShownSchema } from './repair.ts';
import { accountRoutes } from './routes/accounts.ts';
import { adviceRoutes } from './routes/advice.ts';
import { alertRoutes } from './routes/alerts.ts';
import { bulletinRoutes } from './routes/bulletins.ts';
import { cabRoutes } from './routes/cab.ts';
import { candidateRoutes } from './routes/candidates.ts';
import { claimRoutes } from './routes/claims.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { fieldRoutes } from './routes/fields.ts';
import { forecastRoutes } from './routes/forecasts.ts';
import { fuelRoutes } from './routes/fuel.ts';
import { historyRoutes } from './routes/history.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { noticeRoutes } from './routes/notices.ts';
import { orderRoutes } from './routes/orders.ts';
import { permitRoutes } from './routes/permits.ts';
import { receptionRoutes } from './routes/reception.ts';
import { recomputationRoutes } from './routes/recomputations.ts';
import { registryRoutes } from './routes/registry.ts';
import { repairRoutes } from './routes/repairs.ts';
import { reportingRoutes } from './routes/reporting.ts';
import { actorSchema, none } from './routes/route.ts';
import { safetyRoutes } from './routes/safety.ts';
import { screenRoutes } from './routes/screens.ts';
import { setupRoutes } from './routes/setup.ts';
import { stationRoutes } from './routes/stations.ts';
import { stockRoutes } from './routes/stock.ts';
import { terminalRoutes } from './routes/terminals.ts';
import { webhookRoutes } from './routes/webhook.ts';
import { daySchema, operations, seasonSchema } from './season.ts';
import { trackGapSchema } from './track-gap.ts';

/** Every HTTP route under /api/v1: the server parses with these schemas, the pages take their types from them, and OpenAPI is made of them. */

const whole = z.coerce.number().int();

/** What covered a field in one operation. */
const fieldOperation = z.object({
  operation: z.enum(operations),
  coveredMu: z.number(),
  finishedAt: z.number().nullable(),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  machines: z.array(z.object({ machine: machineIdSchema, coveredMu: z.number() })),
  /** What people said: an office last, and an operator since then. Null: nobody did. */
  said: z.object({ office: finishWordSchema.nullable(), claim: finishWordSchema.nullable() }),
  /** What the rules alone find, where a word changes it. */
  byRule: z.object({ coveredMu: z.number(), finishedAt: z.number().nullable() }).nullable(),
});

const coreRoutes = {
  session: { method: 'get', path: '/session', query: none, output: actorSchema.extend({ demo: z.boolean() }) },
  demoSignIn: {
    method: 'post',
    path: '/demo/sign-in',
    open: true,
    query: none,
    body: z.object({ role: z.enum(roles) }),
    output: actorSchema,
  },
  /** Throws the demonstration season away and begins a new one. */
  newDemoSeason: { method: 'post', path: '/demo/new-season', query: none, output: none },
  signOut: { method: 'delete', path: '/session', open: true, query: none, output: none },
  /** Open to all: what the sign-in page needs to know. */
  welcome: {
    method: 'get',
    path: '/welcome',
    open: true,
    query: none,
    output: z.object({
      demo: z.boolean(),
      season: seasonSchema.nullable(),
      clock: clockLineSchema,
      oneClickRoles: z.array(z.enum(roles)),
      tiles: z.string().nullable(),
      /** Nobody can sign in yet: the program printed the first administrator's link at its start. */
      waitsForAdministrator: z.boolean(),
    }),
  },
  /** City and county outlines as GeoJSON (properties: code, name, nameEn), towns as the hull of their fields (示意), stations. */
  places: {
    method: 'get',
    path: '/places',
    query: none,
    output: z.object({
      source: z.string(),
      divisions: z.array(
        divisionSchema.extend({
          outline: z.unknown().nullable(),
          hull: z.array(z.tuple([z.number(), z.number()])).nullable(),
          fieldCount: z.number(),
        }),
      ),
      stations: z.array(stationSchema),
    }),
  },
  /** Shapes of the fields of one tile (zoom 13) by their bounding box; a field that straddles tiles is in each. Cacheable by version. */
  fieldTile: {
    method: 'get',
    path: '/tiles/:x/:y',
    params: z.object({ x: whole, y: whole }),
    query: none,
    output: z.object({
      version: z.number(),
      fields: z.array(z.object({ id: z.string(), areaMu: z.number(), rings: z.array(z.array(z.tuple([z.number(), z.number()]))) })),
    }),
  },
  field: {
    method: 'get',
    path: '/fields/:id',
    params: z.object({ id: z.string() }),
    query: none,
    output: fieldSchema.extend({
      stage: z.enum(fieldStages),
      operations: z.array(fieldOperation),
      harvestUnrecorded: z.boolean(),
      townName: z.string(),
      countyName: z.string(),
    }),
  },
  fields: {
    method: 'get',
    path: '/fields',
    query: z.object({ division: divisionCodeSchema, stage: z.enum(fieldStages).optional(), from: whole.default(0) }),
    output: z.object({
      total: z.number(),
      fields: z.array(
        z.object({
          id: z.string(),
          town: z.string(),
          village: z.string(),
          areaMu: z.number(),
          ripeDate: daySchema.nullable(),
          stage: z.enum(fieldStages),
          harvestedMu: z.number(),
          sownMu: z.number(),
          centre: z.tuple([z.number(), z.number()]),
        }),
      ),
    }),
  },
  createField: { method: 'post', path: '/fields', query: none, body: fieldInputSchema, output: fieldSchema },
  editField: {
    method: 'put',
    path: '/fields/:id',
    params: z.object({ id: z.string() }),
    query: none,
    body: z.object({ polygon: polygonSchema, version: z.number().int() }),
    output: fieldSchema,
  },
  machine: {
    method: 'get',
    path: '/machines/:id',
    params: z.object({ id: machineIdSchema }),
    query: none,
    output: machineSchema.extend({
      state: z.enum(workStates),
      stateSince: z.number().nullable(),
      lastFixTime: z.number().nullable(),
      lngLat: z.tuple([z.number(), z.number()]).nullable(),
      fieldId: z.string().nullable(),
      /** It works on ground that no field is known for. */
      isOnOpenGround: z.boolean(),
      /** As its phone said; null: it never did. */
      duty: z.object({ on: z.boolean(), since: z.number() }).nullable(),
      /** Its open repair; null: it is not in repair. */
      repair: repairShownSchema.pick({ id: true, fault: true, calledAt: true, startedAt: true, stationName: true }).nullable(),
      todayMu: z.number(),
      seasonMu: z.number(),
      fixes: z.number(),
      refused: z.number(),
      thinned: z.number(),
      /** The device's clock is off by so many ms (display only); null unknown. Beyond 2 minutes the order across machines is unsure. */
      clockOffMs: z.number().nullable(),
      /** Its places look like GCJ-02 sent as WGS-84: shifted back they would lie in the fields. */
      looksShifted: z.boolean(),
      /** Fixes that stand still while the machine reports to drive, and times its clock went back. */
      frozenFixes: z.number(),
      clockStepsBack: z.number(),
      /** Fields worked, newest first: id, operation, mu, last worked. */
      fields: z.array(z.object({ id: z.string(), operation: z.enum(operations), coveredMu: z.number(), lastAt: z.number() })),
    }),
  },
  trail: {
    method: 'get',
    path: '/machines/:id/trail',
    params: z.object({ id: machineIdSchema }),
    query: z.object({ from: z.coerce.number(), to: z.coerce.number() }),
    /** Runs without a gap: each a list of [lng, lat, fixTime]. A gap is never bridged. `gaps`: times of which nothing is known, and why. */
    output: z.object({ runs: z.array(z.array(z.tuple([z.number(), z.number(), z.number()]))), gaps: z.array(trackGapSchema) }),
  },
  /** At most 20 of each kind, best match first. */
  search: {
    method: 'get',
    path: '/search',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    output: z.object({
      machines: z.array(machineCardSchema),
      fields: z.array(z.object({ id: z.string(), village: z.string(), areaMu: z.number(), centre: z.tuple([z.number(), z.number()]) })),
      divisions: z.array(
        z.object({
          code: divisionCodeSchema,
          name: z.string(),
          level: z.enum(['city', 'county', 'town']),
          parent: divisionCodeSchema.nullable(),
        }),
      ),
    }),
  },
  progress: {
    method: 'get',
    path: '/progress',
    query: z.object({ division: divisionCodeSchema, day: daySchema.optional() }),
    output: progressSchema,
  },
  /** What a unit's figures are made of: its children now, the reports that count, what was measured in its fields by day. */
  parts: {
    method: 'get',
    path: '/progress/parts',
    query: z.object({ division: divisionCodeSchema }),
    output: z.object({
      unit: unitNowSchema,
      children: z.array(unitNowSchema),
      reports: z.array(reportedSchema.extend({ name: z.string() })),
      days: z.array(z.object({ day: daySchema, harvestMu: z.number(), sowMu: z.number() })),
      stages: z.record(z.enum(fieldStages), z.object({ count: z.number(), mu: z.number() })),
    }),
  },
  reported: { method: 'post', path: '/reported', query: none, body: reportedInputSchema, output: reportedSchema },
  /** Enrols a device, unknown machines as a combine of the default width, or issues a token for reading. */
  issueToken: {
    method: 'post',
    path: '/tokens',
    query: none,
    body: z.object({ machine: machineIdSchema }).or(z.object({ viewer: z.literal(true) })),
    output: z.object({ machine: machineIdSchema.optional(), token: z.string() }),
  },
  /** What is stored, as hashes: README says over what. */
  digest: {
    method: 'get',
    path: '/digest',
    query: none,
    output: z.object({ fixes: z.number(), fixSha256: z.string(), coverageSha256: z.string(), totals: z.record(z.string(), z.number()) }),
  },
} as const;

export const routes = {
  // First, since `/machines/nearest` would be taken for a machine's id.
  ...orderRoutes,
  ...coreRoutes,
  ...accountRoutes,
  ...setupRoutes,
  ...cabRoutes,
  ...claimRoutes,
  ...inboxRoutes,
  ...repairRoutes,
  ...fuelRoutes,
  ...stockRoutes,
  ...stationRoutes,
  ...reportingRoutes,
  ...bulletinRoutes,
  ...screenRoutes,
  ...terminalRoutes,
  ...adviceRoutes,
  ...noticeRoutes,
  ...alertRoutes,
  ...webhookRoutes,
  ...forecastRoutes,
  ...evidenceRoutes,
  ...receptionRoutes,
  ...permitRoutes,
  ...safetyRoutes,
  ...candidateRoutes,
  ...fieldRoutes,
  ...recomputationRoutes,
  ...historyRoutes,
  ...registryRoutes,
} as const;

export type RouteName = keyof typeof routes;
export type RouteOutput<Name extends RouteName> = z.infer<(typeof routes)[Name]['output']>;
