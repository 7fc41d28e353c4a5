import type { Division } from '../../../shared/registry.ts';

/** Finds a unit by its code or its name. */
export class UnitNames {
  private readonly byName = new Map<string, Division[]>();

  constructor(private readonly byCode: ReadonlyMap<string, Division>) {
    for (const division of byCode.values()) this.byName.set(division.name, [...(this.byName.get(division.name) ?? []), division]);
  }

  find(text: string): Division | 'unknown' | { ambiguous: string } {
    const found = this.byCode.get(text);
    if (found) return found;
    const named = this.byName.get(text) ?? [];
    if (named.length > 1) return { ambiguous: named.map(division => division.code).join(', ') };
    return named[0] ?? 'unknown';
  }
}
