import type { Operation } from '../../../shared/season.ts';
import { HOUR_MS } from './rule.ts';
import type { AlertWorld } from './world.ts';

/** When today's work begins and ends, as instants. Harvest's hours where no implement says which. */
export function workingHours({ today, season }: AlertWorld, operation: Operation | null): { from: number; to: number } {
  const { from, to } = season.workableHours[operation ?? 'harvest'];
  return { from: today + from * HOUR_MS, to: today + to * HOUR_MS };
}
