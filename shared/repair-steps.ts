/** How far a repair has come, step by step: one list of steps is the truth, and every instant that pages and rules ask for follows from it. */
export const repairStages = ['called', 'taken', 'onWay', 'diagnosing', 'waitingParts', 'repaired', 'tested', 'closed'] as const;
export type RepairStage = (typeof repairStages)[number];

export interface RepairStep {
  stage: RepairStage;
  /** On the season's clock. */
  at: number;
  by: string;
}

export interface RepairTimes {
  calledAt: number;
  startedAt: number | null;
  /** The machine can work again: tested, or closed without a test. */
  backAt: number | null;
  finishedAt: number | null;
}

/** Longer than this in one stage is too long, minutes. After them a station's queue and a dispatcher's list mark the repair. */
export const stageLimitMin: Readonly<Record<RepairStage, number>> = {
  called: 30,
  taken: 60,
  onWay: 120,
  diagnosing: 240,
  waitingParts: 24 * 60,
  repaired: 60,
  tested: 12 * 60,
  closed: Number.POSITIVE_INFINITY,
};

const beforeWork: readonly RepairStage[] = ['called', 'taken', 'onWay'];
const isBack = ({ stage }: RepairStep): boolean => stage === 'tested' || stage === 'closed';
const isWork = ({ stage }: RepairStep): boolean => !beforeWork.includes(stage);

/** `steps` is never empty: its first is the call. */
export function timesOf(steps: readonly RepairStep[]): RepairTimes {
  let backAt: number | null = null;
  for (let i = steps.length - 1; i >= 0 && isBack(steps[i]); i--) backAt = steps[i].at;
  const last = steps[steps.length - 1];
  return {
    calledAt: steps[0].at,
    startedAt: steps.find(isWork)?.at ?? null,
    backAt,
    finishedAt: last.stage === 'closed' ? last.at : null,
  };
}

export const lastStep = (steps: readonly RepairStep[]): RepairStep => steps[steps.length - 1];

/** Null: not longer than is usual in its stage. */
export function overdueMin(steps: readonly RepairStep[], now: number): number | null {
  const { stage, at } = lastStep(steps);
  const over = Math.floor((now - at) / 60_000) - stageLimitMin[stage];
  return over > 0 ? over : null;
}

const isSame = (one: RepairStep, other: Pick<RepairStep, 'stage' | 'at'>): boolean => one.stage === other.stage && one.at === other.at;

/** Steps on top, in the order of their instants; one that is there already is not there twice, so that sending again changes nothing. */
export function withSteps(steps: readonly RepairStep[], added: readonly Pick<RepairStep, 'stage' | 'at'>[], by: string): RepairStep[] {
  const fresh = added.filter(step => step.stage !== 'called' && !steps.some(known => isSame(known, step)));
  const [call, ...rest] = steps;
  return [call, ...[...rest, ...fresh.map(({ stage, at }) => ({ stage, at, by }))].sort((a, b) => a.at - b.at)];
}

/** Instants that a person put right, as steps. Opening again is a step of its own, at `now`. */
export function withTimes(
  steps: readonly RepairStep[],
  times: { calledAt?: number | undefined; startedAt?: number | null | undefined; finishedAt?: number | null | undefined },
  { by, now }: { by: string; now: number },
): RepairStep[] {
  let next = [...steps];
  const { calledAt, startedAt, finishedAt } = times;
  if (calledAt !== undefined) next[0] = { ...next[0], at: calledAt };
  const first = next.findIndex(isWork);
  if (startedAt === null) next = next.filter(step => !isWork(step));
  else if (startedAt !== undefined && first < 0) next.push({ stage: 'diagnosing', at: startedAt, by });
  else if (startedAt !== undefined && next[first].at !== startedAt) next[first] = { ...next[first], at: startedAt };
  if (finishedAt === undefined) return next;
  const last = lastStep(next);
  if (finishedAt === null) {
    if (isBack(last)) next.push({ stage: 'diagnosing', at: Math.max(now, last.at), by });
  } else if (last.stage === 'closed') next[next.length - 1] = { ...last, at: finishedAt };
  else next.push({ stage: 'closed', at: finishedAt, by });
  return next;
}
