import { isDeepStrictEqual } from 'node:util';
import type { Field } from '../../shared/registry.ts';
import { changedFrom } from '../domain/equipment.ts';
import { boxOf } from '../domain/field-shape.ts';
import { tilesOf } from '../domain/tiles.ts';
import type { RegistryChange, RegistryStore } from '../stores/registry.ts';
import type { Fold } from './fold.ts';
import type { Pace } from './pace.ts';
import type { ProgressBoard } from './progress.ts';
import type { GroundChange, Refolder } from './refolder.ts';
import type { KnownField, Registry } from './registry.ts';

/** Whoever brings a file is answered after so long, though tracks may take longer to be folded again. */
const PATIENCE_MS = 2000;

/** Changes of the lists from files: stored all or not at all, then brought into everything that holds them in memory. */
export class SeasonLists {
  constructor(
    private readonly deps: {
      registry: Registry;
      store: RegistryStore;
      fold: Fold;
      refolder: Refolder;
      board: ProgressBoard;
      changed: (id: string) => void;
      reshaped: (tiles: readonly string[]) => void;
      /** Brings the program up again on what is stored; null in a test. */
      reopen: (() => void) | null;
      recarded: (machines: NonNullable<RegistryChange['machines']>['added']) => void;
    },
  ) {}

  async take(change: RegistryChange, pace: Pace): Promise<void> {
    const { store } = this.deps;
    await this.deps.refolder.around(this.groundOf(change), async () => {
      await store.change(change).catch((error: unknown) => {
        // It may have been made or not: what is stored is read again.
        this.deps.reopen?.();
        throw error;
      });
      await this.hold(change, pace);
    });
    await this.deps.refolder.settled(PATIENCE_MS);
  }

  private async hold(change: RegistryChange, pace: Pace): Promise<void> {
    const { registry, fold, recarded } = this.deps;
    registry.putUnits({ divisions: all(change.divisions), outlines: all(change.outlines) });
    registry.putAreas(all(change.planned));
    registry.putStations(all(change.stations));
    for (const machine of all(change.machines)) registry.addMachine(machine);
    for (const { id } of change.machines?.replaced ?? []) fold.reequip(id);
    recarded(change.machines?.replaced ?? []);
    await this.takeFields(all(change.fields), pace);
  }

  /** Where tracks count otherwise from now on. */
  private groundOf(change: RegistryChange): GroundChange {
    const { registry } = this.deps;
    const boxes = all(change.fields).flatMap(({ id, polygon }) => {
      const before = registry.fields.get(id)?.shape.polygon;
      if (!before) return [boxOf(polygon)];
      return isDeepStrictEqual(before, polygon) ? [] : [boxOf(before), boxOf(polygon)];
    });
    const machines = (change.machines?.replaced ?? []).flatMap(({ id, implements: after }) => {
      const from = changedFrom(registry.machines.get(id)?.implements ?? [], after);
      return from === null ? [] : [{ id, from }];
    });
    return { boxes, machines };
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
