import { chance } from './chance.ts';
import { handedOver } from './handed-over.ts';
import { idle } from './idle.ts';
import { objection } from './objection.ts';
import { outside } from './outside.ts';
import type { Rule } from './rule.ts';
import { shifted } from './shifted.ts';
import { silent } from './silent.ts';
import { station } from './station.ts';
import { twoDevices } from './two-devices.ts';
import { unsown } from './unsown.ts';

/** All rules, in the order in which they are shown. */
export const rules: readonly Rule[] = [chance, unsown, station, handedOver, silent, idle, outside, twoDevices, shifted, objection];
