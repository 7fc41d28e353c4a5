import type { UnitNow } from '../../shared/progress.ts';
import type { Operation } from '../../shared/season.ts';

export const rankings = ['late', 'progress', 'name'] as const;
export type Ranking = (typeof rankings)[number];

/** Undefined figures go last in every order. */
const last = (value: number | null): number => value ?? Number.POSITIVE_INFINITY;

/** Latest first, least progress first, or by name; equals keep the order of their codes. */
export function ranked(units: readonly UnitNow[], operation: Operation, ranking: Ranking): UnitNow[] {
  const lateFirst = (unit: UnitNow) => last(unit[operation].lateBy === null ? null : -unit[operation].lateBy);
  const compare: Record<Ranking, (one: UnitNow, other: UnitNow) => number> = {
    late: (one, other) => lateFirst(one) - lateFirst(other) || 0,
    progress: (one, other) => last(one[operation].progress) - last(other[operation].progress) || 0,
    name: (one, other) => one.name.localeCompare(other.name, 'zh-CN'),
  };
  return [...units].sort((one, other) => compare[ranking](one, other) || (one.code < other.code ? -1 : 1));
}
