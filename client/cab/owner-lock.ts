const NAME = 'cab-owner';

/**
 * Of all tabs of this phone one records and sends. Calls `onOwner` when this is the one, and `onLost` when another took it over. A tab that
 * dies gives the lock back, and the next one gets it.
 */
export class OwnerLock {
  constructor(private readonly listener: { onOwner: () => void; onLost: () => void }) {
    void this.ask();
  }

  /** The operator looks at this tab: it becomes the owner at once. */
  takeOver(): void {
    void this.queue({ steal: true });
  }

  /** At first it is asked whether another tab has it, so that this one can say so. */
  private async ask(): Promise<void> {
    const { held } = await navigator.locks.query();
    if (held?.some(({ name }) => name === NAME)) this.listener.onLost();
    await this.queue({});
  }

  /** Holds the lock for as long as the tab lives. */
  private async queue(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(NAME, options, () => {
        this.listener.onOwner();
        return new Promise<never>(() => undefined);
      });
    } catch (cause) {
      if (!(cause instanceof DOMException) || cause.name !== 'AbortError') throw cause;
      this.listener.onLost();
      // Behind the one that took it.
      void this.queue({});
    }
  }
}
