import { printJson, runCommand, wholeNumberFrom } from '../../server/commands/command.ts';
import { loadLinearSolver } from '../../server/services/linear-solver.ts';
import { playAdvised } from './season-advised.ts';
import { type Calibration, calibrationOf, stages, type Trial, trialsOf } from './season-calibration.ts';
import { benchMoves } from './season-moves.ts';
import { earliestDeadlineFirst, largestFirst, nearestFirst, stay } from './season-policies/rules.ts';
import type { Policy } from './season-policies/season-view.ts';
import { published2023, publishedPoint } from './season-published.ts';
import { compare, playSeason, type Race } from './season-race.ts';

const usage = `npm run bench:season        forecast and advice against simulated seasons that neither has seen

  --forecasts N   seasons to forecast in, one forecast each at 10, 25, 50 and 75 % done (600)
  --seasons N     seasons to play under the advice and under the rules people use (100)
  --threads N     seasons under advice that are played at a time (2)
  --seed TEXT     other seasons; those named "tune" were used in making the forecast (held-out)
  --json          the last line is { forecast: { all, byStage, byView, neverEnded }, published2023, moves, races, adviceSeconds }

0 for either number leaves that part out. Exit 1 when the band holds less than 77 or more than 83 %, the mean error is not below that of
plain extrapolation, or the advice is worse than a rule on average or in more than 5 % of the seasons.
`;

interface ForecastBench {
  all: Calibration;
  byStage: Record<string, Calibration>;
  byView: Record<string, Calibration>;
  /** Seasons that went on to the end of the simulation: none of them is counted. */
  neverEnded: number;
}

function benchForecast(seed: string, count: number): ForecastBench {
  const trials: Trial[] = [];
  let neverEnded = 0;
  for (let number = 0; number < count; number++) {
    const own = trialsOf(`${seed}-${number}`, number);
    if (own.length === 0) neverEnded++;
    trials.push(...own);
    if ((number + 1) % 100 === 0) process.stderr.write(`${number + 1} seasons forecast\n`);
  }
  const of = (isOf: (trial: Trial) => boolean) => calibrationOf(trials.filter(isOf));
  const view = (operation: Trial['operation'], wholeCity: boolean) =>
    of(trial => trial.operation === operation && trial.wholeCity === wholeCity);
  return {
    all: of(() => true),
    byStage: Object.fromEntries(stages.map(stage => [`${100 * stage} %`, of(trial => trial.stage === stage)])),
    byView: {
      'harvest, city': view('harvest', true),
      'harvest, unit': view('harvest', false),
      'sowing, city': view('sow', true),
      'sowing, unit': view('sow', false),
    },
    neverEnded,
  };
}

async function race({ seed, count, threads }: { seed: string; count: number; threads: number }) {
  const seeds = Array.from({ length: count }, (_, number) => `${seed}-race-${number}`);
  const play = (policy: Policy) => seeds.map(one => playSeason(one, policy));
  const start = performance.now();
  const advice = await playAdvised(seeds, threads);
  const adviceSeconds = Math.round((performance.now() - start) / 100) / 10;
  const rules: Record<string, Policy> = {
    'nearest first': nearestFirst,
    'largest capability first': largestFirst,
    'earliest deadline first': earliestDeadlineFirst,
    'nobody moves': stay,
  };
  const races = Object.entries(rules).map(([rule, policy]) => compare(rule, { played: play(policy), advice }));
  const played: Race[] = [compare('advice', { played: advice, advice }), ...races];
  return { races: played, adviceSeconds };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function line(name: string, { forecasts, held, before, after, ...rest }: Calibration): string {
  const errors = `error ${rest.meanErrorDays} d, plain ${rest.meanPlainErrorDays} (late rate ${rest.meanPlainLateErrorDays})`;
  return `${name.padEnd(14)} ${forecasts} forecasts: held ${percent(held)} (sooner ${percent(before)}, later ${percent(after)}), ${errors}, band ${rest.bandDays} d\n`;
}

function printForecast({ all, byStage, byView, neverEnded }: ForecastBench): void {
  const lines = { all, ...byStage, ...byView };
  for (const [name, one] of Object.entries(lines)) process.stdout.write(line(name, one));
  process.stdout.write(`${neverEnded} seasons never ended and are not counted\n`);
}

const isForecastGood = ({ all }: ForecastBench): boolean =>
  all.held >= 0.77 && all.held <= 0.83 && all.meanErrorDays < Math.min(all.meanPlainErrorDays, all.meanPlainLateErrorDays);

function isAdviceGood([advice, ...rules]: readonly Race[], seasons: number): boolean {
  return rules.every(rule => advice.meanLateMu <= rule.meanLateMu && rule.adviceNotWorse >= 0.95 * seasons);
}

await runCommand({
  usage,
  options: {
    forecasts: { type: 'string' },
    seasons: { type: 'string' },
    threads: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ forecasts, seasons, threads, seed = 'held-out', json }) {
    const bounds = { from: 0, to: 100_000 };
    const [forecastCount, seasonCount] = [
      wholeNumberFrom(forecasts, 600, { name: 'forecasts', ...bounds }),
      wholeNumberFrom(seasons, 100, { name: 'seasons', ...bounds }),
    ];
    const forecastBench = forecastCount > 0 ? benchForecast(seed, forecastCount) : null;
    if (forecastBench) printForecast(forecastBench);
    const points = [published2023.combinesOut, published2023.combinesThere].map(publishedPoint);
    for (const { machines, share9June, held } of points)
      process.stdout.write(
        `2023, ${machines} combines: on 2 June it says ${percent(share9June.p50)} (${percent(share9June.p10)}–${percent(share9June.p90)}) for 9 June; came 97.69 %: ${held ? 'within' : 'outside'}\n`,
      );
    const solve = await loadLinearSolver();
    const moves = benchMoves(solve, seed);
    process.stdout.write(
      `moves of 16 units × 14 days: ${moves.medianSeconds} s (most ${moves.mostSeconds}), ${percent(moves.meanGap)} over the bound (most ${percent(moves.mostGap)}), ${moves.within} of ${moves.problems} within 1 %, in the others ${(100 * moves.mostLateShare).toFixed(3)} % of the area more late at most\n`,
    );
    const raced =
      seasonCount > 0
        ? await race({ seed, count: seasonCount, threads: wholeNumberFrom(threads, 2, { name: 'threads', from: 1, to: 64 }) })
        : null;
    for (const { rule, meanLateMu, meanRoadKm, meanFinishDay, adviceNotWorse } of raced?.races ?? [])
      process.stdout.write(
        `${rule.padEnd(26)} ${meanLateMu} mu late, ${meanRoadKm} km, done on day ${meanFinishDay}; advice not worse in ${adviceNotWorse} of ${seasonCount}\n`,
      );
    if (json)
      printJson({
        forecast: forecastBench,
        published2023: points,
        moves,
        races: raced?.races ?? null,
        adviceSeconds: raced?.adviceSeconds ?? null,
      });
    const isGood = (!forecastBench || isForecastGood(forecastBench)) && (!raced || isAdviceGood(raced.races, seasonCount));
    return isGood ? 0 : 1;
  },
});
