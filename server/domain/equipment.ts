import type { Implement } from '../../shared/registry.ts';

/** The instant from which on two histories of implements say something else; null when they never do. */
export function changedFrom(before: readonly Implement[], after: readonly Implement[]): number | null {
  const times = [...before, ...after].map(({ from }) => from).sort((a, b) => a - b);
  return times.find(time => inUse(before, time) !== inUse(after, time)) ?? null;
}

/** What of the implement in use at an instant counts for a fold. */
function inUse(history: readonly Implement[], time: number): string {
  let found: Implement | null = null;
  for (const one of history) if (one.from <= time && (found === null || one.from >= found.from)) found = one;
  if (found === null) return '';
  const { from: _, ...counts } = found;
  return JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
