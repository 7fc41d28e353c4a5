export interface Difference {
  /** Where in the object, outermost first; empty: the whole of it. */
  path: string[];
  /** Undefined: it was or is not there. */
  before: string | undefined;
  after: string | undefined;
}

const LONGEST = 160;

/** What two states of one object do not have in common, member by member. Lists are compared as a whole. */
export function differences(before: unknown, after: unknown, path: string[] = []): Difference[] {
  if (isRecord(before) || isRecord(after)) {
    if ((before ?? null) !== null && !isRecord(before)) return [leaf(before, undefined, path), ...differences(undefined, after, path)];
    if ((after ?? null) !== null && !isRecord(after)) return [...differences(before, undefined, path), leaf(undefined, after, path)];
    const [left, right] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap(name => differences(left[name], right[name], [...path, name]));
  }
  const one = leaf(before, after, path);
  return one.before === one.after ? [] : [one];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const leaf = (before: unknown, after: unknown, path: string[]): Difference => ({ path, before: textOf(before), after: textOf(after) });

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
