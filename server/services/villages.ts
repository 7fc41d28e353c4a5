import type { LngLat } from '../../shared/registry.ts';
import type { Registry } from './registry.ts';

export interface Village {
  town: string;
  village: string;
  fields: string[];
}

/** Villages as fields name them, gathered anew when fields have changed. */
export class Villages {
  private kept: { version: number; villages: Village[]; byName: Map<string, Village[]> } | null = null;

  constructor(private readonly registry: Registry) {}

  all = (): readonly Village[] => this.current().villages;

  /** The middle of its fields; null: no field of that unit names it. */
  middleOf(division: string, name: string): LngLat | null {
    const { registry } = this;
    const here = (this.current().byName.get(name) ?? []).find(({ town }) => registry.chain(town).includes(division));
    if (!here) return null;
    const centres = here.fields.map(id => registry.centre(registry.fields.get(id)!));
    const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
    return [middle(centres.map(([lng]) => lng)), middle(centres.map(([, lat]) => lat))];
  }

  private current() {
    const { shapeVersion: version, fields } = this.registry;
    if (this.kept?.version === version) return this.kept;
    const villages = new Map<string, Village>();
    const byName = new Map<string, Village[]>();
    for (const { town, village, shape } of fields.values()) {
      if (village === '') continue;
      const key = `${town}|${village}`;
      const known = villages.get(key);
      if (known) {
        known.fields.push(shape.id);
        continue;
      }
      const fresh = { town, village, fields: [shape.id] };
      villages.set(key, fresh);
      byName.set(village, [...(byName.get(village) ?? []), fresh]);
    }
    this.kept = { version, villages: [...villages.values()], byName };
    return this.kept;
  }
}
