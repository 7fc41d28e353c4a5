import type { WorkState } from '../../shared/registry.ts';
import type { Motion } from './motion.ts';
import { FASTEST_WORK_M_PER_S } from './work-evidence.ts';

/**
 * What a machine is doing. `told` is the header or PTO switch; without it, work is what a machine does in a field where its track has proven
 * work. Speed alone never makes the difference between working and travelling. `offline` is a matter of age and decided where it is shown.
 */
export function workStateOf(told: 0 | 1 | null, motion: Motion, proven: boolean, worked: boolean): WorkState {
  if (!motion.moving) return 'idle';
  if (told === 1) return 'working';
  if (worked && motion.turning) return 'turning';
  if (told === null && proven && motion.speedMPerS <= FASTEST_WORK_M_PER_S) return 'working';
  return 'travelling';
}
