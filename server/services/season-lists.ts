import { isDeepStrictEqual } from 'node:util';
import type { Field } from '../../shared/registry.ts';
import { tilesOf } from '../domain/tiles.ts';
import type { RegistryChange, RegistryStore } from '../stores/registry.ts';
import type { Fold } from './fold.ts';
import type { Pace } from './pace.ts';
import type { ProgressBoard } from './progress.ts';
import type { KnownField, Registry } from './registry.ts';

/** Changes of the lists from files: stored all or not at all, then brought into everything that holds them in memory. */
export class SeasonLists {
  constructor(
    private readonly deps: {
      registry: Registry;
      store: RegistryStore;
      fold: Fold;
      board: ProgressBoard;
      changed: (id: string) => void;
      reshaped: (tiles: readonly string[]) => void;
      /** Brings the program up again on what is stored; null in a test. */
      reopen: (() => void) | null;
      recarded: (machines: NonNullable<RegistryChange['machines']>['added']) => void;
    },
  ) {}

  async take(change: RegistryChange, pace: Pace): Promise<void> {
    const { registry, store, fold, recarded } = this.deps;
    const refolds = (change.machines?.replaced.length ?? 0) + (change.fields?.replaced.length ?? 0) > 0;
    // What was folded so far rests on what was in force when it came: it is made the base before that changes.
    if (refolds) await fold.checkpoint();
    await store.change(change).catch((error: unknown) => {
      // It may have been made or not: what is stored is read again.
      this.deps.reopen?.();
      throw error;
    });
    registry.putUnits({ divisions: all(change.divisions), outlines: all(change.outlines) });
    registry.putAreas(all(change.planned));
    registry.putStations(all(change.stations));
    for (const machine of all(change.machines)) registry.addMachine(machine);
    for (const { id } of change.machines?.replaced ?? []) fold.reequip(id);
    recarded(change.machines?.replaced ?? []);
    await this.takeFields(all(change.fields), pace);
    if (refolds) await fold.checkpoint();
  }

  private async takeFields(fields: readonly Field[], pace: Pace): Promise<void> {
    if (fields.length === 0) return;
    const { registry, fold, board, changed, reshaped } = this.deps;
    const tiles = new Set<string>();
    const moved: KnownField[] = [];
    await registry.putMany(
      fields,
      () => pace.breathe(),
      (field, before) => {
        const { id } = field.shape;
        const covered = [fold.coverageOf(id, 'harvest'), fold.coverageOf(id, 'sow')] as const;
        if (before) board.leave(id, before, ...covered);
        board.enter(id, field, ...covered);
        for (const tile of [...tilesOf(field.shape.polygon), ...(before ? tilesOf(before.shape.polygon) : [])]) tiles.add(tile);
        if (before && !isDeepStrictEqual(before.shape.polygon, field.shape.polygon)) moved.push(field);
        if (before) changed(id);
      },
    );
    for (const field of moved) await fold.reshape(field.shape);
    reshaped([...tiles]);
  }
}

const all = <T>(puts: { added: readonly T[]; replaced: readonly T[] } | undefined): T[] => (puts ? [...puts.added, ...puts.replaced] : []);
