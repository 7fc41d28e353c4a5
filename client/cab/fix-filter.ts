import type { Fix } from '../../shared/fix.ts';

/** What a position becomes before the outbox has numbered it. */
export type UnnumberedFix = Omit<Fix, 'seq'>;

const SHORTEST_MS = 1000;
const MOVING_MS = 5000;
const STANDING_MS = 60_000;
const MOVED_M = 5;
const TURNED_DEG = 15;
const MOVING_KMH = 1;
/** Older than the last one by more than this: the phone's clock was set back, and what is new must not be thrown away for it. */
const CLOCK_SET_BACK_MS = 60_000;
const M_PER_DEGREE = 111_320;

const metresBetween = (a: UnnumberedFix, b: UnnumberedFix): number =>
  Math.hypot((b.lat - a.lat) * M_PER_DEGREE, (b.lng - a.lng) * M_PER_DEGREE * Math.cos((b.lat * Math.PI) / 180));

const turnOf = (a: number | null, b: number | null): number => (a === null || b === null ? 0 : Math.abs(((b - a + 540) % 360) - 180));

/**
 * Whether a position says something that the last kept one does not: every 5 s or 5 m on the move, sooner in a turn and at the header
 * switch, once a minute when standing; never twice in a second. It depends on these two alone, so that a page that died and came back
 * decides as one that never died.
 */
export function isWorthKeeping(last: UnnumberedFix | null, next: UnnumberedFix): boolean {
  if (last === null) return true;
  const elapsedMs = next.fixTime - last.fixTime;
  if (elapsedMs < -CLOCK_SET_BACK_MS) return true;
  if (elapsedMs < SHORTEST_MS) return false;
  if (next.working !== last.working) return true;
  const movedM = metresBetween(last, next);
  const isMoving = (next.speedKmh ?? (movedM / elapsedMs) * 3600) >= MOVING_KMH;
  // Standing still, the receiver wanders within its own error.
  if (movedM >= (isMoving ? MOVED_M : Math.max(MOVED_M, next.accuracyM ?? 0))) return true;
  if (isMoving && turnOf(last.headingDeg, next.headingDeg) >= TURNED_DEG) return true;
  return elapsedMs >= (isMoving ? MOVING_MS : STANDING_MS);
}

const rounded = (value: number | null, scale: number, most: number): number | null =>
  value === null || !(value >= 0) ? null : Math.min(most, Math.round(value * scale) / scale);

/** The browser's position as it is stored and sent, quantised; `offsetMs` takes the phone's clock to the season's. */
export function fixOfPosition({ coords, timestamp }: GeolocationPosition, offsetMs: number, working: 0 | 1 | null): UnnumberedFix {
  return {
    fixTime: Math.round(timestamp + offsetMs),
    lng: Math.round(coords.longitude * 1e7) / 1e7,
    lat: Math.round(coords.latitude * 1e7) / 1e7,
    speedKmh: rounded(coords.speed === null ? null : coords.speed * 3.6, 100, 2000),
    headingDeg: rounded(coords.heading, 10, 360),
    accuracyM: rounded(coords.accuracy, 10, 1e6),
    // The width is that of the implement enrolled with the machine.
    widthM: null,
    working,
  };
}
