import type { ClockLine } from './clock.ts';

/** Apart from the schema, so that a phone need not load the library that checks it. */
export const seasonTime = (line: ClockLine, wall: number): number => Math.round(line.seasonAt + (wall - line.wallAt) * line.speed);
