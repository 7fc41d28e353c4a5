import type { MachineCard } from '../../shared/contract.ts';
import type { RepairChanges, RepairLog, RepairShown } from '../../shared/repair.ts';
import { timesOf, withSteps, withTimes } from '../../shared/repair-steps.ts';

/** Why something was not taken, so that a person must look at it. */
export type Trouble = { code: 'conflict'; theirs: RepairShown } | { code: 'refused'; message: string };

/** What was typed of one repair and the server does not have yet. */
export interface Kept {
  id: string;
  /** Station or person that typed it: nobody sends another's. */
  owner: string;
  /** A new repair; null once the server has it. */
  log: RepairLog | null;
  /** Of a new one: what is known of its machine. */
  card: Pick<MachineCard, 'kind' | 'operatorName'> | null;
  /** What the changes were made on. */
  base: RepairShown | null;
  changes: RepairChanges;
  trouble: Trouble | null;
}

type Step = NonNullable<RepairChanges['addSteps']>[number];
/** What stands against another's change of the same; steps never do. */
export type Field = Exclude<keyof RepairChanges, 'addSteps'>;
const fieldsOf = (changes: RepairChanges): Field[] => Object.keys(changes).filter(key => key !== 'addSteps') as Field[];
const pick = (changes: RepairChanges, keep: (field: Field) => boolean): RepairChanges =>
  Object.fromEntries(fieldsOf(changes).flatMap(field => (keep(field) ? [[field, changes[field]]] : [])));
const withAdded = (changes: RepairChanges, steps: readonly Step[]): RepairChanges =>
  steps.length === 0 ? changes : { ...changes, addSteps: [...steps] };
const isIn = (steps: readonly Step[] | undefined, { stage, at }: Step): boolean =>
  steps?.some(one => one.stage === stage && one.at === at) ?? false;

export const isNothing = (changes: RepairChanges): boolean => Object.keys(changes).length === 0;

/** A repair as its author sees it: with everything that is not sent yet. */
export function withKept(known: RepairShown | undefined, kept: Kept | undefined): RepairShown | undefined {
  if (!kept) return known;
  const base = known ?? kept.base ?? (kept.log && unsent(kept.log, kept.card));
  if (!base) return undefined;
  const { addSteps = [], ...changes } = kept.changes;
  const { calledAt, startedAt, finishedAt } = changes;
  const now = Math.max(base.finishedAt ?? 0, ...addSteps.map(({ at }) => at));
  const timed = withTimes(base.steps, { calledAt, startedAt, finishedAt }, { by: '', now });
  const steps = withSteps(timed, addSteps, '');
  return { ...base, ...changes, steps, ...timesOf(steps) };
}

const unsent = ({ addSteps: _, ...log }: RepairLog, card: Kept['card']): RepairShown => ({
  ...{ team: '', mechanic: '', hours: null, costYuan: null, reworkOf: null },
  ...log,
  backAt: null,
  steps: [{ stage: 'called', at: log.calledAt, by: '' }],
  alsoLogged: [],
  used: [],
  division: null,
  source: 'station',
  photos: [],
  author: '',
  version: 1,
  stationName: null,
  kind: card?.kind ?? null,
  operatorName: card?.operatorName ?? null,
});

/** Another change on top; what is back at its old value is no change. Whoever changes what was refused wants it tried again. */
export function changed(kept: Kept, changes: RepairChanges): Kept {
  const all = { ...kept.changes, ...changes };
  const base = kept.base;
  const steps = [...(kept.changes.addSteps ?? []), ...(changes.addSteps ?? [])];
  return {
    ...kept,
    changes: withAdded(base ? pick(all, field => all[field] !== base[field]) : pick(all, () => true), steps),
    trouble: null,
  };
}

/** After the server took `sent`: what was typed in the meantime stays; null when nothing did. */
export function settled(kept: Kept, sent: RepairChanges, answer: RepairShown): Kept | null {
  const rest = (kept.changes.addSteps ?? []).filter(step => !isIn(sent.addSteps, step));
  const changes = withAdded(
    pick(kept.changes, field => kept.changes[field] !== sent[field]),
    rest,
  );
  // A new one may have gone into the repair that its machine had already.
  return isNothing(changes) ? null : { ...kept, id: answer.id, log: null, base: answer, changes, trouble: null };
}

/** Fields that both sides changed, each to another value. */
export const clashes = ({ changes, base }: Kept, theirs: RepairShown): Field[] =>
  fieldsOf(changes).filter(field => theirs[field] !== base?.[field] && theirs[field] !== changes[field]);

/** Somebody else changed it: where that was something else, both changes stand; otherwise a person decides. */
export const metBy = (kept: Kept, theirs: RepairShown): Kept =>
  clashes(kept, theirs).length === 0 ? rebased(kept, theirs) : { ...kept, trouble: { code: 'conflict', theirs } };

/** Mine wins: the same changes on what is there now. */
export const rebased = (kept: Kept, theirs: RepairShown): Kept => ({ ...kept, base: theirs, trouble: null });
