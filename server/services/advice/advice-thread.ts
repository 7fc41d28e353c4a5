import { parentPort } from 'node:worker_threads';
import type { Forecast, Series } from '../../../shared/forecast.ts';
import type { MovesAdvice, MovesProblem } from '../../../shared/moves.ts';
import { forecast, type Otherwise } from '../../domain/forecast/forecast.ts';
import { adviseMoves } from '../../domain/moves/advise-moves.ts';
import { loadLinearSolver } from '../linear-solver.ts';

/** Whole machines are improved for so long at most, after the bound is known. */
const IMPROVE_MS = 800;

export type AdviceJob = { id: number; moves: MovesProblem } | { id: number; forecasts: { series: Series; otherwise: Otherwise }[] };
export type AdviceDone = { id: number } & ({ moves: MovesAdvice } | { forecasts: Forecast[] } | { failed: string });

/** Where nothing is to be moved: solving it once makes the next one three times as fast. */
const practice: MovesProblem = {
  firstDay: '2000-06-01',
  days: 7,
  units: Array.from({ length: 8 }, (_, at) => ({
    unit: String(at),
    lng: 113 + at / 10,
    lat: 34.5,
    remainingMu: 100 * at,
    deadline: '2000-06-05',
    weight: 1,
    ripeMu: Array<number>(7).fill(100 * at),
    workable: Array<number>(7).fill(1),
    muPerMachineDay: { combine: 38 },
    machines: { combine: Array<number>(7).fill(2) },
    keptMachines: 0,
  })),
  scenarios: [{ chance: 1, rateFactor: 1 }],
  travel: { detour: 1.35, selfKmh: 20, lorryKmh: 45, loadingHours: 1, workingHours: 12 },
  findableShare: 0.85,
  kmCost: 1,
};

const solve = await loadLinearSolver();

function advise(problem: MovesProblem): MovesAdvice {
  let until = Number.POSITIVE_INFINITY;
  const timed: typeof solve = (program, goOn) =>
    solve(program, (x, resolve) => {
      until = Date.now() + IMPROVE_MS;
      goOn?.(x, resolve);
    });
  return adviseMoves(problem, { solve: timed, shouldStop: () => Date.now() >= until });
}

function work(job: AdviceJob): AdviceDone {
  try {
    if ('moves' in job) return { id: job.id, moves: advise(job.moves) };
    return { id: job.id, forecasts: job.forecasts.map(({ series, otherwise }) => forecast(series, otherwise)) };
  } catch (error) {
    return { id: job.id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

advise(practice);
parentPort!.on('message', (job: AdviceJob) => parentPort!.postMessage(work(job)));
