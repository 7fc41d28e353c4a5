import type { LngLat } from '../../shared/registry.ts';
import type { UnnumberedFix } from '../device/outbox.ts';
import { randomOf } from '../season/random.ts';
import { Driver, type DriverSetup, type Surroundings } from './driver.ts';
import type { Leg } from './leg.ts';
import { drawReceiver, intervalMs, type Receiver, Reception } from './receiver.ts';

const SHORTEST_INTERVAL_MS = 500;

/** A machine with its driver and its receiver, moved on by season time. Same setup, same instants asked: same fixes. */
export class SimulatedMachine {
  readonly receiver: Receiver;
  private readonly driver: Driver;
  private readonly reception: Reception;
  private readonly legs: Generator<Leg, never>;
  private leg: Leg;
  private nextFixAt: number;
  private lastFixAt = Number.NEGATIVE_INFINITY;

  constructor(setup: DriverSetup, around: Surroundings, from: number) {
    this.receiver = drawReceiver(setup.operation, randomOf(setup.seed, 'receiver', setup.id));
    const random = randomOf(setup.seed, 'reception', setup.id, from);
    this.reception = new Reception(this.receiver, setup.widthM, random);
    this.driver = new Driver(setup, around, from);
    this.legs = this.driver.legs();
    this.leg = this.legs.next().value;
    this.nextFixAt = from + random.between(0, this.receiver.sampleMs);
  }

  /** The fixes since the last step, up to `now`. */
  step(now: number): UnnumberedFix[] {
    const fixes: UnnumberedFix[] = [];
    for (;;) {
      const { leg } = this;
      if (this.nextFixAt <= leg.to) {
        if (this.nextFixAt > now) return fixes;
        fixes.push(this.reception.fixOf(leg.spotAt(this.nextFixAt), leg.working, this.nextFixAt));
        this.lastFixAt = this.nextFixAt;
        this.nextFixAt += intervalMs(this.receiver, leg.pace);
      } else {
        if (leg.to > now) return fixes;
        this.leg = this.legs.next().value;
        // A switch that is thrown and a machine that starts to move are reported at once, everything else when it is due.
        const thrown = this.receiver.hasSwitch && this.leg.working !== leg.working;
        const starts = this.leg.pace === 'moving' && leg.pace !== 'moving';
        const due = this.leg.from + (thrown || starts ? 0 : intervalMs(this.receiver, this.leg.pace));
        this.nextFixAt = Math.min(this.nextFixAt, Math.max(due, this.lastFixAt + SHORTEST_INTERVAL_MS));
      }
    }
  }

  /** The breakdown that it stands with; null: none. */
  get broken(): { from: number; to: number; lngLat: LngLat } | null {
    if (!this.leg.broken) return null;
    const { from, to } = this.leg;
    const { lng, lat } = this.leg.spotAt(from);
    return { from, to, lngLat: [lng, lat] };
  }

  get isAsleep(): boolean {
    return this.leg.pace === 'asleep';
  }

  hasSignal(now: number): boolean {
    return !this.driver.plan.outages.some(([from, to]) => from <= now && now < to);
  }
}
