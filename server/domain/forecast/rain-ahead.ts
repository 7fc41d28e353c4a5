import { around, between, type Uniform } from './chance.ts';

/**
 * Zhengzhou in June, assumed: about one day in four wet, wet days in company, some 9 mm on a wet day, mostly little and at times much
 * (60–70 mm in the month).
 */
const WET_AFTER_DRY = 0.2;
const WET_AFTER_WET = 0.4;
const WET_DAY_MM = 9;
/** Outlooks err: a rain that does not come, one that was not foreseen, and amounts; each a day further ahead a little more. */
const MISS = 0.04;
const FALSE_ALARM = 0.08;
const WORSE_PER_DAY = 0.01;
const AMOUNT_SPREAD = 0.35;

const wetAmount = (uniform: Uniform): number => -WET_DAY_MM * Math.log(1 - uniform()) * between(uniform, 0.2, 1.8);

/**
 * Rain of the days ahead: near the outlook as far as it reaches, by climate beyond.
 * @param outlookMm null where there is none
 */
export function drawRain(uniform: Uniform, outlookMm: readonly (number | null)[], lastRainMm: number): Float64Array {
  const rain = new Float64Array(outlookMm.length);
  let wasWet = lastRainMm > 0.5;
  for (let day = 0; day < rain.length; day++) {
    const known = outlookMm[day];
    rain[day] = known === null ? drawDay(uniform, wasWet) : drawNear(uniform, known, day);
    wasWet = rain[day] > 0.5;
  }
  return rain;
}

function drawDay(uniform: Uniform, wasWet: boolean): number {
  return uniform() < (wasWet ? WET_AFTER_WET : WET_AFTER_DRY) ? wetAmount(uniform) : 0;
}

function drawNear(uniform: Uniform, knownMm: number, day: number): number {
  if (knownMm < 0.1) return uniform() < MISS + WORSE_PER_DAY * day ? 0.5 * wetAmount(uniform) : 0;
  return uniform() < FALSE_ALARM + WORSE_PER_DAY * day ? 0 : around(uniform, knownMm, AMOUNT_SPREAD);
}
