import { Refusal } from '../../shared/reply.ts';
import type { PhoneGap, TrackGap } from '../../shared/track-gap.ts';
import type { DutyChange } from '../domain/track-gaps.ts';
import type { CabStore } from '../stores/cab.ts';

/** A phone whose clock is ahead by no more is believed. */
const CLOCK_AHEAD_MS = 10 * 60_000;
const LONGEST_MS = 8 * 24 * 3_600_000;

/** What phones say of the times without a position, and when they were on duty. */
export class PhoneGaps {
  constructor(
    private readonly store: CabStore,
    private readonly now: () => number,
  ) {}

  /** False: this gap is known already. */
  async report(machine: string, { id, from, to, cause }: PhoneGap): Promise<boolean> {
    if (!(from < to) || to - from > LONGEST_MS) throw new Refusal('invalid', 'to: a gap ends after it began, within eight days');
    if (to > this.now() + CLOCK_AHEAD_MS) throw new Refusal('invalid', "to: lies ahead, set the phone's clock");
    return this.store.addGap({ _id: id, machine, from, to, cause, receivedAt: this.now() });
  }

  /** Of a span: the gaps that reach into it, and the changes of duty with the last one before it. */
  async of(machine: string, from: number, to: number): Promise<{ reported: TrackGap[]; duties: DutyChange[] }> {
    const [reported, duties] = await Promise.all([this.store.gapsOf(machine, from, to), this.store.dutiesWithin(machine, from, to)]);
    return { reported: reported.map(gap => ({ from: gap.from, to: gap.to, cause: gap.cause })), duties };
  }
}
