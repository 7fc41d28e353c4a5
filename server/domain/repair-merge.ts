import { MOST_SECOND_LOGS, type Repair } from '../../shared/repair.ts';
import { type RepairStep, timesOf, withSteps } from '../../shared/repair-steps.ts';

type Span = Pick<Repair, 'calledAt' | 'backAt'>;

/** Two repairs of one machine that are in work at the same time are one. What begins when the other is over is another. */
export const overlap = (one: Span, other: Span): boolean =>
  one.calledAt < (other.backAt ?? Number.POSITIVE_INFINITY) && other.calledAt < (one.backAt ?? Number.POSITIVE_INFINITY);

/** What the second of two that are one brings into the first. Null: it has taken in too many already. */
export function mergedInto<One extends Repair>(first: One, second: Omit<Repair, 'photos' | 'version'>): Partial<Repair> | null {
  if (first.alsoLogged.length >= MOST_SECOND_LOGS) return null;
  const { id, station, author: by, calledAt: at, fault, note } = second;
  const call: RepairStep = at < first.calledAt ? second.steps[0] : first.steps[0];
  const merged: RepairStep[] = [call, ...first.steps.slice(1)];
  // Each step keeps who took it.
  const steps = second.steps.slice(1).reduce<RepairStep[]>((all, step) => withSteps(all, [step], step.by), merged);
  return {
    ...timesOf(steps),
    steps,
    alsoLogged: [...first.alsoLogged, { id, station, by, at, fault, note }],
    parts: [first.parts, second.parts]
      .filter(part => part !== '')
      .join('；')
      .slice(0, 500),
    lngLat: first.lngLat ?? second.lngLat,
    team: first.team || second.team,
    mechanic: first.mechanic || second.mechanic,
    hours: sum(first.hours, second.hours),
    costYuan: sum(first.costYuan, second.costYuan),
    reworkOf: first.reworkOf ?? second.reworkOf,
  };
}

const sum = (one: number | null, other: number | null): number | null => (one === null ? other : other === null ? one : one + other);
