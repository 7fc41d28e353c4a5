import type { ClockLine } from '../../shared/clock.ts';
import { seasonTime } from '../../shared/season-time.ts';

/**
 * Two clocks, asked nowhere else: `season` times fixes, days and deadlines; `wall` times sessions, limits and heartbeats. Outside the
 * demonstration both are one.
 */
export class SeasonClock {
  constructor(
    private line: ClockLine,
    readonly wall: () => number,
    /** The speed to which a paused clock returns. */
    private runningSpeed = line.speed,
  ) {}

  static real(wall: () => number): SeasonClock {
    return new SeasonClock({ seasonAt: 0, wallAt: 0, speed: 1 }, wall);
  }

  season = (): number => seasonTime(this.line, this.wall());

  current(): ClockLine {
    return this.line;
  }

  /** The same line through a later point: what is stored, so that the next start goes on from there. */
  rebase(): ClockLine {
    const wallAt = this.wall();
    this.line = { seasonAt: seasonTime(this.line, wallAt), wallAt, speed: this.line.speed };
    return this.line;
  }

  /** Pauses, resumes or changes the speed from now on; the season's time does not jump. */
  change({ paused, speed }: { paused?: boolean | undefined; speed?: number | undefined }): ClockLine {
    if (speed !== undefined) this.runningSpeed = speed;
    const stopped = paused ?? this.line.speed === 0;
    this.line = { ...this.rebase(), speed: stopped ? 0 : this.runningSpeed };
    return this.line;
  }
}
