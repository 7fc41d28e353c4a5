import type { Random } from '../season/random.ts';

/** What makes one season unlike another; each is drawn broadly, from what a bad and a good year may be. */
export interface SeasonKind {
  units: number;
  /** Mean area of a unit, mu. */
  unitMu: number;
  /** When the first unit is ripe (day of the season), days from there to the last one, and within one unit. */
  ripeFromDay: number;
  frontDays: number;
  ripeningDays: number;
  /** Share of the area that ripens late, in scattered fields. */
  stragglers: number;
  /** Machines at hand over what the deadline asks for. */
  strength: number;
  /** Hours a machine loses between fields when there is little left to cut in its unit. */
  searchHours: number;
  netMuPerH: number;
  faultsPerH: number;
  repairBays: number;
  /** Share of the machines that visit, and when they come and go (day of the season). */
  visitors: number;
  arrivalDay: number;
  departureDay: number;
  /** Days with no rain between spells, days of a spell, mm of a wet day. */
  drySpellDays: number;
  wetSpellDays: number;
  wetDayMm: number;
  /** Moisture in mm from which a wheeled machine stands; what a dry day takes off. */
  standsAtMm: number;
  dryingMm: number;
  /** What an outlook is worth: days it reaches, and its error (standard deviation of the logarithm). */
  outlookDays: number;
  outlookError: number;
  /** Whether the counts that are reported mean machines at work or machines present. */
  countsWorking: boolean;
  /** Late orders that clerks forget: share of a day's work that is reported the day after. */
  reportedLate: number;
}

const spread = (random: Random, median: number, deviation: number): number => median * Math.exp(deviation * random.normal());

export function drawSeasonKind(random: Random): SeasonKind {
  return {
    units: 16,
    unitMu: spread(random, 6000, 0.3),
    ripeFromDay: random.between(1, 5),
    frontDays: random.between(0.5, 7),
    ripeningDays: random.between(0.4, 2.5),
    stragglers: random.between(0, 0.05),
    strength: spread(random, 1.1, 0.3),
    searchHours: random.between(0.1, 1.4),
    netMuPerH: spread(random, 3.6, 0.25),
    faultsPerH: random.between(0.001, 0.012),
    repairBays: 1 + random.whole(3),
    visitors: random.between(0.1, 0.6),
    arrivalDay: random.between(-1, 4),
    departureDay: random.between(8, 18),
    drySpellDays: spread(random, 5.5, 0.4),
    wetSpellDays: random.between(1, 2.2),
    wetDayMm: spread(random, 9, 0.4),
    standsAtMm: spread(random, 6, 0.35),
    dryingMm: random.between(3, 7),
    outlookDays: random.whole(8),
    outlookError: random.between(0.1, 0.6),
    countsWorking: random.next() < 0.5,
    reportedLate: random.next() < 0.5 ? 0 : random.between(0, 0.1),
  };
}
