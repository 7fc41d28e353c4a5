import { CLOCK_AHEAD_MS, type Repair } from '../../shared/repair.ts';

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
