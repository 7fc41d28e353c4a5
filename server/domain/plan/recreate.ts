import { Insertion } from './insertion.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import type { Routes } from './routes.ts';

/** One route in a hundred is passed over although it may be the best: without it the same orders go back to the same places. */
const BLINK = 0.01;

/** Gives the absent orders to machines, one after the other, each where it costs least at that moment. */
export class Recreate {
  private readonly insertion: Insertion;
  private readonly key: Float64Array;
  private untilBlink = 1;
  private readonly blink: () => boolean;

  constructor(
    private readonly routes: Routes,
    private readonly journal: Journal,
    private readonly random: Random,
  ) {
    this.insertion = new Insertion(routes);
    this.key = new Float64Array(routes.problem.orderCount);
    this.blink = () => {
      if (--this.untilBlink > 0) return false;
      this.untilBlink = 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - BLINK));
      return true;
    };
  }

  /** What fits nowhere stays absent. */
  run(): void {
    const { routes, insertion, journal } = this;
    const { servable } = routes.problem;
    this.order();
    const count = routes.absentCount;
    routes.absentCount = 0;
    for (let i = 0; i < count; i++) {
      const order = routes.absent[i];
      if (servable[order] === 1 && insertion.find(order, this.blink)) {
        journal.keep(insertion.machine);
        routes.insert(order, insertion.after);
        routes.refresh(insertion.machine);
      } else routes.absent[routes.absentCount++] = order;
    }
  }

  /** By chance, by weight, by distance or by time: which one is drawn anew each time. */
  private order(): void {
    const { random, key, routes } = this;
    const { absent, absentCount, problem } = routes;
    const { demand, remoteKm, readyH, latestStartH, dueH, serviceH } = problem;
    const draw = random() * 17;
    for (let i = 0; i < absentCount; i++) {
      const order = absent[i];
      const lastH = Math.min(latestStartH[order], dueH[order] - serviceH[order]);
      if (draw < 4) key[order] = random();
      else if (draw < 8) key[order] = demand[order] > 0 ? -demand[order] : -serviceH[order];
      else if (draw < 10) key[order] = -remoteKm[order];
      else if (draw < 11) key[order] = remoteKm[order];
      else if (draw < 13) key[order] = lastH - readyH[order];
      else if (draw < 15) key[order] = readyH[order];
      else key[order] = lastH;
    }
    sortByKey(absent, absentCount, key);
  }
}

/** In place; the lists are short but for the first. */
function sortByKey(list: Int32Array, count: number, key: Float64Array): void {
  if (count > 200) {
    list.subarray(0, count).sort((one, other) => (key[one] < key[other] ? -1 : key[one] > key[other] ? 1 : one - other));
    return;
  }
  for (let i = 1; i < count; i++) {
    const item = list[i];
    let at = i;
    while (at > 0 && key[list[at - 1]] > key[item]) {
      list[at] = list[at - 1];
      at--;
    }
    list[at] = item;
  }
}
