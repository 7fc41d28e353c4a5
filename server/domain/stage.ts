import type { FieldStage } from '../../shared/registry.ts';
import type { CoverageResult } from './coverage.ts';

export type CoverageSummary = Pick<CoverageResult, 'coveredDm2' | 'finishedAt'>;

export interface FieldEvidence {
  harvest: CoverageSummary | null;
  sow: CoverageSummary | null;
  /** A person said that the whole field was harvested. */
  reportedHarvested: boolean;
}

const begun = (summary: CoverageSummary | null): boolean => summary !== null && summary.coveredDm2 > 0;
const finished = (summary: CoverageSummary | null): boolean => summary !== null && summary.finishedAt !== null;

/** The furthest stage that is known from any source: seed in the ground means that the field is being sown, whatever is known of its harvest. */
export function stageOf({ harvest, sow, reportedHarvested }: FieldEvidence): FieldStage {
  if (finished(sow)) return 'sown';
  if (begun(sow)) return 'sowing';
  if (finished(harvest) || reportedHarvested) return 'harvested';
  return begun(harvest) ? 'harvesting' : 'standing';
}

/** Sown where no harvest is known from any source (收获未记录). */
export const harvestUnrecorded = ({ harvest, sow, reportedHarvested }: FieldEvidence): boolean =>
  begun(sow) && !begun(harvest) && !reportedHarvested;
