import type { Frame } from './frame.ts';

const MOST_PARTS = 100;
const MOST_UNFINISHED = 2;

/** Puts messages together that came in parts. A message that never becomes whole is forgotten when newer ones begin. */
export class Parts {
  private readonly unfinished = new Map<string, (Uint8Array | undefined)[]>();

  /** The whole message, under the header of its last part; null: parts are missing. */
  whole(frame: Frame): Frame | null {
    const { part, message, serial } = frame;
    if (part === null) return frame;
    if (part.of > MOST_PARTS) return null;
    const key = `${message} ${part.of} ${(serial - part.index) & 0xffff}`;
    const bodies = this.unfinished.get(key) ?? new Array<Uint8Array | undefined>(part.of).fill(undefined);
    bodies[part.index - 1] = frame.body;
    this.unfinished.delete(key);
    if (bodies.every(body => body !== undefined)) return { ...frame, part: null, body: Buffer.concat(bodies as Uint8Array[]) };
    this.unfinished.set(key, bodies);
    if (this.unfinished.size > MOST_UNFINISHED) this.unfinished.delete(this.unfinished.keys().next().value!);
    return null;
  }
}
