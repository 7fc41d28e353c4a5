import { roundHalfUp } from '../../shared/units.ts';

/** Printed where a figure does not exist. */
export const NONE = '—';

const grouped = (value: number, decimals: number): string => {
  const [whole, fraction] = Math.abs(roundHalfUp(value, decimals)).toFixed(decimals).split('.');
  const sign = roundHalfUp(value, decimals) < 0 ? '−' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ? `.${fraction}` : ''}`;
};

/** A fraction 0..1 as per cent with two decimals, half up: 0.976881 → 97.69%. */
export const percent = (fraction: number | null): string => (fraction === null ? NONE : `${grouped(roundHalfUp(fraction, 4) * 100, 2)}%`);

/** A fraction as percentage points without a sign: 0.027 → 2.70. */
export const points = (fraction: number): string => grouped(Math.abs(roundHalfUp(fraction, 4) * 100), 2);

/** Mu with one decimal. */
export const mu = (value: number): string => grouped(value, 1);

/** 万亩 with four decimals, as the city prints it. */
export const tenThousandMu = (value: number): string => grouped(value / 10_000, 4);

export const count = (value: number): string => grouped(value, 0);

const parts = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hourCycle: 'h23', ...options });
const minutes = parts({ hour: '2-digit', minute: '2-digit' });
const seconds = parts({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const days = parts({ year: 'numeric', month: '2-digit', day: '2-digit' });

/** Local time of day, 14:32. */
export const timeOfDay = (at: number): string => minutes.format(at);
/** Local time of day with seconds, 14:32:07. */
export const timeWithSeconds = (at: number): string => seconds.format(at);
/** Local month and day, 06-06. */
export const monthAndDay = (at: number): string => days.format(at).split('/').slice(0, 2).reverse().join('-');

/** Time of day when it lies on the day of `now`, else with month and day before it. */
export const timeNear = (at: number, now: number): string =>
  days.format(at) === days.format(now) ? timeOfDay(at) : `${monthAndDay(at)} ${timeOfDay(at)}`;

/** How long ago in the coarsest unit that says enough. */
export function ageOf(at: number, now: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; value: number } {
  const elapsed = Math.max(0, Math.round((now - at) / 1000));
  if (elapsed < 60) return { unit: 'seconds', value: elapsed };
  if (elapsed < 3600) return { unit: 'minutes', value: Math.floor(elapsed / 60) };
  if (elapsed < 48 * 3600) return { unit: 'hours', value: Math.floor(elapsed / 3600) };
  return { unit: 'days', value: Math.floor(elapsed / 86_400) };
}
