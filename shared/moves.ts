import * as z from 'zod';
import { daySchema } from './season.ts';

const amount = z.number().min(0);
const perDay = z.array(amount);
const perKind = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);

const unitSchema = z.object({
  unit: z.string(),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  /** Still to be done when the first day begins. */
  remainingMu: amount,
  /** The last day in time. */
  deadline: daySchema,
  /** What a late mu here counts, beside one elsewhere. */
  weight: z.number().positive().default(1),
  /** Of what remains: how much can be done by the end of each day, because it is ripe (or cut, for sowing). Never falls. */
  ripeMu: perDay,
  /** 0..1 of each day, by the weather. */
  workable: z.array(z.number().min(0).max(1)),
  /** Of a machine on a whole day, by kind. */
  muPerMachineDay: perKind(amount),
  /** Whole machines that are there on each day when nobody is moved, by kind: arrivals and departures that are known. */
  machines: perKind(z.array(z.number().int().min(0))),
  /** So many of each kind, if they are there, stay within the days that are planned: somebody finds the last mu. */
  keptMachines: z.number().int().min(0).default(0),
});

/**
 * What a road km counts, in mu done a day later, of which a late mu counts a thousand: as long as a deadline is ahead a machine drives 10 km
 * for 3 mu less late, or for 3000 mu a day sooner. With every deadline past there is no reason to spare the road.
 */
export const kmCosts = { inTime: 300, overdue: 5 } as const;

/** Where machines are and what is to be done, unit by unit and day by day. */
export const movesProblemSchema = z
  .object({
    firstDay: daySchema,
    days: z.number().int().min(1).max(21),
    units: z.array(unitSchema).min(1).max(40),
    /** The advice does well on the mean of these: all rates times `rateFactor`. */
    scenarios: z
      .array(z.object({ chance: z.number().positive(), rateFactor: z.number().positive() }))
      .min(1)
      .default([{ chance: 1, rateFactor: 1 }]),
    travel: z
      .object({ detour: z.number(), selfKmh: z.number(), lorryKmh: z.number(), loadingHours: z.number(), workingHours: z.number() })
      .default({ detour: 1.35, selfKmh: 20, lorryKmh: 45, loadingHours: 1, workingHours: 12 }),
    /** Of what is open in a unit, no more than this share is found and cut in a day, however many machines there are: 0..1. */
    findableShare: z.number().positive().max(1).default(1),
    /** A road km counts as much as this many mu done a day later: see `kmCosts`. */
    kmCost: amount.default(kmCosts.inTime),
  })
  .superRefine(({ units, days }, context) => {
    for (const [at, unit] of units.entries()) {
      const lengths = { ripeMu: unit.ripeMu, workable: unit.workable, ...unit.machines };
      for (const [name, list] of Object.entries(lengths))
        if (list.length !== days)
          context.addIssue({ code: 'custom', path: ['units', at, name], message: `needs one number a day: ${days}, not ${list.length}` });
    }
  });
export type MovesProblem = z.infer<typeof movesProblemSchema>;

export const shortfallCauses = ['deadlinePassed', 'notRipe', 'weather', 'tooFar', 'noSpareMachines'] as const;
export type ShortfallCause = (typeof shortfallCauses)[number];

const outcome = z.object({ lateMu: z.number(), muDays: z.number(), km: z.number() });

export const movesAdviceSchema = z.object({
  moves: z.array(
    z.object({
      day: daySchema,
      kind: z.string(),
      machines: z.number(),
      from: z.string(),
      to: z.string(),
      /** One way, of each machine; estimated from the great circle. */
      km: z.number(),
      hours: z.number(),
    }),
  ),
  units: z.array(
    z.object({
      unit: z.string(),
      /** At the end of the deadline's day; null: not within the days that are planned. */
      lateMu: z.object({ stay: z.number(), plan: z.number() }),
      finish: z.object({ stay: daySchema.nullable(), plan: daySchema.nullable() }),
    }),
  ),
  /** Means over the scenarios, late mu weighted. No plan of whole machines can cost less than the bound. */
  value: z.object({ stay: outcome, plan: outcome, bound: outcome, planCost: z.number(), boundCost: z.number(), gap: z.number() }),
  /** What cannot be met with this plan, and why: the parts of a unit's late mu. */
  unmet: z.array(z.object({ unit: z.string(), mu: z.number(), cause: z.enum(shortfallCauses) })),
});
export type MovesAdvice = z.infer<typeof movesAdviceSchema>;
