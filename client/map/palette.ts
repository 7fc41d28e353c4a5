import type { FieldStage, WorkState } from '../../shared/registry.ts';

/** What a mark says: the work state, unless the machine is in repair. */
export type MarkState = WorkState | 'inRepair';

/** Okabe–Ito, so that the states stay apart for colour-blind eyes; each has its own shape as well. */
export const STATE_COLOUR: Record<MarkState, string> = {
  working: '#009E73',
  turning: '#56B4E9',
  travelling: '#0072B2',
  idle: '#E69F00',
  offline: '#8a9199',
  inRepair: '#D55E00',
};

/** Ground colours; the stages between two of them are hatched with both. */
export const STAGE_COLOUR: Record<Exclude<FieldStage, 'harvesting' | 'sowing'>, string> = {
  standing: '#F0E442',
  harvested: '#C9A66B',
  sown: '#7CB68A',
};

/** Stripes of the operation under way over the ground that it leaves. */
export const STAGE_HATCH: Record<'harvesting' | 'sowing', { ground: string; stripe: string }> = {
  harvesting: { ground: STAGE_COLOUR.standing, stripe: STAGE_COLOUR.harvested },
  sowing: { ground: STAGE_COLOUR.harvested, stripe: STAGE_COLOUR.sown },
};

/** Okabe–Ito's reddish purple, which no state and no stage has. */
export const CANDIDATE_COLOUR = '#CC79A7';
export const OUTLINE = '#1b2327';
export const HALO = '#ffffff';
/** One blue for progress, from nothing to all. */
export const PROGRESS_COLOUR = '#1f6fb2';
