/** One strip of the working width between two fixes of one outbox in one visit of a field. */
export interface Swath {
  machine: string;
  outbox: string;
  /** First fixTime of the outbox: the tie-break, never the random id. */
  outboxSince: number;
  seqA: number;
  seqB: number;
  timeA: number;
  timeB: number;
  /** lng, lat of both ends, degrees. */
  ax: number;
  ay: number;
  bx: number;
  by: number;
  widthM: number;
  /** That it was work was concluded from geometry; no switch said so. */
  estimated: boolean;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Who covered a cell first goes by this order, never by arrival. Two swaths that compare as 0 are the same work, whatever random outbox id
 * they came under.
 */
export const comparePaintOrder = (a: Swath, b: Swath): number =>
  a.timeB - b.timeB ||
  compareText(a.machine, b.machine) ||
  a.outboxSince - b.outboxSince ||
  a.seqB - b.seqB ||
  a.seqA - b.seqA ||
  a.ax - b.ax ||
  a.ay - b.ay ||
  a.bx - b.bx ||
  a.by - b.by ||
  a.widthM - b.widthM ||
  a.timeA - b.timeA ||
  Number(a.estimated) - Number(b.estimated);
