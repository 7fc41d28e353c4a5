import type { Refix } from './linear-program.ts';
import type { Flow, MoveProgram } from './move-program.ts';

/** A fraction this near a whole number is rounded before the others of its day, which then may turn out otherwise. */
const NEAR = 0.25;
const DUST = 1e-9;

interface Means {
  refix: Refix;
  shouldStop: () => boolean;
}

/**
 * Whole machines one day after the other: a day's flows are rounded and fixed, and the program is solved again for the days behind it, which
 * make good what the rounding spoilt.
 * @returns flows that are whole but for days that could not be fixed any more, or for which there was no time
 */
export function diveByDays({ flows, firstFlow }: MoveProgram, x: Float64Array, { refix, shouldStop }: Means): Flow[] {
  let now = x;
  const sent = (at: number): number => now[firstFlow + at];
  const days = [...new Set(flows.map(flow => flow.day))].sort((one, other) => one - other);
  const steps = days.flatMap(day => [() => nearlyWhole(flows, day, sent), () => wholeOfDay(flows, day, sent)]);
  for (const step of steps) {
    if (shouldStop()) break;
    const whole = step();
    if ([...whole].every(([at, machines]) => Math.abs(sent(at) - machines) < DUST)) continue;
    const next = refix(
      Int32Array.from(whole.keys(), at => firstFlow + at),
      Float64Array.from(whole.values()),
    );
    if (next === null) break;
    now = next;
  }
  return flows.map((flow, at) => ({ ...flow, machines: sent(at) }));
}

type Sent = (at: number) => number;

function nearlyWhole(flows: readonly Flow[], day: number, sent: Sent): Map<number, number> {
  const whole = new Map<number, number>();
  for (const [at, flow] of flows.entries()) {
    const machines = Math.round(sent(at));
    if (flow.day === day && sent(at) > DUST && Math.abs(sent(at) - machines) < NEAR) whole.set(at, machines);
  }
  return whole;
}

/** What leaves a unit is rounded in sum, and its parts by their largest remainders. */
function wholeOfDay(flows: readonly Flow[], day: number, sent: Sent): Map<number, number> {
  const leaving = new Map<string, number[]>();
  for (const [at, { k, from, day: own }] of flows.entries()) {
    if (own !== day) continue;
    const key = `${k} ${from}`;
    leaving.set(key, [...(leaving.get(key) ?? []), at]);
  }
  const whole = new Map<number, number>();
  for (const group of leaving.values()) {
    for (const at of group) whole.set(at, Math.floor(sent(at) + 1e-6));
    const rest = (at: number) => sent(at) - whole.get(at)!;
    const left = Math.round(group.reduce((sum, at) => sum + rest(at), 0));
    for (const at of group.toSorted((one, other) => rest(other) - rest(one)).slice(0, left)) whole.set(at, whole.get(at)! + 1);
  }
  return whole;
}
