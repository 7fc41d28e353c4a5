import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../season/random.ts';
import { DrillDevice, type Loss } from './drill-device.ts';
import type { DrillMachine } from './drill-season.ts';
import { type Entry, fieldWork, type WorkOptions } from './field-work.ts';
import { LedgerOutbox } from './ledger.ts';

export interface EnrolledMachine {
  machine: DrillMachine;
  token: string;
}

export interface CrewOptions {
  url: string;
  machines: readonly EnrolledMachine[];
  work: WorkOptions;
  /** What is found is added here. */
  losses: Loss[];
  faults: string[];
}

/** One machine after the other, so that there is always something on its way. */
const TICK_MS = 8;
const ENTRIES_A_TICK = 4;
const SURGE_TICKS = 20;
/** An outbox ends after so many entries, and a new one begins. */
const OUTBOX = { from: 150, to: 900 };
const STALLED_MS = 60_000;

/** All machines of the drill at work: each fills one outbox after the other, and sends those that are not through yet. */
export class Crew {
  readonly outboxes: LedgerOutbox[] = [];
  private readonly devices: DrillDevice[] = [];
  private readonly draining: Promise<void>[] = [];
  private readonly filling: { outbox: LedgerOutbox; most: number; device: DrillDevice; work: Generator<Entry> }[] = [];
  private readonly random;
  private readonly timer: NodeJS.Timeout;
  private ticks = 0;

  constructor({ url, machines, work, losses, faults }: CrewOptions) {
    this.random = randomOf(work.seed, 'crew');
    machines.forEach(({ machine, token }, rank) => {
      const random = randomOf(work.seed, 'device', machine.id);
      const device = new DrillDevice({ url, token, machine: machine.id, random, losses, faults });
      this.devices.push(device);
      this.filling.push({ ...this.begin(machine.id, device), device, work: fieldWork(machine, rank, work) });
    });
    this.timer = setInterval(() => this.fill(), TICK_MS);
  }

  /** Fixes that were acknowledged. */
  get acked(): number {
    return this.outboxes.reduce((sum, outbox) => sum + outbox.fixesUpTo(outbox.acked), 0);
  }

  /** Much at once from everybody: a kill right after it falls among writes. */
  surge(): void {
    for (let i = 0; i < this.filling.length * SURGE_TICKS; i++) this.fill();
  }

  /** Resolves when something more is acknowledged than now. */
  async atWork(): Promise<void> {
    const before = this.acks;
    const work = async () => {
      while (this.acks === before) await pause(10);
    };
    await this.unlessStalled(work());
  }

  /** No new fixes; resolves when all are acknowledged, and every outbox has confirmed it once more. */
  async finish(): Promise<void> {
    clearInterval(this.timer);
    for (const { outbox } of this.filling) outbox.ended = true;
    await this.unlessStalled(Promise.all(this.draining));
    const byMachine = new Map(this.devices.map(device => [device.machine, device]));
    const confirmAll = async () => {
      for (const outbox of this.outboxes) await byMachine.get(outbox.machine)!.confirm(outbox);
    };
    await this.unlessStalled(confirmAll());
  }

  close(): void {
    clearInterval(this.timer);
    for (const device of this.devices) device.close();
  }

  /** Reports that were acknowledged. */
  private get acks(): number {
    return this.devices.reduce((sum, device) => sum + device.acks, 0);
  }

  private fill(): void {
    const part = this.filling[this.ticks++ % this.filling.length];
    for (let i = 0; i < ENTRIES_A_TICK; i++) part.outbox.entries.push(part.work.next().value);
    if (part.outbox.last < part.most) return;
    part.outbox.ended = true;
    Object.assign(part, this.begin(part.outbox.machine, part.device));
  }

  private begin(machine: string, device: DrillDevice): { outbox: LedgerOutbox; most: number } {
    const outbox = new LedgerOutbox(machine, randomBytes(12).toString('base64url'));
    this.outboxes.push(outbox);
    this.draining.push(device.drain(outbox));
    return { outbox, most: OUTBOX.from + this.random.whole(OUTBOX.to - OUTBOX.from) };
  }

  /** Rejects when nothing more is acknowledged for a minute. */
  private async unlessStalled(work: Promise<unknown>): Promise<void> {
    let seen = { acks: this.acks, at: performance.now() };
    let watch: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_resolve, reject) => {
      watch = setInterval(() => {
        const { acks } = this;
        if (acks !== seen.acks) seen = { acks, at: performance.now() };
        else if (performance.now() > seen.at + STALLED_MS) reject(new Error(`nothing is acknowledged any more after ${this.acked} fixes`));
      }, 1000);
    });
    await Promise.race([work, stalled]).finally(() => clearInterval(watch));
  }
}
