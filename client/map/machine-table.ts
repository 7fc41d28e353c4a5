import type { MachineCard, MachineRow } from '../../shared/contract.ts';
import { type MachineKind, markStates } from './marks.ts';
import { worldX, worldY } from './mercator.ts';
import type { MarkState } from './palette.ts';

/** A machine that sent nothing for so long, by the season clock, is shown as offline. */
export const OFFLINE_AFTER_MS = 10 * 60_000;

/** A heading is drawn in one of so many steps. */
export const HEADINGS = 32;
const kinds: MachineKind[] = ['combine', 'seeder', 'tractor'];

/** The state to show: a repair wins; else the last one known, unless it is too old to be true. */
export const shownState = (row: MachineRow, asOf: number): MarkState =>
  row[9] ? 'inRepair' : asOf - row[5] > OFFLINE_AFTER_MS ? 'offline' : row[4];

/** A sprite is named by one number, so that thousands of machines need no strings when they are drawn. */
export const spriteCode = (state: number, kind: number, heading: number): number => (state * kinds.length + kind) * HEADINGS + heading;
export const spriteParts = (code: number): { state: MarkState; kind: MachineKind; heading: number } => ({
  heading: code % HEADINGS,
  kind: kinds[Math.floor(code / HEADINGS) % kinds.length],
  state: markStates[Math.floor(code / HEADINGS / kinds.length)],
});

/** Columns of all machines shown: where they are in the world, and which sprite they get. Filled in place, once a second. */
export class MachineTable {
  rows: MachineRow[] = [];
  worldX = new Float64Array(0);
  worldY = new Float64Array(0);
  sprite = new Uint16Array(0);

  private indexOf = new Map<string, number>();
  private kind = new Uint8Array(0);
  private cards: ReadonlyMap<string, MachineCard> | null = null;

  get count(): number {
    return this.rows.length;
  }

  find(id: string): number {
    return this.indexOf.get(id) ?? -1;
  }

  /** Takes the machines of a view. Rows that are the same objects as before cost next to nothing. */
  take(machines: ReadonlyMap<string, MachineRow>, cards: ReadonlyMap<string, MachineCard>, asOf: number): void {
    if (this.isAnotherSet(machines)) this.start(machines);
    if (this.cards !== cards) this.takeCards(cards);
    let i = 0;
    for (const row of machines.values()) {
      if (this.rows[i] !== row || this.worldX[i] === 0) {
        this.worldX[i] = worldX(row[1]);
        this.worldY[i] = worldY(row[2]);
        this.rows[i] = row;
      }
      const state = markStates.indexOf(shownState(row, asOf));
      // Without a heading of its own a machine keeps the one that it was seen with last.
      const heading = row[3] === null ? this.sprite[i] % HEADINGS : Math.round((row[3] / 360) * HEADINGS) % HEADINGS;
      this.sprite[i] = spriteCode(state, this.kind[i], heading);
      i += 1;
    }
  }

  /** A merged view keeps the order of the one before, so that the same machines stand at the same places. */
  private isAnotherSet(machines: ReadonlyMap<string, MachineRow>): boolean {
    if (machines.size !== this.rows.length) return true;
    let i = 0;
    for (const row of machines.values()) if (this.rows[i++][0] !== row[0]) return true;
    return false;
  }

  private start(machines: ReadonlyMap<string, MachineRow>): void {
    this.rows = [...machines.values()];
    this.indexOf = new Map(this.rows.map((row, i) => [row[0], i]));
    this.worldX = new Float64Array(this.rows.length);
    this.worldY = new Float64Array(this.rows.length);
    this.sprite = new Uint16Array(this.rows.length);
    this.cards = null;
  }

  private takeCards(cards: ReadonlyMap<string, MachineCard>): void {
    this.cards = cards;
    this.kind = Uint8Array.from(this.rows, row => Math.max(0, kinds.indexOf(cards.get(row[0])?.kind ?? 'combine')));
  }
}
