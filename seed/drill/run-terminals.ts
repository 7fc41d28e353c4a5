import { setTimeout as pause } from 'node:timers/promises';
import { askProgram } from '../../server/commands/running-program.ts';
import { planeAt } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';
import { drillFields, drillSeason, listed, ORIGIN } from './drill-season.ts';
import { DrillTerminal } from './drill-terminal.ts';
import { attack, crowd } from './hostile-lines.ts';
import { type Memory, ProgramUnderTest } from './program-under-test.ts';
import { LOCATION, locationBody, type Place, type Sender, STORED, storedBody } from './terminal-frames.ts';

export interface TerminalsOptions {
  terminals: number;
  kills: number;
  /** Mutated frames. */
  frames: number;
  /** Connections from one address that say nothing. */
  crowd: number;
  seed: number;
  mongod: string;
  say: (line: string) => void;
}

export interface TerminalsResult {
  seed: number;
  terminals: number;
  /** Of them on the line at one time, in the end. */
  connected: number;
  kills: number;
  /** Locations that were answered, and those that are stored then. */
  answered: number;
  stored: number;
  /** Messages whose answer a kill swallowed. */
  resent: number;
  frames: number;
  /** Lines on which they came: the program cuts those that say too much nonsense. */
  lines: number;
  crowd: { asked: number; kept: number };
  /** Heap and buffers of the program, and all it holds, before and after the mutated frames. */
  heapMb: { before: number; after: number };
  residentMb: { before: number; after: number };
  seconds: number;
  faults: string[];
  good: boolean;
}

const MESSAGES = 6;
const PLACES_A_LIST = 5;
const STEP_MS = 10_000;
const STEP_M = 12;
const ATTACKERS = 40;
const LONGEST_SETTLE_MS = 90_000;
/** Caches and the compiler's work are no leak; nor are the pages that the allocator keeps for the next time. */
const HEAP_ALLOWANCE_MB = 48;
const RESIDENT_ALLOWANCE_MB = 128;
const MOST_KEPT_OF_A_CROWD = 1000;

const machineOf = (i: number): string => `T-${i}`;
const senderOf = (i: number): Sender => ({ edition: i % 2 === 0 ? 2013 : 2019, number: String(13_000_000_000 + i) });
/** A few addresses, as behind the gateways of a mobile network. */
const addressOf = (i: number): string => `127.0.1.${1 + (i % 20)}`;

