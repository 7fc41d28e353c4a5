import type { LngLat } from '../../shared/registry.ts';
import { addDays, type Day, dayOf, type Operation } from '../../shared/season.ts';
import { type Plane, type Point, planeAt } from '../season/plane.ts';
import { type Random, randomOf } from '../season/random.ts';
import { rainOn } from '../season/weather.ts';
import { type DayPlan, heldUpBy, planDay } from './day-plan.ts';
import type { Job, JobBoard, Wanted } from './job-board.ts';
import { cutAfter, drive, type Leg, lengthOf, type Spot, stand, type Way } from './leg.ts';
import { openRing } from './ring.ts';
import { roadBetween } from './road.ts';
import { type RouteStyle, routeThrough } from './route.ts';

export interface DriverSetup {
  id: string;
  county: string;
  operation: Operation;
  widthM: number;
  tracked: boolean;
  /** Where it stands when the drive begins. */
  place: LngLat;
  seed: number;
}

/** An order that the operator has accepted. */
export interface Task extends Wanted {
  id: string;
  /** `work`: what somebody asked for; `move`: to another county, to work there from then on. */
  kind: 'work' | 'move';
  /** Without named fields: enough when so much is done. */
  areaMu: number;
}

/** What a driver hears of orders, and says of them. */
export interface Dispatch {
  /** The next that is to be carried out. */
  next(): Task | undefined;
  /** False: it was withdrawn meanwhile. */
  isOn(task: Task): boolean;
  did(task: Task, act: 'setOut' | 'start' | 'finish', at: number): void;
}

/** Where a day is needed that brings fuel: the stations of the county. */
export interface Surroundings {
  board: JobBoard;
  stations: readonly LngLat[];
  dispatch?: Dispatch;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A tank of grain, and what a tank of diesel lasts for. */
const GRAIN_MU = 4;
const FUEL_MU = { harvest: 60, sow: 150 };
const FARTHEST_STATION_M = 8000;
const LONGEST_WAIT_MS = 2.5 * HOUR;
/** Work goes on so long after the day's end to finish a field. */
const OVERTIME_MS = 40 * MINUTE;
/** Whoever waits looks at his phone so often. */
const GLANCE_MS = 4 * MINUTE;
/** There is time left at the place for at least so much. */
const WORTH_MS = 20 * MINUTE;

/** What is different about a field that an order names. */
interface Ordered {
  arrived?: () => void;
  isOn?: () => boolean;
}

/** One machine's days, as a sequence of legs without end: each begins where and when the last ended. */
export class Driver {
  plan: DayPlan;
  private spot: Spot;
  private readonly random: Random;
  private readonly speeds: { work: number; turn: number; road: number };
  private readonly style: Omit<RouteStyle, 'half'>;
  private sinceFuelMu: number;
  private lunched = false;
  /** Where its work is: at home, or where an order has sent it. */
  private county: string;

  constructor(
    private readonly me: DriverSetup,
    private readonly around: Surroundings,
    private at: number,
  ) {
    const random = randomOf(me.seed, 'driver', me.id, dayOf(at));
    const harvest = me.operation === 'harvest';
    this.county = me.county;
    this.random = random;
    this.plan = this.planOf(dayOf(at));
    this.spot = { lng: me.place[0], lat: me.place[1], headingDeg: random.between(0, 360), speedKmh: 0 };
    const work = harvest ? random.between(4.1, 5.1) : random.between(8, 10);
    this.speeds = { work, turn: harvest ? 3.8 : 6, road: me.tracked ? random.between(10, 13) : random.between(15, 20) };
    this.style = {
      widthM: me.widthM,
      turnRadiusM: me.tracked ? 1.8 : random.between(3, 4.2),
      headlandLaps: random.pick(harvest ? [0, 1, 2, 2] : [0, 1]),
      lapsLast: !harvest,
    };
    this.sinceFuelMu = random.between(0, FUEL_MU[me.operation]);
  }

  *legs(): Generator<Leg, never> {
    this.lunched = this.at > this.plan.lunchAt + HOUR;
    for (;;) {
      yield* this.dueStops(this.plan.end);
      const task = this.dueTask();
      if (task) {
        yield* this.carryOut(task);
        continue;
      }
      const began = this.at;
      const job = this.around.board.take({ ...this.me, county: this.county }, this.place, this.at);
      if (!job) yield* this.wait(this.random.between(15, 25) * MINUTE);
      else {
        yield* this.work(job);
        yield* this.fetchFuel();
        yield* this.wait(this.waitAfter(job, this.at - began));
      }
    }
  }

