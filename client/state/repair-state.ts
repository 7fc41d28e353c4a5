import type { Repair } from '../../shared/repair.ts';

export type RepairState = 'waiting' | 'started' | 'finished';

/** How far a repair has come. */
export const repairState = ({ startedAt, finishedAt }: Pick<Repair, 'startedAt' | 'finishedAt'>): RepairState =>
  finishedAt !== null ? 'finished' : startedAt !== null ? 'started' : 'waiting';
