import type { CandidateState } from '../../../shared/candidate.ts';
import type { Polygon } from '../../../shared/registry.ts';
import type { FieldShape } from '../field-index.ts';
import { shareWithin, touch } from './ground-share.ts';
import type { FoundGround } from './open-search.ts';

/** What is kept of a candidate that bears on what is found later. */
export interface KnownCandidate {
  id: string;
  state: CandidateState;
  polygon: Polygon;
  /** As the tracks showed it, whatever a person drew since. */
  grounds: readonly Polygon[];
  isShaped: boolean;
  foundAt: number;
  /** It became another candidate's part, whose ground is then the one that counts. */
  into: string | null;
  /** Not open any more, by the program's own finding: it is open again when the tracks show it again and no field lies there. */
  isRevivable: boolean;
}

export interface Reconciled {
  created: FoundGround[];
  updated: { id: string; ground: FoundGround }[];
  /** Open ones that have grown together with an older one. */
  absorbed: { id: string; into: string }[];
  /** Open ones on whose ground a field has come to lie. */
  mapped: { id: string; field: string }[];
  /** Open ones of which the search found nothing: all that was known to have been worked there was in it. */
  gone: string[];
}

/** More than this of what is found lies where a person has decided: it is not asked again. */
const DECIDED_SHARE = 0.5;
/** This much of the smaller of two in common: the same ground. */
const SAME_SHARE = 0.3;
const MAPPED_SHARE = 0.5;

/** What a search found beside what is kept: the same ground keeps its id, and what a person decided stays decided. */
export function reconcile(
  found: readonly FoundGround[],
  kept: readonly KnownCandidate[],
  { known, isWhole = () => false }: { known: readonly FieldShape[]; isWhole?: (polygon: Polygon) => boolean },
): Reconciled {
  const open = kept.filter(({ state, isShaped }) => state === 'open' && !isShaped);
  const past = kept.filter(({ isRevivable }) => isRevivable);
  const settled = kept
    .filter(({ state, isShaped, into, isRevivable }) => !isRevivable && (isShaped || (state !== 'open' && into === null)))
    .flatMap(each => each.grounds);
  const answer: Reconciled = { created: [], updated: [], absorbed: [], mapped: [], gone: [] };
  const taken = new Set<string>();
  for (const ground of found) {
    if (shareWithin(ground.polygon, settled) >= DECIDED_SHARE) continue;
    const same = open
      .filter(({ id, polygon }) => !taken.has(id) && isSame(ground.polygon, polygon))
      .sort((a, b) => a.foundAt - b.foundAt || (a.id < b.id ? -1 : 1));
    for (const { id } of same) taken.add(id);
    const first = same[0] ?? past.find(({ id, polygon }) => !taken.has(id) && isSame(ground.polygon, polygon));
    if (first === undefined) {
      answer.created.push(ground);
      continue;
    }
    taken.add(first.id);
    answer.updated.push({ id: first.id, ground });
    for (const { id } of same.slice(1)) answer.absorbed.push({ id, into: first.id });
  }
  for (const { id, polygon, isShaped, state } of kept) {
    if (taken.has(id) || state !== 'open') continue;
    const field = known.find(shape => shareWithin(polygon, [shape.polygon]) >= MAPPED_SHARE);
    if (field) answer.mapped.push({ id, field: field.id });
    else if (!isShaped && isWhole(polygon)) answer.gone.push(id);
  }
  return answer;
}

const isSame = (a: Polygon, b: Polygon): boolean => touch(a, b) && Math.max(shareWithin(a, [b]), shareWithin(b, [a])) >= SAME_SHARE;