  private planOf(day: Day): DayPlan {
    return heldUpBy(rainOn(this.county, day), planDay(this.me.seed, this.me.id, this.me.operation, day));
  }

  private get place(): LngLat {
    return [this.spot.lng, this.spot.lat];
  }

  /** The next order, if it is still worth to set out for it today. */
  private dueTask(): Task | undefined {
    const task = this.around.dispatch?.next();
    if (!task) return undefined;
    const km = Math.hypot(...planeAt(this.place).toPoint(task.lngLat)) / 1000;
    const travelMs = ((1.1 * km) / this.speeds.road) * HOUR;
    return this.at + travelMs + WORTH_MS < this.plan.end + OVERTIME_MS ? task : undefined;
  }

  private *carryOut(task: Task): Generator<Leg> {
    const dispatch = this.around.dispatch!;
    dispatch.did(task, 'setOut', this.at);
    if (task.kind === 'move') yield* this.moveTo(task, dispatch);
    else yield* this.workFor(task, dispatch);
  }

  /** To the nearest field there that waits, and from now on the fields there are its work. */
  private *moveTo(task: Task, dispatch: Dispatch): Generator<Leg> {
    const isOn = () => dispatch.isOn(task);
    const arrived = () => {
      this.county = task.county;
      dispatch.did(task, 'finish', this.at);
    };
    const job = this.around.board.take({ ...this.me, county: task.county }, task.lngLat, this.at);
    if (job) yield* this.work(job, { arrived, isOn });
    else if (yield* this.driveTo(task.lngLat, isOn)) arrived();
  }

  private *workFor(task: Task, dispatch: Dispatch): Generator<Leg> {
    const isOn = () => dispatch.isOn(task);
    let [hasBegun, doneMu] = [false, 0];
    const arrived = () => {
      if (!hasBegun) dispatch.did(task, 'start', this.at);
      hasBegun = true;
    };
    while (isOn() && (task.fields.length > 0 || doneMu < task.areaMu)) {
      yield* this.dueStops(this.plan.end);
      const job = this.around.board.takeWanted(this.me, task, hasBegun ? this.place : task.lngLat);
      if (!job) break;
      yield* this.work(job, { arrived, isOn });
      doneMu += job.half === null ? job.field.areaMu : job.field.areaMu / 2;
      yield* this.fetchFuel();
    }
    // Nothing stands there any more: whoever asked is told on the spot.
    if (!hasBegun && isOn() && (yield* this.driveTo(task.lngLat, isOn))) arrived();
    if (hasBegun && isOn()) dispatch.did(task, 'finish', this.at);
  }

  /** False: it was called back on the way. */
  private *driveTo(place: LngLat, isOn: () => boolean): Generator<Leg, boolean> {
    const plane = planeAt(place);
    yield* this.road(plane, [0, 0], isOn);
    return isOn();
  }

  /** Stands, and looks now and then whether there is an order. */
  private *wait(ms: number): Generator<Leg> {
    const until = this.at + ms;
    while (this.at < until) {
      yield this.standFor(Math.min(GLANCE_MS, until - this.at));
      if (this.dueTask()) return;
    }
  }

  private *work(job: Job, { arrived, isOn = () => true }: Ordered = {}): Generator<Leg> {
    const plane = planeAt(job.field.centre);
    const rings = job.field.rings.map(ring => openRing(ring.map(corner => plane.toPoint(corner))));
    const here = plane.toPoint([this.spot.lng, this.spot.lat]);
    const runs = routeThrough(rings, { ...this.style, half: job.half }, here);
    yield* this.road(plane, runs[0].points[0], isOn);
    if (!isOn()) return this.around.board.giveBack(job);
    arrived?.();
    let grainMu = 0;
    for (const run of runs) {
      yield* this.dueStops(this.plan.end + OVERTIME_MS);
      const steady = this.random.between(0.94, 1.06);
      yield* this.go({
        plane,
        points: run.points,
        speedKmh: steady * (run.working ? this.speeds.work : this.speeds.turn),
        working: run.working,
      });
      if (!run.working) continue;
      const mu = (lengthOf(run.points) * this.me.widthM * 3) / 2000;
      this.sinceFuelMu += mu;
      grainMu += mu;
      if (this.me.operation === 'harvest' && grainMu > GRAIN_MU) {
        grainMu = 0;
        yield this.standFor(this.random.between(1.5, 3.5) * MINUTE);
      }
    }
    this.around.board.finish(job, this.at);
    // Out of the crop, to wait on the lane.
    const [from, to] = runs.at(-1)!.points.slice(-2);
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const lane: Point = [to[0] + ((to[0] - from[0]) * 7) / length, to[1] + ((to[1] - from[1]) * 7) / length];
    yield* this.go({ plane, points: [to, lane], speedKmh: this.speeds.turn, working: false });
  }

