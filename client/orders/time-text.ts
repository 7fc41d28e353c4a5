import { orderWords } from './words.ts';

const HOUR_MS = 3_600_000;

/** A span in the unit that says enough: 45 分钟, 3.5 小时, 3 天. */
export function spanText(hours: number): string {
  const text = orderWords.value;
  const minutes = Math.round(hours * 60);
  if (minutes < 90) return text.minutes(minutes);
  return hours < 48 ? text.hours(Math.round(hours * 10) / 10) : text.days(Math.round(hours / 24));
}

export const sinceText = (since: number, now: number): string => spanText(Math.max(0, now - since) / HOUR_MS);

/** How long there is until the work is late, or since it is. */
export function leftText(to: number, now: number): { text: string; isLate: boolean; isSoon: boolean } {
  const hours = (to - now) / HOUR_MS;
  const text = orderWords.value;
  const isLate = hours < 0;
  return { text: isLate ? text.lateFor(Math.ceil(-hours)) : text.left(Math.floor(hours)), isLate, isSoon: hours < 12 };
}
