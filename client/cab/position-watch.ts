/** What the receiver does: `off` when nobody watches it. */
export type GpsState = 'off' | 'searching' | 'good' | 'weak' | 'forbidden';

const REARM_AFTER_MS = 15_000;
const RETRY_MS = 2000;
const CHECK_MS = 1000;
const WEAK_M = 30;
const PERMISSION_DENIED = 1;

export interface PositionListener {
  /** `wasHidden`: since the last one the page was out of sight for a while, where a locked phone gives no positions. */
  onPosition: (position: GeolocationPosition, wasHidden: boolean) => void;
  onState: (state: GpsState, silentMs: number) => void;
}

/**
 * Watches the position and sets the watch anew when it may have died: after an error, after the page was out of sight, and when nothing was
 * heard for 15 s. A browser ends watches without a word when the screen locks.
 */
export class PositionWatch {
  private watch: number | null = null;
  private heardAt = 0;
  private armedAt = 0;
  private isWeak = false;
  private isForbidden = false;
  private wasHidden = false;
  private timer: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: PositionListener) {}

  start(): void {
    if (this.timer !== undefined) return;
    this.heardAt = Date.now();
    this.arm();
    this.timer = setInterval(() => this.check(), CHECK_MS);
    document.addEventListener('visibilitychange', this.seen);
    document.addEventListener('resume', this.seen);
    window.addEventListener('pageshow', this.seen);
  }

  stop(): void {
    if (this.timer === undefined) return;
    this.disarm();
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.timer = undefined;
    document.removeEventListener('visibilitychange', this.seen);
    document.removeEventListener('resume', this.seen);
    window.removeEventListener('pageshow', this.seen);
    this.listener.onState('off', 0);
  }

  private readonly seen = (): void => {
    if (document.hidden) this.wasHidden = true;
    else this.arm();
  };

  private arm(): void {
    this.disarm();
    this.armedAt = Date.now();
    this.watch = navigator.geolocation.watchPosition(
      position => this.heard(position),
      error => this.failed(error),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 30_000 },
    );
  }

  private disarm(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
  }

  private heard(position: GeolocationPosition): void {
    if (this.timer === undefined) return;
    this.heardAt = Date.now();
    this.isForbidden = false;
    this.isWeak = position.coords.accuracy > WEAK_M;
    const { wasHidden } = this;
    this.wasHidden = document.hidden;
    this.listener.onPosition(position, wasHidden);
    this.check();
  }

  private failed(error: GeolocationPositionError): void {
    this.isForbidden = error.code === PERMISSION_DENIED;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.timer !== undefined && this.arm(), RETRY_MS);
    this.check();
  }

  private check(): void {
    const now = Date.now();
    const silentMs = now - this.heardAt;
    if (silentMs > REARM_AFTER_MS && now - this.armedAt > REARM_AFTER_MS && !document.hidden) this.arm();
    const state = this.isForbidden
      ? 'forbidden'
      : silentMs > REARM_AFTER_MS || this.heardAt === 0
        ? 'searching'
        : this.isWeak
          ? 'weak'
          : 'good';
    this.listener.onState(state, silentMs);
  }
}
