import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type Forecast, type Series, seriesSchema } from '../../shared/forecast.ts';
import { StartProblem } from '../database/start-problem.ts';
import { forecast } from '../domain/forecast/forecast.ts';
import { printJson, runCommand, WrongUse } from './command.ts';

const usage = `npm run forecast -- --series S.json   when an operation will be finished, and with which chance in time

  --series FILE  { operation: "harvest" or "sow", totalMu, deadline, asOf,
                   days: [{ date, doneMu, machines, rainMm }], outlook: [{ date, rainMm }] }
                 doneMu is cumulative; machines and rainMm may be null where they are not known; days are YYYY-MM-DD
  --json         the last line is { state, finish: { p10, p50, p90 }, chanceInTime, machinesNeededPerDay, machinesNeededSafely,
                   byDay: [{ date, p10, p50, p90 }], terms, notes }

dayLeft (0..1) says that the last day is not over, share on a row how much of its day it covers; prior ({ muPerMachineDay, spread, from })
is the rate of a larger unit, for one that knows little itself; before firstDay nothing is expected. All four may be left out.
finish is null where it is not within 60 days. machinesNeededPerDay: for an even chance; machinesNeededSafely: for four chances in five.
The same series gives the same answer.
`;

async function readSeries(path: string): Promise<Series> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartProblem(`--series ${path}: cannot be read (${error.code}); give the path of a JSON file`);
  });
  const parsed = seriesSchema.safeParse(asJson(path, text));
  if (parsed.success) return parsed.data;
  throw new StartProblem(`--series ${path}: not a series; correct this and try again\n${z.prettifyError(parsed.error)}`);
}

function asJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartProblem(`--series ${path}: is not JSON (${(error as Error).message})`);
  }
}

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)} %`);

function describe({ state, finish, chanceInTime, machinesNeededPerDay, machinesNeededSafely, terms, notes }: Forecast): string {
  const lines = [
    `${state}: finished ${finish.p50 ?? '—'} (10 %: ${finish.p10 ?? '—'}, 90 %: ${finish.p90 ?? '—'}), in time ${percent(chanceInTime)}`,
    `machines needed a day: ${machinesNeededPerDay ?? '—'} for an even chance, ${machinesNeededSafely ?? '—'} for four in five`,
  ];
  if (terms) {
    const { p10, p50, p90 } = terms.muPerMachineDay;
    lines.push(
      `${terms.remainingMu} mu left, ${terms.machinesNow} machines, ${p50} mu per machine-day (${p10}–${p90}), ${percent(terms.priorShare)} of it prior`,
    );
    for (const day of terms.ahead)
      lines.push(
        `${day.date}  rain ${day.rainMm} mm  workable ${percent(day.workableShare)}  pace ${percent(day.pace)}  machines ${day.machines}  ${day.mu} mu`,
      );
  }
  return [...lines, ...notes.map(({ text }) => text)].map(line => `${line}\n`).join('');
}

await runCommand({
  usage,
  options: { series: { type: 'string' }, json: { type: 'boolean' } },
  async run({ series, json }) {
    if (series === undefined) throw new WrongUse('--series is missing: the file with what is known');
    const answer = forecast(await readSeries(series));
    process.stdout.write(describe(answer));
    if (json) printJson(answer);
    return 0;
  },
});
