import { randomOf } from '../season/random.ts';

export const targets = ['server', 'mongod', 'both'] as const;
export type Target = (typeof targets)[number];

/**
 * When a kill comes: `running`: some time after it acknowledged something, and a moment after a surge of reports; `starting`: at some share of the time that a start takes, so that reading
 * and folding are hit too; `checkpoint`: right after one was asked for.
 */
export type Moment =
  | { when: 'running'; afterMs: number; surgeMs: number }
  | { when: 'starting'; share: number }
  | { when: 'checkpoint'; afterMs: number };

export interface Kill {
  victim: 'server' | 'mongod' | 'server and mongod';
  moment: Moment;
}

const LONGEST_RUN_MS = 1000;
const LONGEST_SURGE_MS = 40;
/** Now and then it runs on until a checkpoint of its own is due. */
const OWN_CHECKPOINT = { chance: 0.06, fromMs: 4700, toMs: 5400 };
const LONGEST_CHECKPOINT_MS = 250;

/** The same seed gives the same kills. The first one always hits the running program, the server where that is a target. */
export function scheduleOf({ kills, seed, target }: { kills: number; seed: number; target: Target }): Kill[] {
  const random = randomOf(seed, 'kills', target);
  const victims = target === 'both' ? (['server', 'mongod', 'server and mongod'] as const) : ([target] as const);
  return Array.from({ length: kills }, (_, i) => {
    const victim = i === 0 ? victims[0] : random.pick<Kill['victim']>(victims);
    const [which, share] = [random.next(), random.next()];
    const { chance, fromMs, toMs } = OWN_CHECKPOINT;
    if (i > 0 && which < 0.4) return { victim, moment: { when: 'starting', share } };
    if (i > 0 && which < 0.6) return { victim, moment: { when: 'checkpoint', afterMs: share * LONGEST_CHECKPOINT_MS } };
    const afterMs = which > 1 - chance ? fromMs + share * (toMs - fromMs) : share * LONGEST_RUN_MS;
    return { victim, moment: { when: 'running', afterMs, surgeMs: random.between(0, LONGEST_SURGE_MS) } };
  });
}
