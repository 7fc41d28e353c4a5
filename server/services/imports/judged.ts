import type { ImportReport } from '../../../shared/imports.ts';
import type { LngLat } from '../../../shared/registry.ts';
import type { Puts, RegistryChange } from '../../stores/registry.ts';
import type { StoredRequest } from '../../stores/requests.ts';
import type { Findings } from './findings.ts';

export type ItemState = 'new' | 'changed' | 'same';

/** What a file would do: the report is made of it, and so is the change. */
export interface Judged {
  rows: number;
  findings: Findings;
  counts: Record<ItemState, number>;
  absent: number;
  encoding: string;
  ground?: ImportReport['ground'];
  preview: ImportReport['preview'];
  change: RegistryChange;
  /** Of contracts. */
  requests?: Puts<StoredRequest>;
}

export const noCounts = (): Judged['counts'] => ({ new: 0, changed: 0, same: 0 });

const MOST_PREVIEW_ROWS = 20;
const MOST_RING = 60;
/** With the 60 points of each at most, some 2 MB of preview. */
const MOST_SHAPES = 2000;

/** The first good rows as they are understood, and shapes for a map. */
export class Preview {
  readonly rows: string[][] = [];
  readonly shapes: ImportReport['preview']['shapes'] = [];
  private readonly badShapes: ImportReport['preview']['shapes'] = [];

  constructor(readonly columns: string[] = []) {}

  row(...cells: (string | number | null)[]): void {
    if (this.rows.length < MOST_PREVIEW_ROWS) this.rows.push(cells.map(cell => (cell === null ? '' : String(cell))));
  }

  shape(id: string, state: 'new' | 'changed' | 'bad', ring: readonly LngLat[]): void {
    const list = state === 'bad' ? this.badShapes : this.shapes;
    if (list.length < MOST_SHAPES) list.push({ id, state, ring: thinned(ring) });
  }

  /** The bad ones first: they are what is looked for. */
  result = (): ImportReport['preview'] => ({
    columns: this.columns,
    rows: this.rows,
    shapes: [...this.badShapes, ...this.shapes].slice(0, MOST_SHAPES),
  });
}

function thinned(ring: readonly LngLat[]): LngLat[] {
  const step = Math.ceil(ring.length / MOST_RING);
  return ring.filter((_, i) => i % step === 0 || i === ring.length - 1).map(([lng, lat]) => [lng, lat]);
}
