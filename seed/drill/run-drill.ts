import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { askProgram } from '../../server/commands/running-program.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { randomOf } from '../season/random.ts';
import { Crew } from './crew.ts';
import type { Loss } from './drill-device.ts';
import { drillFields, drillSeason, LISTED, UNLISTED } from './drill-season.ts';
import { ProgramUnderTest } from './program-under-test.ts';
import { replay } from './replay.ts';
import { type Kill, scheduleOf, type Target } from './schedule.ts';

export interface DrillOptions {
  kills: number;
  seed: number;
  target: Target;
  fault?: 'ack-before-write' | undefined;
  mongod: string;
  say: (line: string) => void;
}

type Digest = RouteOutput<'digest'>;

export interface DrillResult {
  seed: number;
  /** Those that were carried out: a loss ends the drill. */
  kills: Kill[];
  acked: number;
  stored: number;
  losses: Loss[];
  /** Answers and ends that the contract does not allow. */
  faults: string[];
  /** Of the killed program at the end, of the same after one more kill, and of one that nobody disturbed. */
  digests: { killed: Digest; restarted: Digest; undisturbed: Digest };
  startsMs: number[];
  seconds: number;
  good: boolean;
}

const MACHINES = [...LISTED, ...UNLISTED];
const DAY_MS = 86_400_000;
/** Tracks are of the past, however long the drill takes. */
const TRACKS_BEGIN_BEFORE_MS = 30 * DAY_MS;
const USUAL_START_MS = 2500;
const USUAL_RECOVERY_MS = 1200;

/** Kills a program at work, time after time, and proves that it keeps what it promised. */
export async function runDrill({ kills, seed, target, fault, mongod, say }: DrillOptions): Promise<DrillResult> {
  const began = performance.now();
  const now = Date.now();
  const fields = drillFields(seed);
  const season = drillSeason(fields, new Date(now).getFullYear());
  const losses: Loss[] = [];
  const faults: string[] = [];
  const done: Kill[] = [];
  const tested = await ProgramUnderTest.create({ mongod, season, fault });
  let crew: Crew | null = null;
  try {
    await tested.start();
    const work = { seed, fields, from: now - TRACKS_BEGIN_BEFORE_MS };
    const tokens = await enrolAll(tested);
    crew = new Crew({
      url: tested.url,
      machines: MACHINES.map(machine => ({ machine, token: tokens.get(machine.id)! })),
      work,
      onLoss: loss => losses.push(loss),
      onFault: what => faults.push(what),
    });
    for (const kill of scheduleOf({ kills, seed, target })) {
      await strike(tested, crew, kill);
      done.push(kill);
      say(`${String(done.length).padStart(4)} ${kill.victim}, ${described(kill)}: ${crew.acked} acked`);
      if (losses.length > 0) break;
    }
    await tested.untilReady();
    await crew.finish();
    const acked = crew.acked;
    const killed = await askProgram(tested, 'digest');
    await tested.killServer();
    await tested.start();
    const restarted = await askProgram(tested, 'digest');
    const code = await tested.stop();
    if (code !== 0) faults.push(`the program ended on SIGTERM with ${code}`);
    crew.close();
    say('the same fixes to a program that nobody disturbs');
    const undisturbed = await digestOfReplay({ mongod, season }, crew.outboxes, seed);
    const stored = killed.fixes;
    const equal = isDeepStrictEqual(killed, undisturbed) && isDeepStrictEqual(restarted, undisturbed);
    return {
      seed,
      kills: done,
      acked,
      stored,
      losses,
      faults,
      digests: { killed, restarted, undisturbed },
      startsMs: tested.startsMs,
      seconds: (performance.now() - began) / 1000,
      good: equal && acked === stored && losses.length === 0 && faults.length === 0,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nThe program's last words:\n${tested.lastWords}`, { cause: error });
  } finally {
    crew?.close();
    await tested.remove();
  }
}

async function enrolAll(program: ProgramUnderTest): Promise<Map<string, string>> {
  const tokens = new Map<string, string>();
  for (const { id } of MACHINES) tokens.set(id, (await askProgram(program, 'issueToken', { machine: id })).token);
  return tokens;
}

async function digestOfReplay(
  options: Parameters<typeof ProgramUnderTest.create>[0],
  outboxes: Crew['outboxes'],
  seed: number,
): Promise<Digest> {
  const program = await ProgramUnderTest.create(options);
  try {
    await program.start();
    await replay(program.url, await enrolAll(program), outboxes, randomOf(seed, 'replay'));
    return await askProgram(program, 'digest');
  } finally {
    await program.remove();
  }
}

const described = ({ moment }: Kill): string =>
  moment.when === 'starting' ? 'while starting' : moment.when === 'running' ? 'at work' : 'at a checkpoint';

/** Waits for the moment, kills, and launches again what does not come back by itself. */
async function strike(program: ProgramUnderTest, crew: Crew, { victim, moment }: Kill): Promise<void> {
  if (moment.when === 'starting') {
    await pause(moment.share * (victim === 'mongod' ? USUAL_RECOVERY_MS : (program.startsMs.at(-1) ?? USUAL_START_MS)));
  } else {
    await program.untilReady();
    await crew.atWork();
    // The answer is not waited for, and may never come.
    if (moment.when === 'checkpoint') askProgram(program, 'digest').catch(() => undefined);
    await pause(moment.afterMs);
    if (moment.when === 'running') {
      crew.surge();
      await pause(moment.surgeMs);
    }
  }
  if (victim === 'mongod') {
    // It may not be there yet, or still be on its way back.
    for (; !(await program.killMongod()); await pause(20)) if (program.isOver) await program.untilReady();
    return;
  }
  await Promise.all([program.killServer(), victim === 'server' ? null : program.killMongod()]);
  program.launch();
}
