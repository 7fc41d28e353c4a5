import { addDays } from '../../../shared/season.ts';
import { randomOf } from '../../season/random.ts';
import { FIRST_DAY, ripeMu, roadKm } from '../../season-model/country.ts';
import type { MachineMove, Season } from '../../season-model/season.ts';

/** What the product knows of a machine in the evening. */
export interface KnownMachine {
  id: string;
  unit: number;
  /** Learned from its measured work, with an error. */
  muPerDay: number;
  isBroken: boolean;
}

export interface KnownUnit {
  lng: number;
  lat: number;
  plantedMu: number;
  cutMu: number;
  deadlineDay: number;
  /** Ripe and not cut this evening, as clerks report it, with an error. */
  openMu: number;
  /** Middle of the ripening, as its agronomist says; off by most of a day. */
  ripeDay: number;
}

/** What can be known on the evening before `day`: nothing of rain, faults and ripening to come but what is said of them. */
export interface SeasonView {
  day: number;
  units: KnownUnit[];
  machines: KnownMachine[];
  /** Rain so far, city means by day, and the outlook as far as it reaches. */
  rainMm: number[];
  outlookMm: number[];
  /** Cut in the whole city, and machines there, by day. */
  cutMu: number[];
  machineCounts: number[];
  km(from: number, to: number): number;
}

/** A way to decide, each evening, which machines go where next morning. */
export type Policy = (view: SeasonView) => MachineMove[];

export const dateOf = (day: number): string => addDays(FIRST_DAY, day);

/** @param seed of the errors of judgement; the same for every policy */
export function viewer(season: Season, seed: string): () => SeasonView {
  const random = randomOf(seed, 'judgement');
  const ripeErrors = season.units.map(() => 0.7 * random.normal());
  const rateErrors = new Map(season.machines.map(machine => [machine.id, Math.exp(0.1 * random.normal())]));
  const openErrors = randomOf(seed, 'ripe as reported');
  const openMu = (unit: number) =>
    Math.max(0, ripeMu(season.units[unit], season.day) - season.cutMu(unit)) * Math.exp(0.15 * openErrors.normal());
  const mean = (of: (unit: number) => number) => season.units.reduce((sum, _, unit) => sum + of(unit), 0) / season.units.length;
  const days = () => Array.from({ length: season.day }, (_, day) => day);
  return () => ({
    day: season.day,
    units: season.units.map(({ lng, lat, plantedMu, deadlineDay, ripeDay }, unit) => ({
      ...{ lng, lat, plantedMu, deadlineDay },
      cutMu: season.cutMu(unit),
      openMu: openMu(unit),
      ripeDay: ripeDay + ripeErrors[unit],
    })),
    machines: season.machines
      .filter(machine => season.isPresent(machine) && machine.roadHours <= 0)
      .map(({ id, unit, muPerH, repairHours }) => ({ id, unit, muPerDay: 12 * muPerH * rateErrors.get(id)!, isBroken: repairHours > 0 })),
    rainMm: days().map(day => mean(unit => season.weather.rainOf(unit, day))),
    outlookMm: Array.from({ length: season.kind.outlookDays }, (_, ahead) =>
      mean(unit => season.weather.outlook(unit, season.day - 1 < 0 ? 0 : season.day - 1, ahead + 1)),
    ),
    cutMu: days().map(day => season.reports.reduce((sum, reports) => sum + reports[day].cutMu, 0)),
    machineCounts: days().map(day => season.machines.filter(one => one.arrivalDay <= day && day < one.departureDay).length),
    km: (from, to) => roadKm(season.units[from], season.units[to]),
  });
}

/** A field's neighbours ripen within a day or two: the logistic's width. */
const WIDTH_DAYS = 0.8;

/** Ripe by the end of a day, reckoned from what is ripe now and, before that says much, from what the agronomist expects. */
export function ripeByMu({ plantedMu, ripeDay, cutMu, openMu }: KnownUnit, { now, day }: { now: number; day: number }): number {
  const share = Math.min(1, (cutMu + openMu) / plantedMu);
  const seenDay = now - WIDTH_DAYS * Math.log(Math.max(0.02, share) / Math.max(0.02, 1 - share));
  const middle = share < 0.03 ? Math.max(ripeDay, seenDay) : seenDay;
  const reckoned = plantedMu / (1 + Math.exp(-(day + 0.8 - middle) / WIDTH_DAYS));
  return Math.min(plantedMu, Math.max(reckoned / 0.98, cutMu + (day >= now ? openMu : 0)));
}
