import type { ClockLine } from '../../shared/clock.ts';
import type { LngLat } from '../../shared/registry.ts';
import { Device } from '../device/device.ts';
import type { DriverSetup } from './driver.ts';
import type { JobBoard } from './job-board.ts';
import type { OrderDesk, Presence } from './order-desk.ts';
import { SimulatedMachine } from './simulated-machine.ts';
import type { Breakdown } from './workshop.ts';

export interface FleetOptions {
  url: string;
  tokens: ReadonlyMap<string, string>;
  board: JobBoard;
  stations: ReadonlyMap<string, readonly LngLat[]>;
  newOutbox: () => string;
  onClock: (line: ClockLine) => void;
  onTrouble: (machine: string, what: string) => void;
  onBreakdown?: (breakdown: Breakdown) => void;
  /** Absent: nobody hears of orders. */
  desk?: OrderDesk;
}

/** One batch a machine goes out this often; at 30 season seconds a second it carries about a dozen fixes. */
const LINGER_MS = 2000;
const BATCH = 60;
const DRAIN_BATCH = 300;
/** After a longer standstill of this process only so much of the past is told. */
const MOST_PAST_MS = 2 * 3_600_000;

interface Member {
  machine: SimulatedMachine;
  device: Device;
  away: boolean;
  id: string;
  /** Since when it stands broken; null: it does not. */
  brokenSince: number | null;
}

/** The machines and their devices, moved by season time. */
export class Fleet {
  private readonly members: Member[] = [];
  private readonly byId = new Map<string, Member>();

  constructor(private readonly options: FleetOptions) {}

  get size(): number {
    return this.members.length;
  }

  join(setup: DriverSetup, now: number): void {
    const { url, tokens, board, stations, onTrouble, desk } = this.options;
    const device = new Device({
      url,
      token: tokens.get(setup.id)!,
      outbox: this.options.newOutbox(),
      batch: BATCH,
      drainBatch: DRAIN_BATCH,
      lingerMs: LINGER_MS,
      onClock: this.options.onClock,
      onInbox: () => desk?.heard(setup.id),
      onState: (state, why) => state === 'denied' && onTrouble(setup.id, why),
      onProblem: problem => onTrouble(setup.id, `${problem.code}: ${problem.message}`),
    });
    const around = { board, stations: stations.get(setup.county) ?? [], ...(desk && { dispatch: desk.dispatchOf(setup.id) }) };
    const machine = new SimulatedMachine(setup, around, now);
    const member = { machine, device, away: false, id: setup.id, brokenSince: null };
    this.members.push(member);
    this.byId.set(setup.id, member);
  }

  tick(now: number): void {
    for (const member of this.members) {
      const { machine, device } = member;
      for (const fix of machine.step(now)) if (fix.fixTime > now - MOST_PAST_MS) device.push(fix);
      this.tellBreakdown(member);
      const away = !machine.hasSignal(now);
      if (away === member.away) continue;
      member.away = away;
      if (away) device.loseSignal();
      else device.regainSignal();
    }
    this.options.desk?.tick(now, this.presenceOf);
  }

  private presenceOf = (id: string): Presence => {
    const member = this.byId.get(id);
    if (!member) return { isThere: false, isBroken: false };
    return { isThere: !member.away && !member.machine.isAsleep, isBroken: member.machine.broken !== null };
  };

  private tellBreakdown(member: Member): void {
    const { broken } = member.machine;
    if (broken && broken.from !== member.brokenSince) this.options.onBreakdown?.({ machine: member.id, ...broken });
    member.brokenSince = broken?.from ?? null;
  }

  /** Resolves when the server has everything that was told so far. */
  async drained(): Promise<void> {
    await Promise.all(this.members.map(({ device }) => device.drained()));
  }

  close(): void {
    for (const { device } of this.members) device.close();
  }
}
