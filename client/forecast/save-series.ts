import type { Series } from '../../shared/forecast.ts';

/** As the file that `npm run forecast -- --series` reads. */
export function saveSeries(series: Series, division: string): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(series, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `forecast-${division}-${series.operation}-${series.asOf}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
