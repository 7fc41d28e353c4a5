import type { FieldStage } from '../../shared/registry.ts';
import type { CoverageResult } from './coverage.ts';

export type CoverageSummary = Pick<CoverageResult, 'coveredDm2' | 'finishedAt'>;

/** Below this share of its area nobody has begun with a field: a neighbour's machine turned there, or its track drifted in. */
const BEGUN_SHARE = 0.03;

export interface FieldEvidence {
  areaDm2: number;
  harvest: CoverageSummary | null;
  sow: CoverageSummary | null;
  /** A person said that the whole field was harvested. */
  reportedHarvested: boolean;
}

const begun = (summary: CoverageSummary | null, areaDm2: number): boolean =>
  summary !== null && summary.coveredDm2 >= BEGUN_SHARE * areaDm2;
const finished = (summary: CoverageSummary | null): boolean => summary !== null && summary.finishedAt !== null;

/** The furthest stage that is known from any source: seed in the ground means that the field is being sown, whatever is known of its harvest. */
export function stageOf({ areaDm2, harvest, sow, reportedHarvested }: FieldEvidence): FieldStage {
  if (finished(sow)) return 'sown';
  if (begun(sow, areaDm2)) return 'sowing';
  if (finished(harvest) || reportedHarvested) return 'harvested';
  return begun(harvest, areaDm2) ? 'harvesting' : 'standing';
}

/** Sown where no harvest is known from any source (收获未记录). */
export const harvestUnrecorded = ({ areaDm2, harvest, sow, reportedHarvested }: FieldEvidence): boolean =>
  begun(sow, areaDm2) && !begun(harvest, areaDm2) && !reportedHarvested;
