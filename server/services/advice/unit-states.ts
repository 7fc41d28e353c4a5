import type { Forecast } from '../../../shared/forecast.ts';
import type { Division } from '../../../shared/registry.ts';
import { addDays, type Day, dayOf, dayStart, type Operation, type Season } from '../../../shared/season.ts';
import type { UnitState } from '../../domain/advice/moves-problem.ts';
import { cutAhead, ripeAhead } from '../../domain/advice/ripe-ahead.ts';
import { wetShares } from '../../domain/advice/wet-shares.ts';
import type { ProgressBoard } from '../progress.ts';
import type { Registry } from '../registry.ts';
import type { Forecasts } from './ports.ts';
import type { Roster } from './roster.ts';
import type { StandingGround } from './standing-ground.ts';

/** To the last deadline and a little beyond, as far as the program of moves looks. */
const DAYS_BEYOND = 3;
const DAYS = { least: 5, most: 21 };
/** With less of the day left than this, moves begin tomorrow. */
const LEAST_HOURS = 2;
/** What anyone reckons with where nothing has been learned: a machine's mu on a dry day, and one day in six lost. */
const USUAL_MU = { harvest: 38, sow: 16 } as const;
const USUAL_SHARE = 0.83;
/** Counts of machines differ from source to source, though not by more than this. */
const MOST_PER_MACHINE = 3;

export interface Horizon {
  firstDay: Day;
  days: number;
  /** Of the first day's workable hours: 0..1. */
  firstShare: number;
}

export function horizonFrom(
  season: Season,
  operation: Operation,
  { now, lastDeadline = season.deadline[operation] }: { now: number; lastDeadline?: Day },
): Horizon {
  const { from, to } = season.workableHours[operation];
  const today = dayOf(now);
  const hourNow = (now - dayStart(today)) / 3_600_000;
  const left = Math.min(to - from, to - hourNow);
  const firstDay = left < LEAST_HOURS ? addDays(today, 1) : today;
  const days = Math.min(DAYS.most, Math.max(DAYS.least, daysBetween(firstDay, lastDeadline) + DAYS_BEYOND));
  return { firstDay, days, firstShare: firstDay === today ? left / (to - from) : 1 };
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

export interface StateParts {
  registry: Registry;
  board: ProgressBoard;
  forecasts: Forecasts;
  /** Rain that is expected of a unit on a day; null: nobody said. */
  rainOf: (division: string, day: Day) => number | null;
}

export const deadlineOf = (season: Season, division: Division, operation: Operation): Day =>
  division.deadline?.[operation] ?? season.deadline[operation];

/** What remains in each reporting unit, and what can be done of it day by day; units with neither area nor machines are left out. */
export function unitStates(
  parts: StateParts,
  { operation, roster, ground, horizon }: { operation: Operation; roster: Roster; ground: StandingGround; horizon: Horizon },
): UnitState[] {
  const { registry, board } = parts;
  const season = registry.season!;
  return registry.children(registry.root()?.code ?? '').flatMap(division => {
    const place = ground.placeOf(division.code);
    const now = board.unitNow(division.code);
    const totalMu = operation === 'harvest' ? now.plantedMu : now.plannedMu;
    const here = roster.present.filter(({ unit }) => unit === division.code);
    if (place === null || (totalMu === 0 && here.length === 0)) return [];
    const remainingMu = Math.max(0, totalMu - now[operation].headlineMu);
    const known = parts.forecasts.of(division.code, operation);
    const tracked = here.filter(({ known: machine }) => machine.drive === 'tracked').length;
    return [
      {
        division: division.code,
        name: division.name,
        ...place,
        deadline: deadlineOf(season, division, operation),
        remainingMu: isRest(remainingMu, totalMu) ? 0 : remainingMu,
        ripeMu: openAhead(parts, division, { operation, ground, horizon }),
        workable: workableAhead(parts, division.code, { forecast: known?.forecast ?? null, horizon }),
        muPerMachineDay: muPerMachine(known?.forecast ?? null, here.length) ?? USUAL_MU[operation],
        machines: { tracked: Array(horizon.days).fill(tracked), wheeled: Array(horizon.days).fill(here.length - tracked) },
      },
    ];
  });
}

/**
 * A forecast counts machines its own way: those that were out. What they do together is shared among those that are there, so that a unit
 * is worked as fast here as there.
 */
function muPerMachine(forecast: Forecast | null, here: number): number | null {
  const terms = forecast?.terms ?? null;
  return terms === null ? null : terms.muPerMachineDay.p50 * countedPerMachine(forecast, here);
}

/** Machines as a forecast counts them, for each one that is there. */
export function countedPerMachine(forecast: Forecast | null, here: number): number {
  const counted = forecast?.terms?.machinesNow ?? 0;
  if (counted === 0 || here === 0) return 1;
  return Math.min(MOST_PER_MACHINE, Math.max(1 / MOST_PER_MACHINE, counted / here));
}

/** All but a thousandth counts as done, as in a forecast. */
const isRest = (remainingMu: number, totalMu: number): boolean => remainingMu <= 0.001 * totalMu;

function openAhead(
  parts: StateParts,
  division: Division,
  { operation, ground, horizon }: { operation: Operation; ground: StandingGround; horizon: Horizon },
): number[] {
  const { plantedMu, plannedMu, harvest, sow } = parts.board.unitNow(division.code);
  const { firstDay: from, days } = horizon;
  if (operation === 'harvest') {
    const season = parts.registry.season!;
    const firstRipe = division.firstDay?.harvest ?? season.firstDay.harvest;
    const remainingMu = Math.max(0, plantedMu - harvest.headlineMu);
    return ripeAhead({ remainingMu, totalMu: plantedMu, standing: ground.standingOf(division.code), firstRipe, from, days });
  }
  const byDay = parts.forecasts.of(division.code, 'harvest')?.forecast.byDay ?? [];
  let cut = harvest.headlineMu;
  const cutMu = Array.from({ length: days }, (_, at) => {
    cut = Math.max(
      cut,
      byDay.find(({ date }) => date === addDays(from, at))?.p50 ?? (at >= byDay.length ? (byDay.at(-1)?.p50 ?? cut) : cut),
    );
    return cut;
  });
  return cutAhead({ plannedMu, sownMu: sow.headlineMu, plantedMu, cutMu });
}

function workableAhead(
  { rainOf }: StateParts,
  division: string,
  { forecast, horizon }: { forecast: Forecast | null; horizon: Horizon },
): UnitState['workable'] {
  // With the pace: little is ripe in the first days, and the last fields lie apart.
  const ahead = new Map((forecast?.terms?.ahead ?? []).map(day => [day.date, day.workableShare * day.pace]));
  const days = Array.from({ length: horizon.days }, (_, at) => addDays(horizon.firstDay, at));
  const shares = wetShares(
    days.map((day, at) => ({
      share: ahead.get(day) ?? USUAL_SHARE,
      rainMm: rainOf(division, day) ?? 0,
      beforeMm: rainOf(division, addDays(day, -1)) ?? 0,
      part: at === 0 ? horizon.firstShare : 1,
    })),
  );
  return { wheeled: shares.map(({ wheeled }) => wheeled), tracked: shares.map(({ tracked }) => tracked) };
}
