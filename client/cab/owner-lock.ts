const NAME = 'cab-owner';

/**
 * Of all tabs of this phone one records and sends. Calls `onOwner` when this is the one, and `onLost` when another took it over. A tab that
 * dies gives the lock back, and the next one gets it.
 */
export class OwnerLock {
  private release: () => void = () => undefined;

  constructor(private readonly listener: { onOwner: () => void; onLost: () => void }) {
    void this.queue({});
  }

  /** The operator looks at this tab: it becomes the owner at once. */
  takeOver(): void {
    void this.queue({ steal: true });
  }

  giveUp(): void {
    this.release();
  }

  private async queue(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(NAME, options, () => {
        this.listener.onOwner();
        return new Promise<void>(resolve => {
          this.release = resolve;
        });
      });
    } catch (cause) {
      if (!(cause instanceof DOMException) || cause.name !== 'AbortError') throw cause;
      this.listener.onLost();
      // Behind the one that took it.
      void this.queue({});
    }
  }
}
