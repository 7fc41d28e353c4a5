import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { ClockLine } from '../../shared/clock.ts';
import type { RepairCall } from '../../shared/repair.ts';
import { dayStart } from '../../shared/season.ts';
import { seasonTime } from '../../shared/season-time.ts';
import { demoSeason } from '../season/demo-season.ts';
import { Callers } from './callers.ts';
import { Clerks } from './clerks.ts';
import { Fleet } from './fleet.ts';
import { JobBoard } from './job-board.ts';
import { countyByCode, driversOf, fieldsOf, serviceOf, stationsByCounty } from './muster.ts';
import { OrderDesk } from './order-desk.ts';
import { ServerView } from './server-view.ts';
import { Workshop } from './workshop.ts';

/**
 * The demonstration fleet as a process of its own, forked with a channel: it gets one message, talks to the server over the public
 * contract only, and ends with the channel or on a signal. When the season is over it hangs up and waits.
 */
const orderSchema = z.object({
  url: z.string(),
  seed: z.number(),
  year: z.number(),
  scale: z.number(),
  machines: z.array(z.object({ id: z.string(), token: z.string(), operatorToken: z.string() })),
  viewerToken: z.string(),
  clerkToken: z.string(),
  serviceToken: z.string(),
});
type Order = z.infer<typeof orderSchema>;

const TICK_MS = 250;
/** All sockets are opened within this time. */
const MUSTER_MS = 4000;
const CLERK_PAUSE_MS = 60;

const TELL_MS = 10_000;

const say = (what: string): void => void process.stderr.write(`demonstration fleet: ${what}\n`);

/** Troubles by what they say, with the machine that had it last: hundreds of machines have the same trouble at once. */
const troubles = new Map<string, { count: number; machine: string }>();
const trouble = (machine: string, what: string): void => {
  troubles.set(what, { count: (troubles.get(what)?.count ?? 0) + 1, machine });
};
const tellTroubles = (): void => {
  for (const [what, { count, machine }] of troubles) say(`${count} times, last ${machine}: ${what}`);
  troubles.clear();
};

async function run({ url, seed, year, scale, machines, viewerToken, clerkToken, serviceToken }: Order): Promise<void> {
  const season = demoSeason({ year, scale, seed });
  const server = new ServerView(url, { viewer: viewerToken, clerk: clerkToken, service: serviceToken });
  const started = await server.start(season.divisions.find(({ level }) => level === 'city')!.code);
  const tokens = new Map(machines.map(({ id, token }) => [id, token]));
  const fields = fieldsOf(season, seed, started.known);
  const enrolled = season.machines.filter(({ id }) => tokens.has(id));
  const drivers = driversOf(season, enrolled, fields, { seed, known: started.known });

  let clock: ClockLine = started.clock;
  const now = () => seasonTime(clock, Date.now());
  const operators = new Map(machines.map(({ id, operatorToken }) => [id, operatorToken]));
  const calls = {
    call: (machine: string, call: RepairCall) => server.callRepair(call, operators.get(machine)!),
    edit: server.editRepair,
    use: server.usePart,
    open: () => server.openCalls(),
  };
  const workshop = new Workshop(calls, seed, trouble);
  const counties = countyByCode(season.divisions);
  const desk = new OrderDesk({
    calls: {
      inbox: machine => server.inbox(tokens.get(machine)!),
      answer: (machine, answer) => server.answerOrder(answer, tokens.get(machine)!),
      readNotice: (machine, notice, at) => server.readNotice(notice, at, tokens.get(machine)!),
    },
    seed,
    countyOf: division => counties.get(division) ?? division,
    onTrouble: trouble,
  });
  const fleet = new Fleet({
    url,
    tokens,
    board: new JobBoard(fields, serviceOf(drivers, fields)),
    stations: stationsByCounty(season),
    newOutbox: () => randomBytes(12).toString('base64url'),
    onClock: line => {
      clock = line;
    },
    onTrouble: trouble,
    desk,
    onBreakdown: breakdown => void workshop.breakDown(breakdown),
  });
  workshop.resume(now()).catch(problem => trouble('workshop', problem.message));
  const clerks = new Clerks({
    towns: season.plannedAreas.filter(({ plantedMu }) => plantedMu > 0).map(({ division }) => division),
    reported: season.reported,
    seed,
    progressOf: town => server.progress(town),
    report: input => server.report(input),
    pause: () => pause(CLERK_PAUSE_MS),
  });
  const callers = new Callers({
    towns: season.plannedAreas.filter(({ plantedMu }) => plantedMu > 0).map(({ division }) => division),
    seed,
    standingIn: town => server.standingIn(town),
    ask: request => server.askFor(request),
    pause: () => pause(CLERK_PAUSE_MS),
  });
  const end = dayStart(season.season.deadline.sow) + 21 * 3_600_000;
  const tick = setInterval(() => {
    const at = now();
    if (at > end) {
      clearInterval(tick);
      fleet.close();
      return;
    }
    fleet.tick(at);
    workshop.tick(at);
    if (callers.due(at)) callers.callAll(at).catch(problem => trouble('callers', problem.message));
    if (clerks.due(at)) clerks.reportAll(at).catch(problem => trouble('clerks', problem.message));
  }, TICK_MS);
  setInterval(tellTroubles, TELL_MS);
  for (const driver of drivers) {
    fleet.join(driver, now());
    await pause(MUSTER_MS / drivers.length);
  }
}

process.once('message', message => {
  run(orderSchema.parse(message)).catch(problem => {
    say(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
    process.exit(1);
  });
});
for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) process.once(event, () => process.exit(0));
