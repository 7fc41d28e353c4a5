import { randomUUID } from 'node:crypto';
import type { LngLat } from '../../shared/registry.ts';
import { type FaultKind, faultKinds, type RepairCall, type RepairChanges, type RepairShown } from '../../shared/repair.ts';
import { lastStep, type RepairStage } from '../../shared/repair-steps.ts';
import type { Move } from '../../shared/stock.ts';
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
  /** Takes a part from a shelf; what is not there is done without. */
  use(move: Move): Promise<void>;
  /** Open ones that were called from a cab. */
  open(): Promise<RepairShown[]>;
}

interface Case {
  repair: RepairShown;
  from: number;
  to: number;
  /** Steps that were made. */
  done: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A mechanic's hour, yuan. */
const HOUR_YUAN = 80;

/** When each step is made, as a share of the time for which the machine stands; it is tested when it moves again. */
const course: readonly { stage: RepairStage; share: number }[] = [
  { stage: 'taken', share: 0.05 },
  { stage: 'onWay', share: 0.1 },
  { stage: 'diagnosing', share: 0.35 },
  { stage: 'waitingParts', share: 0.45 },
  { stage: 'diagnosing', share: 0.6 },
  { stage: 'repaired', share: 0.9 },
  { stage: 'tested', share: 1 },
  { stage: 'closed', share: 1.1 },
];
/** Where nothing had to be fetched. */
const direct = course.filter((_, i) => i !== 3 && i !== 4);

interface Story {
  note: string;
  parts: string;
  /** From the shelves of `seed/season/shelves.ts`. */
  uses: readonly [part: string, quantity: number][];
  /** What has to be fetched is no usual part. */
  waits?: true;
}

const stories: Record<FaultKind, Story> = {
  header: {
    ...{ note: '割刀打石头，护刃器断裂', parts: '护刃器 3 个、动刀片 6 片' },
    uses: [
      ['HR-01', 3],
      ['DP-01', 6],
    ],
  },
  threshing: { note: '滚筒堵塞，秸秆太湿', parts: '', uses: [] },
  engine: {
    ...{ note: '冒黑烟，没力', parts: '柴油滤芯 1 个、空气滤芯 1 个' },
    uses: [
      ['LX-01', 1],
      ['LX-02', 1],
    ],
  },
  hydraulics: {
    ...{ note: '割台升不起来，油管漏油', parts: '高压油管 1 根、液压油 8 升', waits: true },
    uses: [
      ['YG-12', 1],
      ['YY-46', 8],
    ],
  },
  transmission: { note: '皮带断了', parts: '三角带 2 根', uses: [['PD-17', 2]], waits: true },
  tyreOrTrack: { note: '轮胎扎破', parts: '内胎 1 条', uses: [['NT-11', 1]] },
  electrics: { note: '打不着火', parts: '继电器 1 个', uses: [['JD-24', 1]] },
  other: { note: '异响，需要检查', parts: '轴承 1 个', uses: [['ZC-06', 1]] },
};

const courseOf = ({ fault }: RepairShown) => (stories[fault].waits ? course : direct);

/** Breakdowns of the demonstration: the operator calls, a team sets out and takes parts along, and the machine is tested when it moves again. */
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
      const { stage } = lastStep(repair.steps);
      const done = courseOf(repair).findLastIndex(step => step.stage === stage) + 1;
      this.cases.push({ repair, from: now, to: now + HOUR, done });
    }
  }

  async breakDown({ machine, from, to, lngLat }: Breakdown): Promise<void> {
    const fault = randomOf(this.seed, 'fault', machine, from).pick(faultKinds);
    try {
      const { note } = stories[fault];
      const repair = await this.calls.call(machine, { id: randomUUID(), fault, note, lngLat, calledAt: Math.round(from) });
      this.cases.push({ repair, from, to, done: 0 });
    } catch (problem) {
      this.onTrouble(machine, `call: ${(problem as Error).message}`);
    }
  }

  /** What is due by now; whoever else takes a repair in hand keeps it. */
  tick(now: number): void {
    for (const one of this.cases.splice(0)) {
      const step = courseOf(one.repair)[one.done];
      if (step === undefined) continue;
      const at = Math.round(one.from + step.share * (one.to - one.from));
      if (at > now) this.cases.push(one);
      else this.carryOn(one, { stage: step.stage, at: Math.max(at, lastStep(one.repair.steps).at) });
    }
  }

  private carryOn(one: Case, step: { stage: RepairStage; at: number }): void {
    this.calls
      .edit(one.repair, { addSteps: [step], ...this.written(one, step.stage) })
      .then(async repair => {
        if (repair === null) return;
        this.cases.push({ ...one, repair, done: one.done + 1 });
        if (step.stage === 'repaired') await this.takeParts(repair, step.at);
      })
      .catch(problem => {
        this.cases.push(one);
        this.onTrouble(one.repair.plate, `repair: ${(problem as Error).message}`);
      });
  }

  /** What is typed along with a step. */
  private written({ repair, from, to }: Case, stage: RepairStage): RepairChanges {
    const mechanic = `演示技师 ${String(1 + randomOf(this.seed, 'mechanic', repair.plate).whole(60)).padStart(2, '0')}`;
    if (stage === 'onWay') return { team: '流动服务 1 队', mechanic };
    if (stage !== 'repaired') return {};
    const hours = Math.round(((0.55 * (to - from)) / HOUR) * 10) / 10;
    return { hours, costYuan: Math.round(hours * HOUR_YUAN), parts: stories[repair.fault].parts };
  }

  private async takeParts({ id, station, fault, plate }: RepairShown, at: number): Promise<void> {
    if (station === null) return;
    for (const [part, quantity] of stories[fault].uses)
      await this.calls
        .use({ id: randomUUID(), station, part, kind: 'use', quantity, name: '', unit: '', priceYuan: null, repair: id, why: plate, at })
        .catch(problem => this.onTrouble(plate, `parts: ${(problem as Error).message}`));
  }
}
