/** Whether the screen is kept on: `unable` where the browser cannot, `lost` until the page is in sight again. */
export type WakeState = 'off' | 'held' | 'lost' | 'unable';

/** Keeps the screen on while it is wanted; the browser takes the lock away whenever the page goes out of sight. */
export class WakeLock {
  private lock: WakeLockSentinel | null = null;
  private isWanted = false;

  constructor(private readonly onState: (state: WakeState) => void) {
    document.addEventListener('visibilitychange', () => void this.take());
  }

  want(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    if (isWanted) void this.take();
    else {
      void this.lock?.release();
      this.lock = null;
      this.onState('off');
    }
  }

  private async take(): Promise<void> {
    if (!this.isWanted || document.hidden || (this.lock && !this.lock.released)) return;
    if (!('wakeLock' in navigator)) return this.onState('unable');
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (!this.isWanted) return void lock.release();
      this.lock = lock;
      lock.addEventListener('release', () => this.isWanted && this.onState('lost'));
      this.onState('held');
    } catch {
      // Low battery, or a policy of the browser: the operator is told, and it is tried again at the next sight of the page.
      this.onState('unable');
    }
  }
}
