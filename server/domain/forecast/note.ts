import type { ForecastNote } from '../../../shared/forecast.ts';

type Values = ForecastNote['values'];

/** What is said of a series and its answer: the sentence of each code. */
const sentences: Record<ForecastNote['code'], (values: Values) => string> = {
  laterRows: ({ count, day }) => `${count} rows after ${day} were left out.`,
  falls: ({ days }) => `The total falls on ${days}: the later figure was believed, the days before smoothed to it.`,
  capped: ({ mu, totalMu }) => `More was done than there is (${mu} of ${totalMu} mu): capped.`,
  gaps: ({ days }) => `Days without a row before ${days}: their work was taken together.`,
  stale: ({ day }) => `The last row is of ${day}: nothing is known since.`,
  dryAssumed: ({ count }) => `${count} days without a rain figure were taken as dry.`,
  done: ({ day }) => `Done on ${day}.`,
  doneLate: ({ day, deadline }) => `Done on ${day}, after the deadline of ${deadline}.`,
  overdue: ({ deadline, mu }) => `The deadline of ${deadline} has passed with ${mu} mu left.`,
  noData: () => 'No day with a number of machines is known: no finish can be told. Enter what was done and how many machines there were.',
  noMachines: ({ day }) => `No machines are there on ${day}: without any it will not be finished.`,
  notBegun: ({ day }) => `Nothing is expected before ${day}.`,
  noArea: () => 'There is no area to be done: enter the planted or planned area.',
};

export const noteOf = (code: ForecastNote['code'], values: Values = {}): ForecastNote => ({
  code,
  values,
  text: sentences[code](values),
});
