import { initialsOf } from './initials.ts';

/** Something that the palette can lead to, by its names. */
export interface Named {
  title: string;
  /** Other names by which it is found. */
  also?: readonly string[];
}

/** Lower is better; null: what was typed does not stand in it. Words that stand early in short names come first, initials of pinyin last. */
export function matchRank(typed: string, { title, also = [] }: Named): number | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 0;
  let best: number | null = null;
  const take = (rank: number) => {
    if (best === null || rank < best) best = rank;
  };
  for (const [i, name] of [title, ...also].entries()) {
    const at = name.toLowerCase().indexOf(wanted);
    // Another name counts as much as its beginning ten letters further on.
    if (at >= 0) take(at * 100 + name.length + (i > 0 ? 1000 : 0));
    const initially = /^[a-z]+$/.test(wanted) ? initialsOf(name).indexOf(wanted) : -1;
    if (initially >= 0) take(5000 + initially * 100 + name.length);
  }
  return best;
}

/** Those that hold what was typed, the best first; equals keep their order. */
export const matching = <One extends Named>(typed: string, all: readonly One[]): One[] =>
  all
    .map(one => ({ one, rank: matchRank(typed, one) }))
    .filter((hit): hit is { one: One; rank: number } => hit.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(hit => hit.one);
