import { type MaintenanceRow, type MaintenanceRule, SOON_SHARE } from '../../shared/maintenance.ts';

/** What a machine had worked in the season by some instant. */
export interface Worked {
  mu: number;
  hours: number;
}

/** 1.5 mu per km/h and metre of width; at 4.2 km/h, four fifths of the time in work. */
const MU_PER_H_AND_M = 1.5 * 4.2 * 0.8;

/** Hours of work that so many mu took, by the width of the implement: nobody reads the engine's own counter here. */
export const hoursOf = (mu: number, workingWidthM: number): number => (workingWidthM > 0 ? mu / (MU_PER_H_AND_M * workingWidthM) : 0);

/** How far a task is from being due, given what was worked by now and when it was done last. */
export function dueOf(rule: MaintenanceRule, now: Worked, atLast: Worked): Pick<MaintenanceRow, 'unit' | 'since' | 'every' | 'state'> {
  const unit = rule.everyH === undefined ? 'mu' : 'h';
  const every = rule.everyH ?? rule.everyMu ?? 0;
  const worked = unit === 'h' ? now.hours - atLast.hours : now.mu - atLast.mu;
  const since = Math.max(0, Math.round(worked * 10) / 10);
  return { unit, since, every, state: since >= every ? 'due' : since >= SOON_SHARE * every ? 'soon' : 'good' };
}
