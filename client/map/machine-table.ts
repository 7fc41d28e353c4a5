import type { MachineCard, MachineRow } from '../../shared/contract.ts';
import { type WorkState, workStates } from '../../shared/registry.ts';
import type { MachineKind } from './marks.ts';
import { worldX, worldY } from './mercator.ts';

/** A machine that sent nothing for so long, by the season clock, is shown as offline. */
export const OFFLINE_AFTER_MS = 10 * 60_000;

/** A heading is drawn in one of so many steps. */
export const HEADINGS = 32;
const kinds: MachineKind[] = ['combine', 'seeder', 'tractor'];

/** The state to show: the last one known, unless it is too old to be true. */
export const shownState = (row: MachineRow, asOf: number): WorkState => (asOf - row[5] > OFFLINE_AFTER_MS ? 'offline' : row[4]);

/** A sprite is named by one number, so that thousands of machines need no strings when they are drawn. */
export const spriteCode = (state: number, kind: number, heading: number): number => (state * kinds.length + kind) * HEADINGS + heading;
export const spriteParts = (code: number): { state: WorkState; kind: MachineKind; heading: number } => ({
  heading: code % HEADINGS,
  kind: kinds[Math.floor(code / HEADINGS) % kinds.length],
  state: workStates[Math.floor(code / HEADINGS / kinds.length)],
});

/** Columns of all machines shown: where they are in the world, and which sprite they get. Filled in place, once a second. */
export class MachineTable {
  rows: MachineRow[] = [];
  worldX = new Float64Array(0);
  worldY = new Float64Array(0);
  sprite = new Uint16Array(0);

  private indexOf = new Map<string, number>();

  get count(): number {
    return this.rows.length;
  }

  find(id: string): number {
    return this.indexOf.get(id) ?? -1;
  }

  /** Takes the machines of a view. Rows that are the same objects as before cost next to nothing. */
  take(machines: ReadonlyMap<string, MachineRow>, cards: ReadonlyMap<string, MachineCard>, asOf: number): void {
    if (this.isAnotherSet(machines)) this.start(machines);
    for (const [id, row] of machines) {
      const i = this.indexOf.get(id)!;
      const moved = this.rows[i] !== row;
      if (moved || this.worldX[i] === 0) {
        this.worldX[i] = worldX(row[1]);
        this.worldY[i] = worldY(row[2]);
      }
      const state = workStates.indexOf(shownState(row, asOf));
      // Without a heading of its own a machine keeps the one that it was seen with last.
      const heading = row[3] === null ? this.sprite[i] % HEADINGS : Math.round((row[3] / 360) * HEADINGS) % HEADINGS;
      const kind = Math.max(0, kinds.indexOf(cards.get(id)?.kind ?? 'combine'));
      this.sprite[i] = spriteCode(state, kind, heading);
      this.rows[i] = row;
    }
  }

  private isAnotherSet(machines: ReadonlyMap<string, MachineRow>): boolean {
    if (machines.size !== this.rows.length) return true;
    for (const id of machines.keys()) if (!this.indexOf.has(id)) return true;
    return false;
  }

  private start(machines: ReadonlyMap<string, MachineRow>): void {
    this.rows = [...machines.values()];
    this.indexOf = new Map(this.rows.map((row, i) => [row[0], i]));
    this.worldX = new Float64Array(this.rows.length);
    this.worldY = new Float64Array(this.rows.length);
    this.sprite = new Uint16Array(this.rows.length);
  }
}
