import type { Day } from '../../../shared/season.ts';
import { Heartbeat } from '../heartbeat.ts';
import type { Log } from '../log.ts';
import type { SeasonBook } from '../season-book.ts';
import { AdviceDesk } from './advice-desk.ts';
import { AdviceWorks } from './advice-works.ts';
import { MovesAdvisor } from './moves-advisor.ts';
import { PlanAdvisor } from './plan-advisor.ts';
import { PlanWorks } from './plan-works.ts';
import type { Forecasts, Orders } from './ports.ts';
import { RollingAdvice } from './rolling-advice.ts';
import { WhatIfs } from './what-if.ts';

const BEAT_MS = 1000;

/** All of advice, put together: what is asked for, what comes by itself, what is tried out, and the threads behind it. */
export class AdviceOffice {
  readonly desk: AdviceDesk;
  readonly whatIfs: WhatIfs;
  readonly rolling: RollingAdvice;
  private readonly log: Log;
  private beat: Heartbeat | null = null;
  private readonly works = new AdviceWorks();
  private readonly plans = new PlanWorks();

  constructor({
    book,
    orders,
    forecasts,
    rainOf,
    log,
  }: {
    book: SeasonBook;
    orders: Orders;
    forecasts: Forecasts;
    rainOf: (division: string, day: Day) => number | null;
    log: Log;
  }) {
    this.log = log;
    const { registry, board, fleet, duties, fold, adviceBook } = book;
    const now = book.clock.season;
    const { works, plans } = this;
    const parts = { registry, board, fleet, duties, fold, orders, forecasts, rainOf, works, plans, now };
    this.desk = new AdviceDesk({ book: adviceBook, moves: new MovesAdvisor(parts), plans: new PlanAdvisor(parts), orders, registry, now });
    this.whatIfs = new WhatIfs(parts);
    this.rolling = new RollingAdvice({ desk: this.desk, book: adviceBook, registry, forecasts, orders, now, wall: book.clock.wall, log });
    this.desk.onRefused = this.rolling.refused;
  }

  /** Advice comes by itself from now on. The threads are begun now, so that the first to ask does not wait for them. */
  async begin(): Promise<void> {
    this.beat ??= new Heartbeat('looking for what to advise', BEAT_MS, () => this.rolling.look(), this.log);
    await Promise.all([this.works.warm(), this.plans.warm()]);
  }

  async close(): Promise<void> {
    const stopped = this.beat?.stop();
    await Promise.all([this.works.close(), this.plans.close()]);
    await stopped;
  }
}
