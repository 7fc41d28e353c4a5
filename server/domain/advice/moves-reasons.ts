import type { Advice, AdviceReason } from '../../../shared/advice.ts';
import type { Day } from '../../../shared/season.ts';

type Effect = Advice['effect'][number];

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What is known of a unit that a reason may name. */
export interface UnitOutlook {
  division: string;
  name: string;
  deadline: Day;
  /** Late by its deadline when nobody is moved, mu. */
  lateMu: number;
  /** As things stand; null: not to be told. */
  chanceInTime: number | null;
  finish: Day | null;
  /** The first day with rain that keeps machines in, and how much. */
  rain: { day: Day; mm: number } | null;
}

/** Chances above this are nobody's worry. */
export const WORRYING_CHANCE = 0.6;

/** Why there is advice, the most weighty first: who is behind, by how much, and what is coming. */
export function movesReasons(units: readonly UnitOutlook[]): AdviceReason[] {
  const late = units.filter(({ lateMu }) => lateMu >= 1).sort((one, other) => other.lateMu - one.lateMu);
  const behind = late.map(({ name, deadline, finish, lateMu }): AdviceReason => {
    const when = finish === null ? null : { days: Math.max(0, daysBetween(deadline, finish)), finish };
    return { code: 'behind', values: { name, deadline, lateMu: Math.round(lateMu), ...when } };
  });
  const chances = late.flatMap(({ name, chanceInTime }): AdviceReason[] =>
    chanceInTime !== null && chanceInTime < WORRYING_CHANCE
      ? [{ code: 'chance', values: { name, percent: Math.round(100 * chanceInTime) } }]
      : [],
  );
  const rain = late.flatMap((unit): AdviceReason[] =>
    unit.rain === null ? [] : [{ code: 'rain', values: { name: unit.name, day: unit.rain.day, mm: unit.rain.mm } }],
  );
  return [...behind, ...chances, ...rain];
}

/** Why this machine goes from there to there. */
export function stepReasons({
  from,
  to,
  km,
  hours,
  freeInH,
  isTracked,
}: {
  from: UnitOutlook;
  to: { outlook: UnitOutlook; effect: Effect | undefined };
  km: number;
  hours: number;
  freeInH: number;
  isTracked: boolean;
}): AdviceReason[] {
  const { outlook, effect } = to;
  const reasons: AdviceReason[] = [];
  const spareDays = from.finish === null ? null : daysBetween(from.finish, from.deadline);
  if (spareDays !== null && spareDays > 0 && from.lateMu < 1)
    reasons.push({ code: 'spare', values: { name: from.name, days: spareDays, finish: from.finish! } });
  if (effect?.stay && effect.plan && effect.plan < effect.stay)
    reasons.push({ code: 'gain', values: { name: outlook.name, days: daysBetween(effect.plan, effect.stay), finish: effect.plan } });
  reasons.push({ code: 'road', values: { km, hours } });
  reasons.push({ code: 'free', values: { hours: freeInH } });
  if (isTracked && outlook.rain) reasons.push({ code: 'tracked', values: { day: outlook.rain.day, mm: outlook.rain.mm } });
  return reasons;
}
