import { randomUUID } from 'node:crypto';
import type { LngLat } from '../../shared/registry.ts';
import { type FaultKind, faultKinds, type RepairCall, type RepairChanges, type RepairShown } from '../../shared/repair.ts';
import { randomOf } from '../season/random.ts';

/** A machine that stands broken from one instant of the season to another. */
export interface Breakdown {
  machine: string;
  from: number;
  to: number;
  lngLat: LngLat;
}

/** What the operator's phone and the station's tablet say to the server. */
export interface WorkshopCalls {
  call(machine: string, call: RepairCall): Promise<RepairShown>;
  /** Null: somebody else has changed it meanwhile. */
  edit(repair: RepairShown, changes: RepairChanges): Promise<RepairShown | null>;
  /** Open ones that were called from a cab. */
  open(): Promise<RepairShown[]>;
}

interface Case {
  repair: RepairShown;
  startAt: number;
  finishAt: number;
}

const MINUTE = 60_000;
/** Until somebody is there: this share of the time for which it stands. */
const ON_THE_WAY = 0.35;

const stories: Record<FaultKind, { note: string; parts: string }> = {
  header: { note: '割刀打石头，护刃器断裂', parts: '护刃器 3 个、动刀片 6 片' },
  threshing: { note: '滚筒堵塞，秸秆太湿', parts: '' },
  engine: { note: '冒黑烟，没力', parts: '柴油滤芯 1 个、空气滤芯 1 个' },
  hydraulics: { note: '割台升不起来，油管漏油', parts: '高压油管 1 根、液压油 8 升' },
  transmission: { note: '皮带断了', parts: '三角带 2 根' },
  tyreOrTrack: { note: '轮胎扎破', parts: '内胎 1 条' },
  electrics: { note: '打不着火', parts: '继电器 1 个' },
  other: { note: '异响，需要检查', parts: '轴承 1 个' },
};

/** Breakdowns of the demonstration: the operator calls, after a while a mechanic begins, and ends when the machine moves again. */
export class Workshop {
  private readonly cases: Case[] = [];

  constructor(
    private readonly calls: WorkshopCalls,
    private readonly seed: number,
    private readonly onTrouble: (machine: string, what: string) => void,
  ) {}

  /** What an earlier process left open is seen to within the next hour. */
  async resume(now: number): Promise<void> {
    for (const repair of await this.calls.open()) {
      this.cases.push({ repair, startAt: now + 20 * MINUTE, finishAt: now + 60 * MINUTE });
    }
  }

  async breakDown({ machine, from, to, lngLat }: Breakdown): Promise<void> {
    const fault = randomOf(this.seed, 'fault', machine, from).pick(faultKinds);
    try {
      const repair = await this.calls.call(machine, {
        id: randomUUID(),
        fault,
        note: stories[fault].note,
        lngLat,
        calledAt: Math.round(from),
      });
      this.cases.push({ repair, startAt: from + ON_THE_WAY * (to - from), finishAt: to });
    } catch (problem) {
      this.onTrouble(machine, `call: ${(problem as Error).message}`);
    }
  }

  /** What is due by now; whoever else takes a repair in hand keeps it. */
  tick(now: number): void {
    for (const one of this.cases.splice(0)) {
      const { startedAt } = one.repair;
      if (startedAt === null && one.startAt <= now)
        this.carryOn(one, { startedAt: Math.max(Math.round(one.startAt), one.repair.calledAt) });
      else if (startedAt !== null && one.finishAt <= now) {
        this.carryOn(one, { finishedAt: Math.max(Math.round(one.finishAt), startedAt), parts: stories[one.repair.fault].parts });
      } else this.cases.push(one);
    }
  }

  private carryOn(one: Case, changes: RepairChanges): void {
    this.calls
      .edit(one.repair, changes)
      .then(repair => repair?.finishedAt === null && this.cases.push({ ...one, repair }))
      .catch(problem => {
        this.cases.push(one);
        this.onTrouble(one.repair.plate, `repair: ${(problem as Error).message}`);
      });
  }
}
