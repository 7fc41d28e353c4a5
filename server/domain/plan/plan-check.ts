import type { PlanAnswer, PlanMachine, PlanOrder, PlanProblem } from '../../../shared/plan.ts';

/**
 * Whether a plan keeps the rules, by arithmetic of its own: nothing here is shared with the search but the problem's form.
 * @returns what is wrong, a sentence each; empty when nothing is
 */
export function planFaults(problem: PlanProblem, answer: PlanAnswer): string[] {
  const machines = new Map(problem.machines.map(machine => [machine.id, machine]));
  const orders = new Map(problem.orders.map(order => [order.id, order]));
  const faults: string[] = [];
  const used = new Set<string>();
  const done = new Map<string, number>();
  let [lateH, km] = [0, 0];
  for (const { machine: id, orders: ids } of answer.routes) {
    const machine = machines.get(id);
    if (machine === undefined) faults.push(`machine ${id} is unknown`);
    if (used.has(id)) faults.push(`machine ${id} has two routes`);
    used.add(id);
    for (const one of ids) {
      if (!orders.has(one)) faults.push(`order ${one} is unknown`);
      done.set(one, (done.get(one) ?? 0) + 1);
    }
    if (machine === undefined || ids.some(one => !orders.has(one))) continue;
    const stops = ids.map(one => orders.get(one)!);
    const drive = driven(machine, stops, problem);
    lateH += drive.lateH;
    km += drive.km;
    faults.push(...drive.faults, ...limitFaults(machine, stops));
  }
  for (const { id, frozen } of problem.machines)
    if (frozen.length > 0 && !used.has(id)) faults.push(`machine ${id} lost its frozen orders`);
  faults.push(...countFaults(problem, answer, done));
  if (Math.abs(lateH - answer.latenessH) > 1e-6) faults.push(`lateness is ${lateH} h, not ${answer.latenessH}`);
  if (Math.abs(km - answer.travelKm) > 1e-6 * Math.max(1, km)) faults.push(`the way is ${km} km, not ${answer.travelKm}`);
  return faults;
}

function limitFaults({ id, skills, capacity = Number.POSITIVE_INFINITY, frozen }: PlanMachine, stops: readonly PlanOrder[]): string[] {
  const faults: string[] = [];
  frozen.forEach((one, i) => {
    if (stops[i]?.id !== one) faults.push(`machine ${id} does ${stops[i]?.id ?? 'nothing'} where ${one} is frozen`);
  });
  for (const stop of stops.slice(frozen.length)) {
    const lacking = stop.skills.filter(skill => !skills.includes(skill));
    if (lacking.length > 0) faults.push(`machine ${id} lacks ${lacking.join(', ')} for order ${stop.id}`);
  }
  const load = stops.reduce((sum, stop) => sum + stop.demand / parts(stop), 0);
  if (stops.length > frozen.length && load > capacity * (1 + 1e-9) + 1e-9)
    faults.push(`machine ${id} has ${load}, with room for ${capacity}`);
  return faults;
}

function countFaults({ orders }: PlanProblem, { unassigned }: PlanAnswer, done: ReadonlyMap<string, number>): string[] {
  const left = new Set(unassigned.map(({ order }) => order));
  const faults = [...left].filter(id => !orders.some(order => order.id === id)).map(id => `unassigned order ${id} is unknown`);
  for (const order of orders) {
    const [times, wanted] = [done.get(order.id) ?? 0, parts(order)];
    if (times > wanted) faults.push(`order ${order.id} is done ${times} times instead of ${wanted}`);
    if (times < wanted && !left.has(order.id)) faults.push(`order ${order.id} is left out without a cause`);
    if (times >= wanted && left.has(order.id)) faults.push(`order ${order.id} is done and said to be left out`);
  }
  return faults;
}

const parts = ({ serviceH, shareH }: PlanOrder): number => (shareH === undefined ? 1 : Math.max(1, Math.ceil(serviceH / shareH - 1e-9)));

function driven(machine: PlanMachine, stops: readonly PlanOrder[], { speedKmh, detour }: PlanProblem) {
  const spans = machine.workingHours ?? [{ fromH: 0, toH: Number.POSITIVE_INFINITY }];
  const endH = spans[spans.length - 1].toH;
  const faults: string[] = [];
  let [here, now, km, lateH]: [Place, number, number, number] = [machine, spans[0].fromH, 0, 0];
  for (const [i, stop] of stops.entries()) {
    const leg = detour * lineKm(here, stop);
    now = worked(spans, now, leg / speedKmh);
    now = worked(spans, Math.max(now, stop.readyH), stop.serviceH / parts(stop));
    if (now > endH + 1e-9 && i >= machine.frozen.length)
      faults.push(`machine ${machine.id} is not done with order ${stop.id} in its hours`);
    [here, km, lateH] = [stop, km + leg, lateH + Math.max(0, now - (stop.dueH ?? Number.POSITIVE_INFINITY))];
  }
  if (!machine.return || stops.length === 0) return { faults, km, lateH };
  const back = detour * lineKm(here, machine);
  if (worked(spans, now, back / speedKmh) > endH + 1e-9 && stops.length > machine.frozen.length)
    faults.push(`machine ${machine.id} is not back in its hours`);
  return { faults, km: km + back, lateH };
}

/** The hour at which so much work is done; what no span holds runs on behind the last. */
function worked(spans: readonly { fromH: number; toH: number }[], from: number, workH: number): number {
  let left = workH;
  let now = from;
  for (const { fromH, toH } of spans) {
    if (now > toH) continue;
    now = Math.max(now, fromH);
    if (left <= toH - now) return now + left;
    left -= toH - now;
    now = toH;
  }
  return now + left;
}

type Place = Pick<PlanOrder, 'x' | 'y' | 'lng' | 'lat'>;

/** Straight on the plane; on the earth by the haversine formula. */
function lineKm(one: Place, other: Place): number {
  if (one.lng === undefined || other.lng === undefined) return Math.hypot(one.x! - other.x!, one.y! - other.y!);
  const rad = Math.PI / 180;
  const [north, east] = [((other.lat! - one.lat!) * rad) / 2, ((other.lng - one.lng) * rad) / 2];
  const chord = Math.sin(north) ** 2 + Math.cos(one.lat! * rad) * Math.cos(other.lat! * rad) * Math.sin(east) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
