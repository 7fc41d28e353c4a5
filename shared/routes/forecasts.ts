import * as z from 'zod';
import { chainFieldSchema, chainSchema } from '../chain.ts';
import { forecastSchema, seriesSchema } from '../forecast.ts';
import { divisionCodeSchema } from '../registry.ts';
import { daySchema, operations } from '../season.ts';
import { rainInputSchema, rainSchema } from '../weather.ts';
import { none } from './route.ts';

const unit = z.object({ division: divisionCodeSchema, operation: z.enum(operations).default('harvest') });

/** When each unit will be through, what it rests on, and the chain from harvest to sowing. */
export const forecastRoutes = {
  /** With the series it was made from, so that anyone can make it again by `npm run forecast`. */
  forecast: {
    method: 'get',
    path: '/forecasts',
    query: unit,
    output: z.object({ at: z.number(), series: seriesSchema, forecast: forecastSchema }),
  },
  /** The forecast as it would have been at the end of a past day, from what was known then; with what came. */
  replay: {
    method: 'get',
    path: '/forecasts/replay',
    query: unit.extend({ day: daySchema }),
    output: z.object({
      series: seriesSchema,
      forecast: forecastSchema,
      came: z.array(z.object({ date: daySchema, doneMu: z.number() })),
      /** Of all past days with a forecast: how often what came lay within P10–P90 one, three and five days ahead. */
      record: z.array(z.object({ daysAhead: z.number(), forecasts: z.number(), held: z.number(), meanErrorMu: z.number() })),
    }),
  },
  /** Ripe fields still standing where rain is expected, the earliest rain first, then the ripest; with how much can be cut before it. */
  beforeRain: {
    method: 'get',
    path: '/forecasts/before-rain',
    query: z.object({ division: divisionCodeSchema }),
    output: z.object({
      asOf: z.number(),
      units: z.array(
        z.object({
          division: divisionCodeSchema,
          name: z.string(),
          rainDay: daySchema,
          /** Of the whole spell. */
          rainMm: z.number(),
          ripeMu: z.number(),
          /** By the machines present, until the day before the rain; null: nothing is known of machines. */
          canCutMu: z.number().nullable(),
          /** Wheeled and tracked machines can go back on so many hours after it. */
          wheeledWaitH: z.number(),
          trackedWaitH: z.number(),
        }),
      ),
      /** Of all fields; the first of them follow. */
      total: z.number(),
      fields: z.array(
        z.object({
          field: z.string(),
          village: z.string(),
          town: divisionCodeSchema,
          areaMu: z.number(),
          openMu: z.number(),
          ripeDate: daySchema.nullable(),
          rainDay: daySchema,
          lngLat: z.tuple([z.number(), z.number()]),
        }),
      ),
    }),
  },
  rain: {
    method: 'get',
    path: '/rain',
    query: z.object({ from: daySchema.optional(), days: z.coerce.number().int().min(1).max(40).default(14) }),
    /** The units that may be written for, the city and its counties, with their own entries. */
    output: z.object({
      today: daySchema,
      days: z.array(daySchema),
      units: z.array(
        z.object({
          division: divisionCodeSchema,
          name: z.string(),
          nameEn: z.string().optional(),
          mayWrite: z.boolean(),
          rain: z.array(rainSchema.nullable()),
        }),
      ),
    }),
  },
  putRain: {
    method: 'put',
    path: '/rain',
    query: none,
    body: z.object({ rows: z.array(rainInputSchema).min(1).max(2000) }),
    output: z.object({ changed: z.number() }),
  },
  chain: { method: 'get', path: '/chain', query: z.object({ division: divisionCodeSchema }), output: chainSchema },
  /** Cut and not sown, the longest first; `late`: above 48 h only. */
  chainFields: {
    method: 'get',
    path: '/chain/fields',
    query: z.object({ division: divisionCodeSchema, late: z.stringbool().default(false), from: z.coerce.number().int().min(0).default(0) }),
    output: z.object({ asOf: z.number(), total: z.number(), fields: z.array(chainFieldSchema).max(500) }),
  },
} as const;
