import { Absence } from './absence.ts';
import type { CompiledProblem } from './compiled-problem.ts';
import { beats, type Found, isBetter, takenFrom } from './found.ts';
import { Journal } from './journal.ts';
import type { Random } from './random.ts';
import { Recreate } from './recreate.ts';
import { Routes } from './routes.ts';
import type { Assignment } from './routing-problem.ts';
import { Ruin } from './ruin.ts';
import { stillPossible } from './still-possible.ts';
import { TailSwap } from './tail-swap.ts';

/** Asked now and then: whether to stop, and how much of the time is gone, from 0 to 1. */
export interface Budget {
  shouldStop(): boolean;
  spent(): number;
}

export interface SearchSettings {
  readonly random: Random;
  readonly budget: Budget;
  /** The plan to begin with. */
  readonly begin?: Assignment | null;
  /** Shows the best so far to others at work on the same problem, and brings back theirs. */
  readonly exchange?: (best: Found) => Found | null;
  readonly tuning?: Partial<Tuning>;
}

export interface Tuning {
  /** Temperature at the beginning and at the end, in km of a mean leg: a step that is dearer by as much is taken with a chance of 1/e. */
  readonly hot: number;
  readonly cold: number;
  /** The same at the beginning when there is a plan to begin with: enough to mend it, not to forget it. */
  readonly warm: number;
  /**
   * As how many hours of driving an hour of lateness counts, at the beginning and at the end. Between two plans at last lateness comes
   * before all km, but a search that follows it alone finds no way from one tight plan to another.
   */
  readonly firstLatePrice: number;
  readonly lastLatePrice: number;
}

export const TUNING: Tuning = { hot: 1, cold: 0.03, warm: 0.1, firstLatePrice: 1, lastLatePrice: 40 };

const STEPS_BETWEEN_LOOKS = 16;
/** An exchange costs a twentieth of a ruin. */
const SWAPS_A_STEP = 4;
const MOST_ORDERS_AT_FULL_HEAT = 500;
/** How often the threads compare, and lateness becomes dearer. */
const STAGES = 12;

/**
 * Ruin and recreate under simulated annealing, for as long as the budget says: the best plan that was met. Anytime: also with no time
 * at all it gives every order the place that is cheapest when its turn comes. The same random numbers and budget give the same plan.
 */
export function search(problem: CompiledProblem, settings: SearchSettings): Found {
  const steps = new Steps(problem, settings);
  const { budget } = settings;
  while (problem.orderCount > 0 && !budget.shouldStop()) {
    steps.cool(Math.min(1, budget.spent()));
    for (let i = 0; i < STEPS_BETWEEN_LOOKS; i++) steps.step();
  }
  return steps.best;
}

class Steps {
  best: Found;
  private readonly routes: Routes;
  private readonly journal: Journal;
  private readonly ruin: Ruin;
  private readonly recreate: Recreate;
  private readonly tails: TailSwap;
  private readonly absence: Absence;
  private readonly tuning: Tuning;
  private readonly hotKm: number;
  private readonly coldKm: number;
  private temperatureKm = 0;
  private current: number;
  private moved: number;
  private stage = 0;

  constructor(
    problem: CompiledProblem,
    private readonly settings: SearchSettings,
  ) {
    const { random, begin, tuning } = settings;
    this.tuning = { ...TUNING, ...tuning };
    this.routes = new Routes(problem, { lateHourKm: this.tuning.firstLatePrice / problem.hoursPerKm });
    if (begin) this.routes.restore(stillPossible(problem, begin));
    this.journal = new Journal(this.routes);
    this.ruin = new Ruin(this.routes, this.journal, random);
    this.recreate = new Recreate(this.routes, this.journal, random);
    this.tails = new TailSwap(this.routes, this.journal, random);
    this.absence = new Absence(this.routes);
    this.journal.begin();
    this.recreate.run();
    this.best = takenFrom(this.routes);
    const { totalCost, totalLateH, prices } = this.routes;
    const perOrder = 1 / Math.max(1, problem.orderCount);
    // As long as much is late, a leg is as dear as it is late; in the end lateness is settled, and km are what is left to save.
    // A large problem gets few steps an order: it has no time to come down from as high.
    const height = (begin ? this.tuning.warm : this.tuning.hot) * Math.min(1, MOST_ORDERS_AT_FULL_HEAT * perOrder);
    this.hotKm = height * totalCost * perOrder;
    this.coldKm = this.tuning.cold * (totalCost - prices.lateHourKm * totalLateH) * perOrder;
    this.current = this.routes.totalCost;
    this.moved = this.routes.totalMoved;
  }

  cool(spent: number): void {
    const { exchange } = this.settings;
    this.temperatureKm = this.hotKm * (this.coldKm / this.hotKm) ** spent;
    const stage = Math.floor(spent * STAGES);
    if (stage === this.stage) return;
    this.stage = stage;
    this.raisePrice(stage / STAGES);
    const theirs = exchange?.(this.best);
    if (theirs && isBetter(theirs, this.best)) this.goOnFrom(theirs);
  }

  private raisePrice(spent: number): void {
    const { firstLatePrice, lastLatePrice } = this.tuning;
    if (!this.routes.problem.isSoft) return;
    this.routes.reprice({ lateHourKm: (firstLatePrice * (lastLatePrice / firstLatePrice) ** spent) / this.routes.problem.hoursPerKm });
    this.current = this.routes.totalCost;
  }

  step(): void {
    this.journal.begin();
    this.ruin.run();
    this.recreate.run();
    this.settle(true);
    for (let i = 0; i < SWAPS_A_STEP; i++) {
      this.journal.begin();
      this.settle(this.tails.run(this.isLate() ? Number.POSITIVE_INFINITY : 5 * this.temperatureKm));
    }
  }

  /** Two new legs say how dear an exchange is only where nothing is late. */
  private isLate(): boolean {
    return this.routes.totalLateH > 0;
  }

  /** Where more have left their homes than may, because they could not stay, at least no more follow. */
  private keepsEnough(): boolean {
    return this.routes.totalMoved <= Math.max(this.routes.problem.mostMoved, this.moved);
  }

  /** Goes on with what was changed, or takes it back: what is dearer is taken the more rarely the dearer it is, and the cooler it has got. */
  private settle(isPossible: boolean): void {
    const { routes, journal } = this;
    const cost = routes.totalCost;
    const absence = isPossible && this.keepsEnough() ? this.absence.compare(journal) : 1;
    if (absence < 0 || (absence === 0 && cost < this.current - this.temperatureKm * Math.log(this.settings.random()))) {
      this.current = cost;
      this.moved = routes.totalMoved;
      if (beats(routes, this.best)) this.best = takenFrom(routes);
    } else journal.takeBack();
  }

  private goOnFrom(found: Found): void {
    this.routes.restore(found);
    this.best = found;
    this.current = this.routes.totalCost;
    this.moved = this.routes.totalMoved;
  }
}
