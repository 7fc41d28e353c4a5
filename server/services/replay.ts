import type { Fix } from '../../shared/fix.ts';
import type { FoldWorld } from '../domain/outbox-fold.ts';
import { type FoldMachine, OutboxFold } from '../domain/outbox-fold.ts';
import type { StoredBatch } from '../stores/fix-log.ts';
import { acceptedOf } from './outbox.ts';
import type { Pace } from './pace.ts';
import { SwathBuffer } from './swath-buffer.ts';

/**
 * One outbox folded anew from its first fix, beside the fold that goes on as it was. What comes for the outbox meanwhile waits, and is
 * taken last.
 */
export class Replay {
  readonly fold: OutboxFold;
  readonly swaths = new SwathBuffer();
  private readonly waiting: (readonly Fix[])[] = [];

  constructor(
    machine: FoldMachine,
    outbox: string,
    private readonly world: () => FoldWorld,
  ) {
    this.fold = new OutboxFold(machine, outbox);
  }

  /** Of a batch that became durable after the replay began. */
  follow(accepted: readonly Fix[]): void {
    this.waiting.push(accepted);
  }

  /** Takes what the log holds up to a seq, and then what came meanwhile, but for the last of it. Ends early when told to stop. */
  async run(batches: AsyncIterable<StoredBatch>, { upTo, holds, pace, stopped }: ReplayBounds): Promise<void> {
    for await (const batch of batches) {
      if (batch.firstSeq > upTo || stopped()) break;
      if (!holds(batch._id, batch.lastTime)) continue;
      this.take(acceptedOf(batch));
      await pace.breathe();
    }
    while (this.waiting.length > 1 && !stopped()) {
      this.take(this.waiting.shift()!);
      await pace.breathe();
    }
  }

  /** Takes what waits, in one go. */
  catchUp(): void {
    for (const accepted of this.waiting.splice(0)) this.take(accepted);
  }

  private take(accepted: readonly Fix[]): void {
    const world = this.world();
    for (const fix of accepted)
      this.fold.take(fix, world, ({ id: field }, operation, swath) =>
        this.swaths.add({ key: `${field}|${operation}`, field, operation }, swath),
      );
  }
}

export interface ReplayBounds {
  upTo: number;
  /** Whether a batch is of the season. */
  holds: (number: number, lastTime: number | null) => boolean;
  pace: Pace;
  stopped: () => boolean;
}
