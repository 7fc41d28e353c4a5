import type { ForecastNote, Series } from '../../../shared/forecast.ts';
import { addDays, type Day } from '../../../shared/season.ts';
import { noteOf } from './note.ts';

/** One stretch from a row to the next: usually a day, more where rows are missing. */
export interface Step {
  /** Area done in it. */
  mu: number;
  /** Done when it began. */
  fromMu: number;
  /** One entry a calendar day of the stretch; of a day that is covered in part, that part of its machines. */
  machines: number[];
  rainMm: number[];
  /** Some of it was not reported but filled in. */
  filled: boolean;
  /** Nobody knows how many days the first row sums up. */
  first: boolean;
  /** Too short to say anything of the rate: machines are on their way. */
  slight: boolean;
}

/** The series as far as it is known, in order, without contradictions. */
export interface KnownDays {
  steps: Step[];
  totalMu: number;
  doneMu: number;
  /** Day of the last row; the day before it while some of it is still to come. The day that is asked for when there is no row. */
  lastDay: Day;
  /** How much of the first day ahead is still to come: 1, unless the last row's day is not over. */
  firstDayShare: number;
  /** Reached on this day, when all is done. */
  doneOn: Day | null;
  /** Machines by row, null where not known, and the rain of that day. */
  counts: { machines: number | null; rainMm: number; mu: number }[];
  notes: ForecastNote[];
}

/** All but a thousandth counts as done: the last fields are never reported to the square metre. */
const DONE_SHARE = 0.999;
export const doneMark = (totalMu: number): number => totalMu * DONE_SHARE;

/** Cumulative totals that fall are pooled with their neighbours (isotonic regression), and none may exceed the last, which is trusted. */
export function risingTotals(totals: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const total of totals) {
    blocks.push({ sum: total, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)!) > mean(blocks.at(-1)!)) {
      const last = blocks.pop()!;
      blocks.push({ sum: blocks.at(-1)!.sum + last.sum, count: blocks.pop()!.count + last.count });
    }
  }
  const last = totals.at(-1) ?? 0;
  const pooled = blocks.flatMap(block => Array<number>(block.count).fill(Math.min(mean(block), last)));
  return pooled.length > 0 ? [...pooled.slice(0, -1), last] : [];
}
/** Less of a day than this says little of the whole. */
const SHORT_SHARE = 0.5;
const SLIGHT_SHARE = 0.2;
/** From here on rain keeps machines in; the ground keeps them in a day longer after this much. */
const RAIN_MM = 1;
const WET_MM = 5;

/** Counts of machines at work fall on wet days and are back after them: a fall in the wet is not believed until a dry day shows it. */
function steadyCounts(rows: readonly { machines: number | null; rainMm: number | null }[]): (number | null)[] {
  const steady: (number | null)[] = [];
  for (const [at, { machines, rainMm }] of rows.entries()) {
    const isWet = (rainMm ?? 0) >= RAIN_MM || (rows[at - 1]?.rainMm ?? 0) >= WET_MM;
    const before = steady.at(-1) ?? null;
    steady.push(isWet && machines !== null && before !== null ? Math.max(machines, before) : machines);
  }
  return steady;
}

const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count;

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The nearest count that is known, looking back first. */
function countNear(rows: readonly { machines: number | null }[], at: number): number | null {
  for (let back = at; back >= 0; back--) if (rows[back].machines !== null) return rows[back].machines;
  return rows.slice(at).find(row => row.machines !== null)?.machines ?? null;
}

export function knownDays(series: Series): KnownDays {
  const reportedRows = series.days.filter(row => row.date <= series.asOf).toSorted((one, other) => (one.date < other.date ? -1 : 1));
  const steady = steadyCounts(reportedRows);
  const rows = reportedRows.map((row, at) => ({ ...row, machines: steady[at] }));
  const outlook = new Map(series.outlook.map(row => [row.date, row.rainMm]));
  const reported = rows.map(row => row.doneMu);
  const totals = risingTotals(reported).map(total => Math.min(total, series.totalMu));
  const notes = oddities(series, rows);
  const stepTo = (at: number): Step => {
    const { date, share = 1 } = rows[at];
    const days = at === 0 ? 1 : daysBetween(rows[at - 1].date, date);
    const dates = Array.from({ length: days }, (_, day) => addDays(date, day - days + 1));
    const isRow = (day: number) => day === days - 1;
    return {
      mu: totals[at] - (totals[at - 1] ?? 0),
      fromMu: totals[at - 1] ?? 0,
      machines: dates.map((_, day) => (countNear(rows, isRow(day) ? at : Math.max(0, at - 1)) ?? 1) * (isRow(day) ? share : 1)),
      rainMm: dates.map((one, day) => (isRow(day) ? rows[at].rainMm : null) ?? outlook.get(one) ?? 0),
      filled: days > 1 || rows[at].machines === null || rows[at].rainMm === null || share < SHORT_SHARE,
      first: at === 0,
      slight: share < SLIGHT_SHARE,
    };
  };
  const doneAt = totals.findIndex(total => total >= doneMark(series.totalMu));
  const last = rows.at(-1)?.date ?? null;
  const isRunning = last !== null && last === series.asOf && (series.dayLeft ?? 0) > 0;
  return {
    steps: rows.map((_, at) => stepTo(at)),
    totalMu: series.totalMu,
    doneMu: totals.at(-1) ?? 0,
    lastDay: isRunning ? addDays(last, -1) : (last ?? series.asOf),
    firstDayShare: isRunning ? series.dayLeft! : 1,
    doneOn: doneAt >= 0 ? rows[doneAt].date : null,
    counts: rows.map((row, at) => ({ machines: row.machines, rainMm: row.rainMm ?? 0, mu: totals[at] - (totals[at - 1] ?? 0) })),
    notes,
  };
}

function oddities(series: Series, rows: Series['days']): ForecastNote[] {
  const notes: ForecastNote[] = [];
  const later = series.days.length - rows.length;
  if (later > 0) notes.push(noteOf('laterRows', { count: later, day: series.asOf }));
  const falls = rows.filter((row, at) => at > 0 && row.doneMu < rows[at - 1].doneMu).map(row => row.date);
  if (falls.length > 0) notes.push(noteOf('falls', { days: falls.join(', ') }));
  const doneMu = rows.at(-1)?.doneMu ?? 0;
  if (doneMu > series.totalMu) notes.push(noteOf('capped', { mu: doneMu, totalMu: series.totalMu }));
  const gaps = rows.filter((row, at) => at > 0 && daysBetween(rows[at - 1].date, row.date) > 1).map(row => row.date);
  if (gaps.length > 0) notes.push(noteOf('gaps', { days: gaps.join(', ') }));
  if (rows.length > 0 && daysBetween(rows.at(-1)!.date, series.asOf) > 1) notes.push(noteOf('stale', { day: rows.at(-1)!.date }));
  const dry = rows.filter(row => row.rainMm === null).length;
  if (dry > 0) notes.push(noteOf('dryAssumed', { count: dry }));
  return notes;
}
