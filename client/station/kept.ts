import type { MachineCard } from '../../shared/contract.ts';
import type { RepairChanges, RepairLog, RepairShown } from '../../shared/repair.ts';

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

type Field = keyof RepairChanges;
const fieldsOf = (changes: RepairChanges): Field[] => Object.keys(changes) as Field[];
const pick = (changes: RepairChanges, keep: (field: Field) => boolean): RepairChanges =>
  Object.fromEntries(fieldsOf(changes).flatMap(field => (keep(field) ? [[field, changes[field]]] : [])));

/** A repair as its author sees it: with everything that is not sent yet. */
export function withKept(known: RepairShown | undefined, kept: Kept | undefined): RepairShown | undefined {
  if (!kept) return known;
  const base = known ?? kept.base ?? (kept.log && unsent(kept.log, kept.card));
  return base ? { ...base, ...kept.changes } : undefined;
}

const unsent = (log: RepairLog, card: Kept['card']): RepairShown => ({
  ...log,
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
  return { ...kept, changes: base ? pick(all, field => all[field] !== base[field]) : all, trouble: null };
}

/** After the server took `sent`: what was typed in the meantime stays; null when nothing did. */
export function settled(kept: Kept, sent: RepairChanges, answer: RepairShown): Kept | null {
  const changes = pick(kept.changes, field => kept.changes[field] !== sent[field]);
  return fieldsOf(changes).length === 0 ? null : { ...kept, log: null, base: answer, changes, trouble: null };
}

/** Fields that both sides changed, each to another value. */
export const clashes = ({ changes, base }: Kept, theirs: RepairShown): Field[] =>
  fieldsOf(changes).filter(field => theirs[field] !== base?.[field] && theirs[field] !== changes[field]);

/** Somebody else changed it: where that was something else, both changes stand; otherwise a person decides. */
export const metBy = (kept: Kept, theirs: RepairShown): Kept =>
  clashes(kept, theirs).length === 0 ? rebased(kept, theirs) : { ...kept, trouble: { code: 'conflict', theirs } };

/** Mine wins: the same changes on what is there now. */
export const rebased = (kept: Kept, theirs: RepairShown): Kept => ({ ...kept, base: theirs, trouble: null });
