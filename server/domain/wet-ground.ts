/**
 * How long machines wait after rain. The ground's wetness is what is left of the rain: each day keeps `keptPerDay` of it (the middle of
 * what forecasts draw from, `forecast/belief.ts`). A machine goes back on when the wetness has fallen to what its running gear bears: a
 * tracked one (some 25–30 kPa on the ground) to about what halves a day's work, a wheeled one (80–120 kPa) to half of that. Straw has to
 * dry in any case. All four are assumptions, in one place; measured trafficability of the county's soils should replace them.
 */
export const wetGround = { keptPerDay: 0.475, trackedMm: 9, wheeledMm: 4.5, strawDriesH: 4, leastRainMm: 1 } as const;

const hoursUntil = (wetnessMm: number, bearableMm: number): number =>
  wetnessMm <= bearableMm ? 0 : (24 * Math.log(wetnessMm / bearableMm)) / -Math.log(wetGround.keptPerDay);

/** Whole hours after the last rain of a spell. @param rainMm by day, the first day of it first */
export function waitAfterRain(rainMm: readonly number[]): { wheeledWaitH: number; trackedWaitH: number } {
  const wetnessMm = rainMm.reduce((left, fallen) => left * wetGround.keptPerDay + fallen, 0);
  if (wetnessMm < wetGround.leastRainMm) return { wheeledWaitH: 0, trackedWaitH: 0 };
  const waitH = (bearableMm: number) => Math.round(Math.max(wetGround.strawDriesH, hoursUntil(wetnessMm, bearableMm)));
  return { wheeledWaitH: waitH(wetGround.wheeledMm), trackedWaitH: waitH(wetGround.trackedMm) };
}
