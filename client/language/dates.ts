import { DateTime } from 'luxon';
import { type Day, ZONE } from '../../shared/season.ts';
import { ageOf, timeNear } from '../state/format.ts';
import { words } from './language.ts';

/** 6月6日 周日 */
export const dayName = (at: number): string =>
  DateTime.fromMillis(at, { zone: ZONE }).setLocale(words.value.locale).toFormat(words.value.dayPattern);

/** 6月12日 */
export const shortDay = (day: Day): string =>
  DateTime.fromISO(day, { zone: ZONE }).setLocale(words.value.locale).toFormat(words.value.shortDayPattern);

/** 3 分钟前 · 14:32 */
export const whenText = (at: number, now: number): string => `${words.value.age(ageOf(at, now))} · ${timeNear(at, now)}`;