  private *road(plane: Plane, to: Point, isOn: () => boolean = () => true): Generator<Leg> {
    const points = roadBetween(plane.toPoint(this.place), to, this.random);
    for (let i = 1; i < points.length && isOn(); i++) {
      const speedKmh = this.speeds.road * this.random.between(0.8, 1.1);
      yield* this.go({ plane, points: points.slice(i - 1, i + 1), speedKmh, working: false });
    }
  }

  private *fetchFuel(): Generator<Leg> {
    if (this.sinceFuelMu < FUEL_MU[this.me.operation]) return;
    this.sinceFuelMu = 0;
    const plane = planeAt([this.spot.lng, this.spot.lat]);
    const near = this.around.stations.map(station => plane.toPoint(station)).sort((a, b) => Math.hypot(...a) - Math.hypot(...b))[0];
    // Where no station is near, a tank lorry comes.
    if (near && Math.hypot(...near) < FARTHEST_STATION_M) yield* this.road(plane, near);
    yield this.standFor(this.random.between(10, 20) * MINUTE);
  }

  /** Drives a line; a breakdown that falls into it cuts it in two. */
  private *go(way: Way): Generator<Leg> {
    const metres = lengthOf(way.points);
    if (metres < 0.05) return;
    const perMs = way.speedKmh / 3600;
    const { breakdownAt, repairMs } = this.plan;
    if (breakdownAt > this.at && breakdownAt < this.at + metres / perMs) {
      const [before, after] = cutAfter(way.points, (breakdownAt - this.at) * perMs);
      this.plan.breakdownAt = Number.POSITIVE_INFINITY;
      yield this.passing(drive({ ...way, points: before }, this.at));
      yield { ...this.standFor(repairMs), broken: true };
      yield* this.go({ ...way, points: after });
    } else yield this.passing(drive(way, this.at));
  }

  /** Night and lunch, when it is time for them. */
  private *dueStops(lastCall: number): Generator<Leg> {
    if (this.at < this.plan.start) yield this.standUntil(this.plan.start, true);
    if (!this.lunched && this.at >= this.plan.lunchAt && this.at < this.plan.end) {
      this.lunched = true;
      yield this.standFor(this.plan.lunchMs);
    }
    if (this.at < lastCall) return;
    const next = addDays(this.plan.day, 1);
    this.plan = this.planOf(next);
    this.lunched = false;
    yield this.standUntil(this.plan.start, true);
  }

  /** So that the day brings about its quota: most waits are short, a few long. */
  private waitAfter({ field, half }: Job, spentMs: number): number {
    const { start, end, lunchMs, quotaMu } = this.plan;
    const areaMu = half === null ? field.areaMu : field.areaMu / 2;
    const spareMs = (areaMu / quotaMu) * (end - start - lunchMs) - spentMs;
    const wait = spareMs * (0.3 - 0.7 * Math.log(1 - this.random.next()));
    return Math.max(MINUTE, Math.min(LONGEST_WAIT_MS, end - this.at, wait));
  }

  private standFor(ms: number): Leg {
    return this.passing(stand(this.spot, this.at, this.at + ms));
  }

  private standUntil(at: number, asleep: boolean): Leg {
    return this.passing(stand(this.spot, this.at, Math.max(at, this.at), asleep));
  }

  /** The machine is where and when the leg ends. */
  private passing(leg: Leg): Leg {
    this.spot = leg.spotAt(leg.to);
    this.at = leg.to;
    return leg;
  }
}
