import { CLOCK_AHEAD_MS, type Repair } from '../../shared/repair.ts';
import type { RepairStep } from '../../shared/repair-steps.ts';

type Times = Pick<Repair, 'calledAt' | 'startedAt' | 'finishedAt'>;

/** What is wrong with the instants of a repair, naming the field; null: nothing. */
export function wrongTimes({ calledAt, startedAt, finishedAt }: Times, now: number): string | null {
  for (const [name, at] of Object.entries({ calledAt, startedAt, finishedAt })) {
    if (at !== null && at > now + CLOCK_AHEAD_MS) return `${name}: lies in the future; put it at now or before`;
  }
  if (startedAt !== null && startedAt < calledAt) return 'startedAt: lies before the call; put it at the call or after';
  if (finishedAt !== null && startedAt === null) return 'finishedAt: say first when it was started';
  if (finishedAt !== null && finishedAt < startedAt!) return 'finishedAt: lies before the start; put it at the start or after';
  return null;
}

/** What is wrong with the steps of a repair: each follows the one before, and none lies in the future; null: nothing. */
export function wrongSteps(steps: readonly RepairStep[], now: number): string | null {
  for (const [i, { stage, at }] of steps.entries()) {
    if (at > now + CLOCK_AHEAD_MS) return `addSteps: ${stage} lies in the future; put it at now or before`;
    if (i > 0 && at < steps[0].at) return `addSteps: ${stage} lies before the call; put it at the call or after`;
    if (i > 0 && at < steps[i - 1].at) return `startedAt: ${stage} lies before ${steps[i - 1].stage}; put it at that or after`;
  }
  return null;
}
