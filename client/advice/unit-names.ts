import type { Advice } from '../../shared/advice.ts';

/** Names of the units that advice speaks of; a code where it carries none. */
export function unitNames({ effect, steps }: Pick<Advice, 'effect' | 'steps'>): (code: string) => string {
  const names = new Map<string, string>();
  for (const { to, placeName } of steps) names.set(to, placeName);
  for (const { division, name } of effect) names.set(division, name);
  return code => names.get(code) ?? code;
}
