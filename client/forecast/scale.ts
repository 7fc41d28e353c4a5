import type { Forecast, Series } from '../../shared/forecast.ts';
import { addDays, type Day } from '../../shared/season.ts';

export interface ChartInput {
  days: Series['days'];
  byDay: Forecast['byDay'];
  deadline: Day;
  totalMu: number;
  came?: readonly { date: Day; doneMu: number }[];
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where days and areas lie in the picture: days side by side, the area from the bottom up to the total. */
export function scaleOf({ days, byDay, deadline, came = [] }: ChartInput, box: Box) {
  const dates = [...days, ...byDay, ...came].map(({ date }) => date).concat(deadline);
  const [first, last] = [
    dates.reduce((one, other) => (one < other ? one : other)),
    dates.reduce((one, other) => (one > other ? one : other)),
  ];
  const count = Math.max(1, daysBetween(first, last));
  const x = (day: Day): number => box.left + (box.width * daysBetween(first, day)) / count;
  const y = (share: number): number => box.top + box.height * (1 - Math.min(1, Math.max(0, share)));
  // At most seven labels, each on a whole day.
  const step = Math.max(1, Math.ceil(count / 6));
  const ticks = Array.from({ length: Math.floor(count / step) + 1 }, (_, at) => addDays(first, at * step));
  return { x, y, ticks };
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
