import { addDays, type Day, dayStart } from '../../shared/season.ts';

const HOUR = 3_600_000;

/** The demonstration begins on 4 June. */
export const openingDay = (year: number): Day => `${year}-06-04`;

/** What was done before enters as the figures of the day before, typed in at 16:30. */
export const priorDayOf = (year: number): Day => addDays(openingDay(year), -1);
export const priorReportAt = (year: number): number => dayStart(priorDayOf(year)) + 16.5 * HOUR;

/** Areas, machines and their implements are on the books from here. */
export const booksOpen = (year: number): number => dayStart(`${year}-05-20`);
