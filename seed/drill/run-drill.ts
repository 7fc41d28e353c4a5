import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { askProgram } from '../../server/commands/running-program.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { randomOf } from '../season/random.ts';
import { Crew, type EnrolledMachine } from './crew.ts';
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

interface Findings {
  losses: Loss[];
  /** Answers and ends that the contract does not allow. */
  faults: string[];
}

export interface DrillResult extends Findings {
  seed: number;
  /** Those that were carried out: a loss ends the drill. */
  kills: Kill[];
  acked: number;
  stored: number;
  /** Of the killed program at the end, of the same after one more kill, and of one that nobody disturbed; null after a loss. */
  digests: { killed: Digest; restarted: Digest | null; undisturbed: Digest | null };
  startsMs: number[];
  /** What the killed program logged as errors; a killed database is one. */
  complaints: string[];
  seconds: number;
  good: boolean;
}

const DAY_MS = 86_400_000;
/** Tracks are of the past, however long the drill takes. */
const TRACKS_BEGIN_BEFORE_MS = 30 * DAY_MS;
const USUAL_START_MS = 2500;
const USUAL_RECOVERY_MS = 1200;

/** Kills a program at work, time after time, and proves that it keeps what it promised. */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const began = performance.now();
  const now = Date.now();
  const { seed, mongod, fault } = options;
  const work = { seed, fields: drillFields(seed), from: now - TRACKS_BEGIN_BEFORE_MS };
  const season = drillSeason(work.fields, new Date(now).getFullYear());
  const found: Findings = { losses: [], faults: [] };
  const tested = await ProgramUnderTest.create({ mongod, season, fault });
  let crew: Crew | null = null;
  try {
    await tested.start();
    crew = new Crew({ ...found, url: tested.url, machines: await enrolAll(tested), work });
    const kills = await killAll(options, tested, crew, found);
    await tested.untilReady();
    await crew.finish();
    const killed = await askProgram(tested, 'digest');
    const acked = crew.acked;
    // What is lost is lost: comparing would add nothing.
    const restarted = found.losses.length > 0 ? null : await digestAfterRestart(tested, found);
    crew.close();
    const undisturbed = restarted && (await digestOfReplay({ mongod, season }, crew.outboxes, seed));
    const equal = isDeepStrictEqual(killed, undisturbed) && isDeepStrictEqual(restarted, undisturbed);
    return {
      seed,
      kills,
      acked,
      stored: killed.fixes,
      ...found,
      digests: { killed, restarted, undisturbed },
      startsMs: tested.startsMs,
      complaints: tested.complaints,
      seconds: (performance.now() - began) / 1000,
      good: equal && acked === killed.fixes && found.losses.length === 0 && found.faults.length === 0,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nThe program's last words:\n${tested.lastWords}`, { cause: error });
  } finally {
    crew?.close();
    await tested.remove();
  }
}

/** Carries out the schedule up to the first loss. Returns the kills that were made. */
async function killAll(
  { kills, seed, target, say }: DrillOptions,
  program: ProgramUnderTest,
  crew: Crew,
  { losses }: Findings,
): Promise<Kill[]> {
  const done: Kill[] = [];
  for (const kill of scheduleOf({ kills, seed, target })) {
    await strike(program, crew, kill);
    done.push(kill);
    say(`${String(done.length).padStart(4)} ${kill.victim}, ${described(kill)}: ${crew.acked} acked`);
    if (losses.length > 0) break;
  }
  return done;
}

/** Killed once more with nothing on its way, then ended in good order. Returns what it knew in between. */
async function digestAfterRestart(program: ProgramUnderTest, { faults }: Findings): Promise<Digest> {
  await program.killServer();
  await program.start();
  const digest = await askProgram(program, 'digest');
  const code = await program.stop();
  if (code !== 0) faults.push(`the program ended on SIGTERM with ${code}`);
  return digest;
}

async function enrolAll(program: ProgramUnderTest): Promise<EnrolledMachine[]> {
  const enrolled: EnrolledMachine[] = [];
  for (const machine of [...LISTED, ...UNLISTED])
    enrolled.push({ machine, token: (await askProgram(program, 'issueToken', { machine: machine.id })).token });
  return enrolled;
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