/** Terminals at work while the program is killed, and then while it is attacked. */
export async function runTerminals(options: TerminalsOptions): Promise<TerminalsResult> {
  const began = performance.now();
  const { terminals, kills, frames, seed, mongod, say } = options;
  const year = new Date().getFullYear();
  const machines = Array.from({ length: terminals + ATTACKERS }, (_, i) => listed({ id: machineOf(i), operation: 'harvest', widthM: 2.5 }));
  const season = { ...drillSeason(drillFields(seed), year), machines };
  const program = await ProgramUnderTest.create({ mongod, season, hasTerminals: true });
  const fleet: DrillTerminal[] = [];
  try {
    await program.start();
    await enrolAll(program, machines.length);
    say(`${machines.length} terminals are enrolled`);
    const port = program.terminalPort;
    for (let i = 0; i < terminals; i++) fleet.push(new DrillTerminal(senderOf(i), { port, from: addressOf(i) }));
    const random = randomOf(seed, 'terminals');
    const answered = await workUnderKills({ program, fleet, kills, random, say });
    const { fixes: stored } = await askProgram(program, 'digest');
    await Promise.all(fleet.map(terminal => terminal.beat()));
    const { starts, connected } = { starts: program.startsMs.length, connected: await connectedOf(program) };
    say(`${answered} locations answered, ${stored} stored, ${connected} terminals on the line`);
    const kept = await crowd(port, '127.0.2.1', options.crowd);
    say(`${kept} of ${options.crowd} silent connections stayed`);
    const before = await program.memory();
    say(`heap ${before.heapMb} MB, resident ${before.residentMb} MB`);
    const most = { heapMb: before.heapMb + HEAP_ALLOWANCE_MB, residentMb: before.residentMb + RESIDENT_ALLOWANCE_MB };
    const senders = Array.from({ length: ATTACKERS }, (_, i) => senderOf(terminals + i));
    const attacked = await attack({ port, from: '127.0.3.1', senders, frames, seed, say });
    say(`${attacked.frames} mutated frames on ${attacked.lines} lines`);
    const lost = fleet.filter(terminal => !terminal.isConnected).length;
    await Promise.all(fleet.map(terminal => terminal.beat()));
    const after = await settled(program, most);
    const faults = [
      stored !== answered && `${answered} locations were answered and ${stored} are stored`,
      connected < terminals && `${terminals - connected} terminals were not on the line`,
      kept > MOST_KEPT_OF_A_CROWD && `${kept} of ${options.crowd} silent connections from one address stayed`,
      lost > 0 && `${lost} terminals lost their line while others sent mutated frames`,
      (program.isOver || program.startsMs.length !== starts) && 'the program ended under the mutated frames',
      after.heapMb > most.heapMb && `the heap went from ${before.heapMb} to ${after.heapMb} MB and did not come back`,
      after.residentMb > most.residentMb && `the memory went from ${before.residentMb} to ${after.residentMb} MB and did not come back`,
    ].filter(fault => fault !== false);
    return {
      seed,
      terminals,
      connected,
      kills,
      answered,
      stored,
      resent: fleet.reduce((sum, { resent }) => sum + resent, 0),
      ...attacked,
      crowd: { asked: options.crowd, kept },
      heapMb: { before: before.heapMb, after: after.heapMb },
      residentMb: { before: before.residentMb, after: after.residentMb },
      seconds: (performance.now() - began) / 1000,
      faults,
      good: faults.length === 0,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nThe program's last words:\n${program.lastWords}`, { cause: error });
  } finally {
    for (const terminal of fleet) terminal.close();
    await program.remove();
  }
}

async function enrolAll(program: ProgramUnderTest, count: number): Promise<void> {
  let next = 0;
  const enrol = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      await askProgram(program, 'enrolTerminal', { number: senderOf(i).number, machine: machineOf(i), datum: 'wgs84' });
    }
  };
  await Promise.all(Array.from({ length: 16 }, enrol));
}

interface Work {
  program: ProgramUnderTest;
  fleet: readonly DrillTerminal[];
  kills: number;
  random: Random;
  say: (line: string) => void;
}

/** Every terminal drives and reports; the program is killed at random moments and started again. Returns how many locations were answered. */
async function workUnderKills({ program, fleet, kills, random, say }: Work): Promise<number> {
  const from = Date.now() - 3_600_000;
  let [answered, messages] = [0, 0];
  const work = fleet.map(async (terminal, i) => {
    await pause(random.whole(fleet.length));
    for (let step = 0, message = 0; message < MESSAGES; message++, messages++) {
      const count = (i + message) % 3 === 0 ? PLACES_A_LIST : 1;
      const places = Array.from({ length: count }, () => placeOf(i, from, step++));
      await terminal.tell(count === 1 ? LOCATION : STORED, count === 1 ? locationBody(places[0]) : storedBody(places));
      answered += count;
    }
  });
  const all = Promise.all(work);
  for (let kill = 1; kill <= kills; kill++) {
    const moment = (fleet.length * MESSAGES * (kill - random.next())) / (kills + 1);
    while (messages < moment) await Promise.race([pause(5), all]);
    await program.killServer();
    say(`killed after ${answered} locations`);
    await program.start();
  }
  await all;
  return answered;
}

/** On rows of its own, to the east. */
function placeOf(terminal: number, from: number, step: number): Place {
  const [lng, lat] = planeAt(ORIGIN).toLngLat([step * STEP_M, (terminal % 500) * 4]);
  return { fixTime: from + step * STEP_MS, lng, lat, speedKmh: 4.3, headingDeg: 90 };
}

const connectedOf = async (program: ProgramUnderTest): Promise<number> =>
  (await askProgram(program, 'terminals')).terminals.filter(({ connectedFrom }) => connectedFrom !== null).length;

/** The system gets memory back some time after it was collected. */
async function settled(program: ProgramUnderTest, most: Memory): Promise<Memory> {
  for (const end = Date.now() + LONGEST_SETTLE_MS; ; await pause(2000)) {
    const now = await program.memory();
    if ((now.heapMb <= most.heapMb && now.residentMb <= most.residentMb) || Date.now() > end) return now;
  }
}
