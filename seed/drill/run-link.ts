import { askProgram } from '../../server/commands/running-program.ts';
import { type DrainLinkResult, drainLink } from './drain-link.ts';
import { CITY, drillFields, drillSeason, LISTED, ORIGIN } from './drill-season.ts';
import { ProgramUnderTest } from './program-under-test.ts';

export interface LinkOptions {
  fixes: number;
  kbitPerS: number;
  roundTripMs: number;
  seed: number;
  mongod: string;
  say: (line: string) => void;
}

/** What the link is held to. */
export const LINK_LIMITS = { seconds: 600, liveMs: 5000 } as const;

export interface LinkResult extends DrainLinkResult {
  seed: number;
  backlog: number;
  kbitPerS: number;
  roundTripMs: number;
  stored: number;
  faults: string[];
  good: boolean;
}

/** The real program in a temporary folder, and a phone that comes back to it over a thin line. In real time. */
export async function runLink({ fixes, kbitPerS, roundTripMs, seed, mongod, say }: LinkOptions): Promise<LinkResult> {
  const program = await ProgramUnderTest.create({ mongod, season: drillSeason(drillFields(seed), new Date().getFullYear()) });
  try {
    await program.start();
    const machine = LISTED[0].id;
    const tokens = {
      machine: (await askProgram(program, 'issueToken', { machine })).token,
      viewer: (await askProgram(program, 'issueToken', { viewer: true })).token,
    };
    const { url } = program;
    const shape = { bitsPerS: kbitPerS * 1000, roundTripMs };
    const drained = await drainLink({ url, machine, tokens, city: CITY, origin: ORIGIN, seed, backlog: fixes, say, ...shape });
    const { fixes: stored } = await askProgram(program, 'digest');
    const faults = faultsOf(drained, stored);
    return { seed, backlog: fixes, kbitPerS, roundTripMs, ...drained, stored, faults, good: faults.length === 0 };
  } finally {
    await program.remove();
  }
}

export function faultsOf(drained: DrainLinkResult, stored: number): string[] {
  const { seconds, fixes, refused, firstLiveMs, oldestLiveMs } = drained;
  return [
    seconds > LINK_LIMITS.seconds && `the backlog took ${seconds.toFixed(1)} s, more than ${LINK_LIMITS.seconds}`,
    firstLiveMs > LINK_LIMITS.liveMs && `no page showed where the machine is for ${firstLiveMs} ms`,
    oldestLiveMs > LINK_LIMITS.liveMs && `the live position got ${oldestLiveMs} ms old`,
    stored + refused !== fixes && `${fixes} fixes were numbered, ${stored} are stored and ${refused} were refused`,
  ].filter(fault => fault !== false);
}
