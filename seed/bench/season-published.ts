import { forecast } from '../../server/domain/forecast/forecast.ts';
import { seriesSchema } from '../../shared/forecast.ts';

/**
 * What the bureau published of 2023: 83.7032 of 220.56 万亩 cut by 2 June 18:00 (38 %), with 2,917 combines out that day and 5,000 in the city
 * (http://www.ons80.cn/weinan/2023/0603/19655.html); 215.4618 of 220.56 by 9 June 18:00 (97.69 %)
 * (https://henan.china.com/m/news/hot/2023/0612/2530527140.html). Rain fell between; its amounts were not published, so climate stands for it.
 */
export const published2023 = {
  totalMu: 2_205_600,
  doneMu2June: 837_032,
  doneMu9June: 2_154_618,
  combinesOut: 2917,
  combinesThere: 5000,
} as const;

export interface PublishedPoint {
  machines: number;
  /** Forecast of 2 June for the evening of 9 June, shares of the area; what came was 0.9769. */
  share9June: { p10: number; p50: number; p90: number };
  came: number;
  held: boolean;
  finish: { p10: string | null; p50: string | null; p90: string | null };
  chanceInTime: number | null;
}

/** One point teaches nothing of the rate: what comes is the prior with the published number of combines. */
export function publishedPoint(machines: number): PublishedPoint {
  const { totalMu, doneMu2June, doneMu9June } = published2023;
  const answer = forecast(
    seriesSchema.parse({
      operation: 'harvest',
      totalMu,
      deadline: '2023-06-12',
      asOf: '2023-06-02',
      days: [{ date: '2023-06-02', doneMu: doneMu2June, machines, rainMm: null }],
    }),
  );
  const day = answer.byDay.find(({ date }) => date === '2023-06-09');
  const share = (mu: number | undefined) => Math.round(((mu ?? totalMu) / totalMu) * 10_000) / 10_000;
  const share9June = { p10: share(day?.p10), p50: share(day?.p50), p90: share(day?.p90) };
  const came = share(doneMu9June);
  return {
    machines,
    share9June,
    came,
    held: share9June.p10 <= came && came <= share9June.p90,
    finish: answer.finish,
    chanceInTime: answer.chanceInTime,
  };
}
